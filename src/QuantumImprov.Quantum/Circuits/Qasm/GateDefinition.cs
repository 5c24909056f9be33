namespace QuantumImprov.Quantum.Circuits.Qasm;

/// <summary>A gate that the program defines: its names, and where its body begins.</summary>
internal sealed record GateDefinition(string Name, string[] Parameters, string[] Qubits, TokenReader Source, int Body);

/// <summary>What a gate call comes to: operations on qubits numbered from 0 in the order of its operands, and the global phase, which matters once it is controlled.</summary>
internal sealed record Expansion(List<Operation> Operations, double Phase);
