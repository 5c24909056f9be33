using System.Collections.Concurrent;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Qpu.Secrets;
using QuantumImprov.Qpu.Vendors;
using QuantumImprov.Qpu.Wire;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Qpu.Tests;

/// <summary>A fake cloud and adapters that are sent there, with everything they write down.</summary>
internal sealed class Cloud : IAsyncDisposable
{
    internal const string Key = "fake-key-8d1c5f3b20";

    private Cloud(FakeCloud fake, TimeProvider time)
    {
        Fake = fake;
        Secrets = new SecretSource(name => fake.Variables.GetValueOrDefault(name), new Redactor());
        Options = new WireOptions { Secrets = Secrets, Time = time, Trace = Written.Enqueue, FirstPause = TimeSpan.FromMilliseconds(5), LongestPause = TimeSpan.FromMilliseconds(40), AttemptTime = TimeSpan.FromSeconds(20) };
    }

    internal FakeCloud Fake { get; }

    internal SecretSource Secrets { get; }

    internal WireOptions Options { get; }

    internal ConcurrentQueue<string> Written { get; } = [];

    /// <summary>Devices that report real shots, by vendor.</summary>
    internal static IReadOnlyDictionary<string, string?> Devices { get; } = new Dictionary<string, string?>
    {
        ["ibm"] = null, ["ionq"] = "qpu.aria-1", ["braket"] = null, ["azure"] = "ionq.qpu.aria-1", ["iqm"] = null, ["qbraid"] = null,
    };

    internal static async Task<Cloud> StartAsync(FakeCloudOptions? options = null)
    {
        options ??= new FakeCloudOptions { JobsAMinute = 0 };
        return new Cloud(await FakeCloud.StartAsync(options), options.Time);
    }

    internal IJobBackend Adapter(string vendor, string? device = null, WireOptions? options = null) => VendorTable.Find(vendor)!.Create(options ?? Options, device ?? Devices[vendor]);

    /// <summary>A small class, for a vendor that takes one circuit a job or for others.</summary>
    internal static ClassSpec Spec(int seed = 1) => new(seed % 64, [60, 62, 64, 65, 67], [.9, .4, .2, .6, .3, .1, .8, .5, .2, .7], [1, .6]);

    internal static JobRequest Request(IJobBackend backend, string tag = "qimprov-test-1", int shots = 400) =>
        new(tag, [.. Enumerable.Range(0, Math.Min(3, backend.Device.MostCircuits)).Select(i => Spec(i + 1).ToCircuit())], shots);

    /// <summary>X on qubit 0 of three, and the qubits read into bits of other numbers.</summary>
    internal static Circuit Asymmetric(params int[] bits) => Flipped(0, bits);

    internal static Circuit Flipped(int qubit, params int[] bits)
    {
        var circuit = new CircuitBuilder(3, 3).X(qubit);
        for (var q = 0; q < 3; q++) circuit.Measure(q, bits[q]);
        return circuit.Build();
    }

    public ValueTask DisposeAsync() => Fake.DisposeAsync();
}
