using System.Collections.Immutable;
using QuantumImprov.Quantum.Circuits.Transpiling;
using QuantumImprov.Quantum.Noise;

namespace QuantumImprov.Quantum.Backends;

/// <summary>What there is to know about a device before anything is sent to it. Immutable.</summary>
/// <param name="Vendor">Whose it is, a short word: what notes are labelled with.</param>
/// <param name="Name">The vendor's name of it.</param>
/// <param name="Qubits">How many qubits it has.</param>
public sealed record DeviceProfile(string Vendor, string Name, int Qubits)
{
    /// <summary>Whether it is a simulator; its notes are labelled local.</summary>
    public bool IsSimulator { get; init; }

    /// <summary>Whether it takes jobs now.</summary>
    public bool IsOnline { get; init; } = true;

    /// <summary>Whether it can read a qubit in the middle of a circuit and go on.</summary>
    public bool ReadsInTheMiddle { get; init; }

    /// <summary>The most shots of a circuit.</summary>
    public int MostShots { get; init; } = 10_000;

    /// <summary>The most circuits of a job.</summary>
    public int MostCircuits { get; init; } = 1;

    /// <summary>The most jobs a minute.</summary>
    public int JobsAMinute { get; init; } = 60;

    /// <summary>The most jobs that may be open at once.</summary>
    public int JobsOpen { get; init; } = 2;

    /// <summary>Jobs that wait before a new one, when the vendor says so.</summary>
    public int? Queue { get; init; }

    /// <summary>What jobs cost.</summary>
    public Pricing Pricing { get; init; } = new();

    /// <summary>What can be done when an answer was lost.</summary>
    public Recovery Recovery { get; init; } = Recovery.None;

    /// <summary>The noise, where it is known exactly because the device is simulated here; null otherwise.</summary>
    public NoiseProfile? KnownNoise { get; init; }

    /// <summary>Its gates; null when the vendor compiles.</summary>
    public NativeGates? Gates { get; init; }

    /// <summary>Pairs of qubits that share a gate; empty when all do or the vendor routes.</summary>
    public ImmutableArray<Coupling> Couplings { get; init; } = [];

    /// <summary>The label of a note from it: <c>local</c>, or <c>qpu:</c> and the vendor.</summary>
    public string Label => IsSimulator ? "local" : $"qpu:{Vendor}";
}
