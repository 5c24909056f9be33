using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Preparation;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>Writes a prepared council down as a circuit of multiplexed rotations.</summary>
internal static class CouncilCircuit
{
    internal static Circuit Build(ReadOnlySpan<double> halfAngles, ReadOnlySpan<bool> negative, int selectorQubits, int noteQubits, bool empty, double coherence)
    {
        var notes = Math.Max(1, noteQubits);
        var selector = Enumerable.Range(notes, selectorQubits).ToArray();
        var mixed = coherence < 1 && selectorQubits > 0 && !empty;
        var coin = notes + selectorQubits;
        var circuit = new CircuitBuilder(notes + selectorQubits, notes + selectorQubits + (mixed ? 1 + selectorQubits : 0));
        if (mixed) circuit.RY(2 * Math.Atan2(Math.Sqrt(1 - coherence), Math.Sqrt(coherence)), 0).Measure(0, coin).Reset(0).Barrier();

        if (!empty)
        {
            var qubits = selectorQubits + noteQubits;
            var offset = notes - noteQubits;
            for (var level = 0; level < qubits; level++) AddLevel(circuit, halfAngles, level, qubits, offset, +1);
            AddSigns(circuit, negative, selector);
            if (mixed)
            {
                for (var i = 0; i < selectorQubits; i++) circuit.If(coin, true).Measure(selector[i], coin + 1 + i);
            }

            for (var level = selectorQubits - 1; level >= 0; level--) AddLevel(circuit, halfAngles, level, qubits, offset, -1);
        }

        for (var q = 0; q < notes + selectorQubits; q++) circuit.Measure(q, q);
        return circuit.Build();
    }

    private static void AddLevel(CircuitBuilder circuit, ReadOnlySpan<double> halfAngles, int level, int qubits, int offset, int sign)
    {
        var angles = new double[1 << level];
        for (var node = 0; node < angles.Length; node++) angles[node] = sign * RotationTree.Angle(halfAngles, (1 << level) + node);
        var target = offset + qubits - 1 - level;
        circuit.MultiplexedRY(angles, target, [.. Enumerable.Range(target + 1, level)]);
    }

    private static void AddSigns(CircuitBuilder circuit, ReadOnlySpan<bool> negative, int[] selector)
    {
        var phases = new double[1 << selector.Length];
        var any = false;
        for (var k = 0; k < phases.Length; k++)
        {
            phases[k] = negative[k] ? Math.PI : 0;
            any |= negative[k];
        }

        if (any && selector.Length > 0) circuit.Diagonal(phases, selector);
    }
}
