using System.Numerics;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// The memory steps of all members as gates. Unitary ones are one multiplexed unitary. Otherwise, with W = A S B^+, the encoding [[W, sqrt(1 - W W^+)], [sqrt(1 - W^+ W), -W^+]] is
/// B^+ (ancilla 0) or A^+ (ancilla 1) on the memory, [[s, c], [c, -s]] on the ancilla for each memory level, then A or B on the memory.
/// </summary>
internal static class BlockEncoding
{
    internal static void Add(CircuitBuilder circuit, MemoryOperators operators, int[] memory, int[] ancilla, int[] selector)
    {
        var rows = 1 << selector.Length;
        if (ancilla.Length == 0)
        {
            MultiplexedUnitaries.Add(circuit, [.. Enumerable.Range(0, rows).Select(k => k < operators.Members ? Square(operators.Scaled(k), operators.Levels) : One(operators.Levels))], memory, selector);
            return;
        }

        var (first, turns, last) = (new List<Complex[,]>(), new List<Complex[,]>(), new List<Complex[,]>());
        for (var k = 0; k < rows; k++)
        {
            var (a, s, b) = k < operators.Members ? Decompose(operators, k) : (One(operators.Levels), [.. Enumerable.Repeat(1.0, operators.Levels)], One(operators.Levels));
            first.AddRange([MultiplexedUnitaries.Adjoint(b), MultiplexedUnitaries.Adjoint(a)]);
            last.AddRange([a, b]);
            foreach (var square in s)
            {
                var (kept, lost) = (Math.Sqrt(square), Math.Sqrt(1 - square));
                turns.Add(new Complex[,] { { kept, lost }, { lost, -kept } });
            }
        }

        MultiplexedUnitaries.Add(circuit, first, memory, [.. ancilla, .. selector]);
        MultiplexedUnitaries.Add(circuit, turns, ancilla, [.. memory, .. selector]);
        MultiplexedUnitaries.Add(circuit, last, memory, [.. ancilla, .. selector]);
    }

    // A's columns are those of W B made unit vectors, from the longest down; where nothing is left any upright vector will do.
    private static (Complex[,] A, double[] Squares, Complex[,] B) Decompose(MemoryOperators operators, int member)
    {
        var n = operators.Levels;
        var left = operators.Left(member);
        var squares = operators.Squares(member).ToArray();
        var a = new Complex[n, n];
        var done = new List<int>();
        foreach (var i in Enumerable.Range(0, n).OrderByDescending(i => squares[i]))
        {
            var column = new Complex[n];
            for (var r = 0; r < n; r++) column[r] = left[(r * n) + i];

            // Some basis vector keeps at least half of its length.
            for (var candidate = 0; !Upright(column, a, done, i, least: candidate == 0 ? 0 : .4); candidate++)
            {
                Array.Clear(column);
                column[candidate] = 1;
            }

            done.Add(i);
        }

        return (a, squares, Square(operators.Right(member), n));
    }

    // Twice is enough (Kahan). False when hardly anything stands upright on the columns that are done.
    private static bool Upright(Complex[] column, Complex[,] a, List<int> done, int place, double least)
    {
        double length = 0;
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var other in done)
            {
                Complex overlap = 0;
                for (var r = 0; r < column.Length; r++) overlap += Complex.Conjugate(a[r, other]) * column[r];
                for (var r = 0; r < column.Length; r++) column[r] -= overlap * a[r, other];
            }

            length = Math.Sqrt(column.Sum(SmallEigen.Squared));
            if (length <= least) return false;
            for (var r = 0; r < column.Length; r++) column[r] /= length;
        }

        for (var r = 0; r < column.Length; r++) a[r, place] = column[r];
        return true;
    }

    private static Complex[,] Square(ReadOnlySpan<Complex> entries, int n)
    {
        var matrix = new Complex[n, n];
        for (var i = 0; i < n * n; i++) matrix[i / n, i % n] = entries[i];
        return matrix;
    }

    private static Complex[,] One(int n)
    {
        var one = new Complex[n, n];
        for (var i = 0; i < n; i++) one[i, i] = 1;
        return one;
    }
}
