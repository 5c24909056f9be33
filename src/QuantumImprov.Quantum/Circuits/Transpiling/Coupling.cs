namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>Two qubits of a device that share a gate.</summary>
/// <param name="From">The gate's first operand where order matters.</param>
/// <param name="To">Its second.</param>
public readonly record struct Coupling(int From, int To);
