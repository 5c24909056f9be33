using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Storage.Qpu;
using Xunit;

namespace QuantumImprov.Storage.Tests.Qpu;

/// <summary>Editions, batches and jobs, small and plain.</summary>
internal static class Shots
{
    internal static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    internal static DeviceProfile Device { get; } = new("test", "device-1", 20) { MostCircuits = 10, Pricing = new Pricing(AJob: 1, AShot: .01m) };

    internal static ClassSpec Spec(int number = 1) => new(number, [60, 62, 64, 65], [.5, .25, .75, .125 * number], [1]);

    internal static ShotBatch Batch(string job = "job-1", int number = 1, int shots = 200, bool known = false)
    {
        var random = new Xoshiro((ulong)number);
        return new ShotBatch(Spec(number), "test", "device-1", job, Noon, [.. Enumerable.Range(0, shots).Select(_ => random.NextBits() & 3)]) { Circuit = number, KnownLaw = known ? Spec(number).IdealLaw : [] };
    }

    internal static OpenJob Job(string tag, decimal price = 3, int circuits = 2) => new(tag, Device, new JobPlan([.. Enumerable.Range(1, circuits).Select(Spec)], 50), price) { SentAt = Noon };

    internal static QpuStore Open(string folder)
    {
        var store = QpuStore.Open(folder, out var fault);
        Assert.True(store is not null, fault);
        return store;
    }
}
