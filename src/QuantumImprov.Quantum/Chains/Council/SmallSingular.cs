using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// Singular values of a square matrix of a few rows by one-sided Jacobi rotations, which keep the small ones to their last digit; in memory that the caller owns. A real matrix stays real.
/// </summary>
internal static class SmallSingular
{
    private const int MostSweeps = 60;

    // Squared length of a column that is nothing but rounding, when the largest entries are near 1.
    private const double Nothing = 1e-30;

    /// <summary>Turns the columns until they are orthogonal: matrix = M B with M as it was. The length of column i is the singular value i, B's columns are the right singular vectors.</summary>
    /// <param name="matrix">Row by row, the largest entry near 1.</param>
    /// <param name="right">As long; receives B.</param>
    /// <param name="n">Rows.</param>
    internal static void Solve(Span<Complex> matrix, Span<Complex> right, int n)
    {
        right[..(n * n)].Clear();
        for (var i = 0; i < n; i++) right[(i * n) + i] = 1;
        var turned = true;
        for (var sweep = 0; sweep < MostSweeps && turned; sweep++)
        {
            turned = false;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++) turned |= Rotate(matrix, right, p, q, n);
            }
        }
    }

    private static bool Rotate(Span<Complex> m, Span<Complex> right, int p, int q, int n)
    {
        double a = 0, b = 0;
        Complex overlap = 0;
        for (var i = 0; i < n; i++)
        {
            a += SmallEigen.Squared(m[(i * n) + p]);
            b += SmallEigen.Squared(m[(i * n) + q]);
            overlap += Complex.Conjugate(m[(i * n) + p]) * m[(i * n) + q];
        }

        var length = Math.Sqrt(SmallEigen.Squared(overlap));
        if (Math.Min(a, b) <= Nothing || length <= 4e-16 * Math.Sqrt(a * b)) return false;
        var phase = Complex.Conjugate(overlap) / length;
        var tau = (b - a) / (2 * length);
        var t = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        var c = 1 / Math.Sqrt(1 + (t * t));
        var s = t * c;
        for (var i = 0; i < n; i++)
        {
            SmallEigen.Turn(ref m[(i * n) + p], ref m[(i * n) + q], c, s, s * phase, c * phase);
            SmallEigen.Turn(ref right[(i * n) + p], ref right[(i * n) + q], c, s, s * phase, c * phase);
        }

        return true;
    }
}
