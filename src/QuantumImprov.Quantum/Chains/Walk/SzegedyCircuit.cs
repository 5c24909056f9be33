using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Preparation;

namespace QuantumImprov.Quantum.Chains.Walk;

/// <summary>
/// Writes a Szegedy walk down. The first register, in the high qubits, holds the state one comes from, the second, in the low qubits, where one goes. C loads row i of sqrt(P) on the second
/// register where the first reads i; R = C (2|0><0| - 1) C^-1; S swaps the registers. Unused codes of the first register load nothing and are never reached.
/// </summary>
internal static class SzegedyCircuit
{
    internal static Circuit Build(ReadOnlySpan<double> amplitudes, int states, int steps, int qubits, int from)
    {
        var load = Load(amplitudes, states, qubits);
        var unload = load.Inverse();
        int[] second = [.. Enumerable.Range(0, qubits)];
        var reflection = new double[1 << qubits];
        Array.Fill(reflection, Math.PI);
        reflection[0] = 0;

        var circuit = new CircuitBuilder(2 * qubits, qubits);
        foreach (var q in second)
        {
            if ((from >> q & 1) != 0) circuit.X(qubits + q);
        }

        circuit.Append(load);
        for (var t = 0; t < steps; t++)
        {
            circuit.Append(unload).Diagonal(reflection, second).Append(load);
            foreach (var q in second) circuit.Gate("swap", q, qubits + q);
        }

        foreach (var q in second) circuit.Measure(q, q);
        return circuit.Build();
    }

    private static Circuit Load(ReadOnlySpan<double> amplitudes, int states, int qubits)
    {
        var codes = 1 << qubits;
        var (mass, halfAngles) = (new double[2 * codes], new double[2 * codes]);
        var angles = new double[qubits][];
        for (var level = 0; level < qubits; level++) angles[level] = new double[codes << level];
        for (var i = 0; i < states; i++)
        {
            Array.Clear(mass);
            for (var k = 0; k < states; k++) mass[codes + k] = amplitudes[(i * states) + k] * amplitudes[(i * states) + k];
            for (var level = qubits - 1; level >= 0; level--)
            {
                RotationTree.Gather(mass, level);
                RotationTree.Rotations(mass, halfAngles, level);
                for (var node = 0; node < 1 << level; node++) angles[level][(i << level) + node] = RotationTree.Angle(halfAngles, (1 << level) + node);
            }
        }

        // Controls of level l: the l higher qubits of the second register, then the whole first one.
        var circuit = new CircuitBuilder(2 * qubits);
        for (var level = 0; level < qubits; level++)
        {
            var target = qubits - 1 - level;
            circuit.MultiplexedRY(angles[level], target, [.. Enumerable.Range(target + 1, level + qubits)]);
        }

        return circuit.Build();
    }
}
