using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Preparation;

namespace QuantumImprov.Quantum.Chains.Grover;

/// <summary>Writes amplitude amplification down: A loads the weights; a round marks the raised side, undoes A, marks code 0, and does A again. Equal to Q up to a sign.</summary>
internal static class WeightedGroverCircuit
{
    internal static Circuit Build(ReadOnlySpan<double> amplitudes, ReadOnlySpan<bool> inside, WeightedGroverPlan plan, int qubits)
    {
        var entries = new double[2 << qubits];
        for (var x = 0; x < amplitudes.Length; x++) entries[2 * x] = amplitudes[x];
        var load = StateLoading.Circuit(entries, qubits);
        var unload = load.Inverse();

        var circuit = new CircuitBuilder(qubits, qubits).Append(load);
        for (var k = 0; k < plan.Whole; k++) AddRound(circuit, inside, load, unload, Math.PI, Math.PI, plan.RaiseOutside);
        if (plan.Fractional) AddRound(circuit, inside, load, unload, plan.MarkPhase, plan.StartPhase, plan.RaiseOutside);
        return circuit.MeasureAll().Build();
    }

    private static void AddRound(CircuitBuilder circuit, ReadOnlySpan<bool> inside, Circuit load, Circuit unload, double mark, double start, bool outside)
    {
        int[] all = [.. Enumerable.Range(0, load.Qubits)];
        var phases = new double[1 << load.Qubits];
        for (var x = 0; x < inside.Length; x++) phases[x] = inside[x] != outside ? mark : 0;
        circuit.Diagonal(phases, all).Append(unload);
        Array.Clear(phases);
        phases[0] = start;
        circuit.Diagonal(phases, all).Append(load);
    }
}
