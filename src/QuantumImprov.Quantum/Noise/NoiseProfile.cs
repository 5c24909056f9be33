using System.Collections.Immutable;
using QuantumImprov.Quantum.Circuits.Transpiling;

namespace QuantumImprov.Quantum.Noise;

/// <summary>
/// A device as data: what chance adds to its gates and readings, and which gates it has between which qubits. The model knows no crosstalk, no leakage and no decay of qubits that wait. Plain
/// properties, so that a serialiser can fill it; <see cref="Fault"/> says what is wrong with what it was filled with. Immutable.
/// </summary>
public sealed record NoiseProfile
{
    /// <summary>No noise: a run has the law of the circuit itself.</summary>
    public static NoiseProfile Ideal { get; } = new() { Name = "ideal", Source = "No noise at all." };

    /// <summary>A short name for provenance.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where the figures come from, in one sentence.</summary>
    public string Source { get; init; } = "";

    /// <summary>After every gate on one qubit.</summary>
    public GateNoise OneQubit { get; init; } = GateNoise.None;

    /// <summary>After every gate on two qubits.</summary>
    public GateNoise TwoQubit { get; init; } = GateNoise.None;

    /// <summary>Of every qubit that has no error of its own.</summary>
    public ReadoutError Readout { get; init; }

    /// <summary>Qubit by qubit, from 0; may be shorter than the circuit.</summary>
    public ImmutableArray<ReadoutError> ReadoutByQubit { get; init; } = [];

    /// <summary>Names of gates that take no time and make no error, such as rotations about z that only move the frame of later gates.</summary>
    public ImmutableArray<string> FreeGates { get; init; } = [];

    /// <summary>Names of the gates that the device has; empty when unknown. Runs do not ask for them: transpile first.</summary>
    public ImmutableArray<string> NativeGates { get; init; } = [];

    /// <summary>Pairs of qubits that share a gate; empty when all do or it is unknown.</summary>
    public ImmutableArray<Coupling> Couplings { get; init; } = [];

    /// <summary>The reading error of a qubit.</summary>
    public ReadoutError ReadoutOf(int qubit) => !ReadoutByQubit.IsDefault && qubit < ReadoutByQubit.Length ? ReadoutByQubit[qubit] : Readout;

    /// <summary>What is wrong with the figures, in one sentence with what is allowed; null when nothing is.</summary>
    public string? Fault()
    {
        if (OneQubit.Fault("one-qubit gates") is { } one) return one;
        if (TwoQubit.Fault("two-qubit gates") is { } two) return two;
        if (!Readout.IsLegal) return $"The readout error is {Readout.OneGivenZero} and {Readout.ZeroGivenOne}; numbers from 0 to 1 are allowed.";
        for (var q = 0; !ReadoutByQubit.IsDefault && q < ReadoutByQubit.Length; q++)
        {
            if (!ReadoutByQubit[q].IsLegal) return $"The readout error of qubit {q} is {ReadoutByQubit[q].OneGivenZero} and {ReadoutByQubit[q].ZeroGivenOne}; numbers from 0 to 1 are allowed.";
        }

        return null;
    }
}
