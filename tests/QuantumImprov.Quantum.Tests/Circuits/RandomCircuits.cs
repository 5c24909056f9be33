using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Tests.Circuits;

/// <summary>Random legal operations and circuits; everything follows from the seed.</summary>
internal static class RandomCircuits
{
    internal static Circuit Of(ulong seed, int qubits, int operations, bool chance = false)
    {
        var random = new Xoshiro(seed);
        var gates = Gates.All.Where(g => g.LeastQubits <= qubits && (chance || g.IsUnitary || g.Shape == GateShape.Barrier)).ToArray();
        var list = ImmutableArray.CreateBuilder<Operation>();
        for (var i = 0; i < operations; i++)
        {
            var operation = Operation(gates[random.NextInt(gates.Length)], qubits, random, bits: chance ? 3 : 0);
            list.Add(operation);
        }

        return new Circuit(qubits, chance ? 3 : 0, list.ToImmutable());
    }

    internal static Operation Operation(Gate gate, int qubits, Xoshiro random, int bits = 0)
    {
        var most = Math.Min(Math.Min(gate.MostQubits, qubits), 4);
        var count = gate.LeastQubits + random.NextInt(most - gate.LeastQubits + 1);
        var operands = Shuffled(qubits, random).Take(count).ToImmutableArray();
        if (gate.Shape == GateShape.Barrier) operands = [.. operands.Order()];
        var bit = gate.Shape == GateShape.Measurement ? random.NextInt(Math.Max(1, bits)) : -1;
        var condition = default(Condition);
        if (bits > 0 && gate.Shape != GateShape.Barrier && random.NextInt(4) == 0) condition = Condition.OnBit(random.NextInt(bits), random.NextInt(2) == 0);
        return new Operation(gate, operands, Parameters(gate, count, random), bit, condition);
    }

    internal static ImmutableArray<double> Parameters(Gate gate, int qubits, Xoshiro random) => gate.Name switch
    {
        "unitary" => Gates.Entries(Unitary(1 << qubits, random)),
        "mux" => [.. Enumerable.Range(0, 1 << (qubits - 1)).SelectMany(_ => Gates.Entries(Unitary(2, random)))],
        "prep" or "prepdg" => State(1 << qubits, random),
        _ => [.. Enumerable.Range(0, gate.ParameterCount(qubits)).Select(_ => Angle(random))],
    };

    internal static Complex[,] Unitary(int size, Xoshiro random)
    {
        var columns = new Complex[size][];
        for (var c = 0; c < size; c++)
        {
            var v = Enumerable.Range(0, size).Select(_ => new Complex(random.NextDouble() - .5, random.NextDouble() - .5)).ToArray();
            for (var earlier = 0; earlier < c; earlier++)
            {
                Complex product = 0;
                for (var i = 0; i < size; i++) product += Complex.Conjugate(columns[earlier][i]) * v[i];
                for (var i = 0; i < size; i++) v[i] -= product * columns[earlier][i];
            }

            var length = Math.Sqrt(v.Sum(z => (z.Real * z.Real) + (z.Imaginary * z.Imaginary)));
            columns[c] = [.. v.Select(z => z / length)];
        }

        var matrix = new Complex[size, size];
        for (var r = 0; r < size; r++)
        {
            for (var c = 0; c < size; c++) matrix[r, c] = columns[c][r];
        }

        return matrix;
    }

    internal static int[] Shuffled(int count, Xoshiro random)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = random.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    // Round angles now and then, and zeros: that is where branches hide.
    private static double Angle(Xoshiro random) => random.NextInt(5) switch
    {
        0 => 0,
        1 => (random.NextInt(17) - 8) * Math.PI / 4,
        _ => 14 * (random.NextDouble() - .5),
    };

    private static ImmutableArray<double> State(int size, Xoshiro random)
    {
        var parts = Enumerable.Range(0, 2 * size).Select(_ => random.NextInt(4) == 0 ? 0 : random.NextDouble() - .5).ToArray();
        var length = Math.Sqrt(parts.Sum(x => x * x));
        return length == 0 ? [1, .. new double[(2 * size) - 1]] : [.. parts.Select(x => x / length)];
    }
}
