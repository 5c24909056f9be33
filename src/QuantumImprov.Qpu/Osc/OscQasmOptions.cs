using System.Collections.Immutable;
using System.Net;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Qpu.Osc;

/// <summary>How an OSC-Qasm server listens, answers and runs. Immutable.</summary>
public sealed record OscQasmOptions
{
    /// <summary>The UDP port listened on; 0: any.</summary>
    public int Port { get; init; } = OscQasmServer.UsualPort;

    /// <summary>Where answers go.</summary>
    public IPAddress ReplyTo { get; init; } = IPAddress.Loopback;

    /// <summary>The UDP port answers go to.</summary>
    public int ReplyPort { get; init; } = OscQasmServer.UsualReplyPort;

    /// <summary>Whether other machines may ask; they are answered where they ask from.</summary>
    public bool Remote { get; init; }

    /// <summary>The backends by the names clients use.</summary>
    public required ImmutableDictionary<string, (IQuantumBackend Backend, int Qubits)> Backends { get; init; }

    /// <summary>
    /// The usual table: the simulator under the names that existing patches send, simulated noisy devices under our own names of them, and a small noisy one under the name of a retired five-qubit device.
    /// </summary>
    public static ImmutableDictionary<string, (IQuantumBackend Backend, int Qubits)> UsualBackends(ulong seed)
    {
        var table = ImmutableDictionary.CreateBuilder<string, (IQuantumBackend, int)>(StringComparer.Ordinal);
        var simulator = new LocalBackend(new Xoshiro(seed));
        foreach (var name in (string[])["qasm_simulator", "aer_simulator", "local"]) table[name] = (simulator, 24);
        for (var i = 0; i < DeviceProfiles.All.Length; i++) table[$"noisy:{DeviceProfiles.All[i].Name}"] = (new NoisyDevice(DeviceProfiles.All[i], new Xoshiro(Xoshiro.Derive(seed, (ulong)i + 1))), 20);
        table["FakeManila"] = (new NoisyDevice(DeviceProfiles.CzTransmons, new Xoshiro(Xoshiro.Derive(seed, 99))), 5);
        return table.ToImmutable();
    }
}
