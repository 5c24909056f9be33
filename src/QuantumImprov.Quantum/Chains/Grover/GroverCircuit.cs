using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Chains.Grover;

/// <summary>Writes the published circuit down: H on all, then oracle and diffuser again and again, then every qubit is read.</summary>
internal static class GroverCircuit
{
    internal static Circuit Build(ReadOnlySpan<bool> targets, int qubits, int iterations)
    {
        int[] all = [.. Enumerable.Range(0, qubits)];
        var phases = new double[1 << qubits];
        for (var x = 0; x < targets.Length; x++) phases[x] = targets[x] ? Math.PI : 0;

        var circuit = new CircuitBuilder(qubits, qubits);
        foreach (var q in all) circuit.H(q);
        for (var k = 0; k < iterations; k++)
        {
            circuit.Diagonal(phases, all);
            AddDiffuser(circuit, all);
        }

        return circuit.MeasureAll().Build();
    }

    // 2|s><s| - I up to the sign: the reflection about code 0 between two layers of H.
    private static void AddDiffuser(CircuitBuilder circuit, int[] all)
    {
        foreach (var q in all) circuit.H(q);
        foreach (var q in all) circuit.X(q);
        circuit.H(all[^1]);
        if (all.Length == 1) circuit.X(0);
        else circuit.Gate("mcx", all);
        circuit.H(all[^1]);
        foreach (var q in all) circuit.X(q);
        foreach (var q in all) circuit.H(q);
    }
}
