using System.Numerics;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>Builds given matrices from multiplexed rotations.</summary>
internal static class UnitarySynthesis
{
    /// <summary>G_k = e^(i alpha) RZ(beta) RY(gamma) RZ(delta) for each code k: three multiplexed rotations of qubit 0 and a diagonal on the selecting qubits 1..n-1.</summary>
    internal static void Multiplexor(ReadOnlySpan<double> p, int n, CircuitBuilder c)
    {
        var codes = 1 << (n - 1);
        var (alpha, beta, gamma, delta) = (new double[codes], new double[codes], new double[codes], new double[codes]);
        for (var k = 0; k < codes; k++)
        {
            var e = p.Slice(8 * k, 8);
            (alpha[k], beta[k], gamma[k], delta[k]) = Angles(new(e[0], e[1]), new(e[2], e[3]), new(e[4], e[5]), new(e[6], e[7]));
        }

        int[] rest = [.. Enumerable.Range(1, n - 1)];
        c.MultiplexedRZ(delta, 0, rest).MultiplexedRY(gamma, 0, rest).MultiplexedRZ(beta, 0, rest).Diagonal(alpha, rest);
    }

    /// <summary>
    /// A whole unitary: one qubit by its angles; more by clearing the columns one after the other with Givens rotations of two codes each, which is simple and exact but far from the
    /// fewest gates.
    /// </summary>
    internal static void Whole(ReadOnlySpan<double> p, int n, CircuitBuilder c)
    {
        if (n == 1)
        {
            var (_, beta, gamma, delta) = Angles(new(p[0], p[1]), new(p[2], p[3]), new(p[4], p[5]), new(p[6], p[7]));
            c.RZ(delta, 0).RY(gamma, 0).RZ(beta, 0);
            return;
        }

        var size = 1 << n;
        var left = new Complex[size, size];
        for (var i = 0; i < size * size; i++) left[i / size, i % size] = new(p[2 * i], p[(2 * i) + 1]);
        var steps = new List<(int Bit, int Other, Complex[,] Turn)>();

        // Codes in Gray order differ in one bit, so each rotation is a one-qubit gate under full control.
        for (var column = 0; column < size - 1; column++)
        {
            for (var row = size - 1; row > column; row--) Clear(left, Gray(row - 1), Gray(row), Gray(column), steps);
        }

        var phases = new double[size];
        for (var i = 0; i < size; i++) phases[i] = left[i, i].Phase;
        c.Diagonal(phases, [.. Enumerable.Range(0, n)]);
        for (var i = steps.Count - 1; i >= 0; i--) AddTurn(steps[i], n, c);
    }

    private static int Gray(int i) => i ^ (i >> 1);

    // Turns rows a and b (which differ in one bit) so that the entry at (b, column) becomes 0; notes the inverse turn, first row and column belonging to the code whose bit is 0.
    private static void Clear(Complex[,] m, int a, int b, int column, List<(int, int, Complex[,])> steps)
    {
        var (x, y) = (m[a, column], m[b, column]);
        if (Complex.Abs(y) < 1e-15) return;
        var length = Math.Sqrt((x.Real * x.Real) + (x.Imaginary * x.Imaginary) + (y.Real * y.Real) + (y.Imaginary * y.Imaginary));
        Complex[,] turn = { { Complex.Conjugate(x) / length, Complex.Conjugate(y) / length }, { -y / length, x / length } };
        for (var j = 0; j < m.GetLength(1); j++)
            (m[a, j], m[b, j]) = ((turn[0, 0] * m[a, j]) + (turn[0, 1] * m[b, j]), (turn[1, 0] * m[a, j]) + (turn[1, 1] * m[b, j]));
        var bit = BitOperations.TrailingZeroCount(a ^ b);
        var (p, q, r, s) = (x / length, -Complex.Conjugate(y) / length, y / length, Complex.Conjugate(x) / length);
        steps.Add((bit, a & ~(1 << bit), (a >> bit & 1) == 0 ? new[,] { { p, q }, { r, s } } : new[,] { { s, r }, { q, p } }));
    }

    private static void AddTurn((int Bit, int Other, Complex[,] Turn) step, int n, CircuitBuilder c)
    {
        int[] rest = [.. Enumerable.Range(0, n).Where(q => q != step.Bit)];
        var at = 0;
        for (var i = 0; i < rest.Length; i++) at |= (step.Other >> rest[i] & 1) << i;
        var blocks = new double[8 << (n - 1)];
        for (var k = 0; k < 1 << (n - 1); k++)
        {
            blocks[8 * k] = blocks[(8 * k) + 6] = 1;
            if (k == at) Gates.Entries(step.Turn).CopyTo(blocks.AsSpan(8 * k, 8));
        }

        c.Gate("mux", blocks, [step.Bit, .. rest]);
    }

    private static (double Alpha, double Beta, double Gamma, double Delta) Angles(Complex a, Complex b, Complex c, Complex d)
    {
        var gamma = 2 * Math.Atan2(Complex.Abs(c), Complex.Abs(a));
        var alpha = ((a * d) - (b * c)).Phase / 2;

        // With alpha taken out, a = cos e^(-i(beta+delta)/2) and c = sin e^(i(beta-delta)/2); where one of them is 0 its phase is free.
        var sum = Complex.Abs(a) < 1e-12 ? 0 : -2 * (a.Phase - alpha);
        var difference = Complex.Abs(c) < 1e-12 ? 0 : 2 * (c.Phase - alpha);
        return (alpha, (sum + difference) / 2, gamma, (sum - difference) / 2);
    }
}
