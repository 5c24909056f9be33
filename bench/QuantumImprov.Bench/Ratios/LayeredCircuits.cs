using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Bench.Ratios;

/// <summary>The circuits of the speed table.</summary>
internal static class LayeredCircuits
{
    private const int Layers = 6;

    /// <summary>W1: RY on all, then six times RY on all, a ring of CX (even layers) or CZ (odd layers), RZ on all.</summary>
    /// <param name="order">The qubits in the order of the ring.</param>
    internal static Circuit Rings(int qubits, IReadOnlyList<int>? order = null)
    {
        order ??= [.. Enumerable.Range(0, qubits)];
        var c = new CircuitBuilder(qubits, qubits);
        Turn(c, qubits);
        for (var layer = 0; layer < Layers; layer++) Layer(c, order, layer);
        return c.Build();
    }

    /// <summary>W1 with its qubits renamed at random.</summary>
    internal static Circuit Permuted(int qubits, Xoshiro random)
    {
        var order = Enumerable.Range(0, qubits).ToArray();
        for (var i = qubits - 1; i > 0; i--)
        {
            var j = random.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return Rings(qubits, order);
    }

    /// <summary>
    /// W1 with faults: each ring starts elsewhere, one of its gates is missing and another stands the other way round; one rotation a layer is missing, one RZ is a P, one RY is an RX, and gates that
    /// act on different qubits change their order.
    /// </summary>
    internal static Circuit Perturbed(int qubits, Xoshiro random)
    {
        var c = new CircuitBuilder(qubits, qubits);
        Turn(c, qubits);
        for (var layer = 0; layer < Layers; layer++)
        {
            var (without, other, start, missing, turned) = (random.NextInt(qubits), random.NextInt(qubits), random.NextInt(qubits), random.NextInt(qubits), random.NextInt(qubits));
            for (var k = 0; k < qubits; k++)
            {
                var q = (k + start) % qubits;
                if (q == without) continue;
                if (q == other && layer > 0) c.Gate("rx", [0.0], [q]);
                else c.RY(0, q);
            }

            for (var k = 0; k < qubits; k++)
            {
                var q = (k + start) % qubits;
                var next = (q + 1) % qubits;
                if (q == missing) continue;
                if ((layer & 1) != 0) c.Gate("cz", q, next);
                else if (q == turned) c.CX(next, q);
                else c.CX(q, next);
            }

            for (var k = 0; k < qubits; k++)
            {
                var q = (k + turned) % qubits;
                if (q == other) c.Gate("p", [0.0], [q]);
                else c.RZ(0, q);
            }
        }

        return c.Build();
    }

    /// <summary>W4: two such layers on 4 note qubits (3 to 6) above 3 memory qubits (0 to 2), then the note is read and put to 0; as often as asked, with the same angles.</summary>
    internal static Circuit Notes(int steps, ReadOnlySpan<double> angles, bool reads)
    {
        const int qubits = 7;
        int[] order = [.. Enumerable.Range(0, qubits)];
        var c = new CircuitBuilder(qubits, 4);
        for (var step = 0; step < steps; step++)
        {
            var next = 0;
            for (var layer = 0; layer < 2; layer++)
            {
                for (var q = 0; q < qubits; q++) c.RY(angles[next++], q);
                Ring(c, order, layer);
                for (var q = 0; q < qubits; q++) c.RZ(angles[next++], q);
            }

            if (!reads) continue;
            for (var q = 0; q < 4; q++) c.Measure(3 + q, q);
            for (var q = 0; q < 4; q++) c.Reset(3 + q);
        }

        return c.Build();
    }

    private static void Layer(CircuitBuilder c, IReadOnlyList<int> order, int layer)
    {
        Turn(c, order.Count);
        Ring(c, order, layer);
        for (var q = 0; q < order.Count; q++) c.RZ(0, q);
    }

    private static void Turn(CircuitBuilder c, int qubits)
    {
        for (var q = 0; q < qubits; q++) c.RY(0, q);
    }

    private static void Ring(CircuitBuilder c, IReadOnlyList<int> order, int layer)
    {
        for (var q = 0; q < order.Count; q++) c.Gate((layer & 1) == 0 ? "cx" : "cz", order[q], order[(q + 1) % order.Count]);
    }
}
