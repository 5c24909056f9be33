using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>A circuit in the gates of a target.</summary>
/// <param name="Circuit">What the target runs; its classical bits are those of the original.</param>
/// <param name="Start">Where each qubit of the original begins; all other qubits begin and end at 0.</param>
/// <param name="End">Where each qubit of the original ends, after the exchanges in between.</param>
/// <param name="Swaps">How many exchanges the couplings asked for.</param>
public sealed record TranspiledCircuit(Circuit Circuit, ImmutableArray<int> Start, ImmutableArray<int> End, int Swaps)
{
    /// <summary>Operations, gates on two qubits and depth.</summary>
    public CircuitCost Cost { get; } = CircuitCost.Of(Circuit);
}
