using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>Eigenvalues and eigenvectors of a Hermitian matrix of a few rows by Jacobi's rotations, in memory that the caller owns. A real matrix keeps real eigenvectors.</summary>
internal static class SmallEigen
{
    private const int MostSweeps = 40;

    /// <summary>Leaves the eigenvalues on the diagonal and the eigenvectors as columns, in the same order.</summary>
    /// <param name="matrix">Row by row; used up.</param>
    /// <param name="vectors">As long; receives the eigenvectors.</param>
    /// <param name="n">Rows.</param>
    internal static void Solve(Span<Complex> matrix, Span<Complex> vectors, int n)
    {
        vectors[..(n * n)].Clear();
        for (var i = 0; i < n; i++) vectors[(i * n) + i] = 1;
        double size = 0;
        foreach (var entry in matrix[..(n * n)]) size += Squared(entry);
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            double off = 0;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++) off += Squared(matrix[(p * n) + q]);
            }

            if (off <= 1e-33 * size) return;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++) Rotate(matrix, vectors, p, q, n);
            }
        }
    }

    internal static double Squared(Complex z) => (z.Real * z.Real) + (z.Imaginary * z.Imaginary);

    private static void Rotate(Span<Complex> a, Span<Complex> vectors, int p, int q, int n)
    {
        var entry = a[(p * n) + q];
        var length = Math.Sqrt(Squared(entry));
        if (length == 0) return;
        var phase = Complex.Conjugate(entry) / length;
        var tau = (a[(q * n) + q].Real - a[(p * n) + p].Real) / (2 * length);
        var t = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        var c = 1 / Math.Sqrt(1 + (t * t));
        var s = t * c;
        var turned = s * phase;
        var kept = c * phase;
        for (var i = 0; i < n; i++)
        {
            Turn(ref a[(i * n) + p], ref a[(i * n) + q], c, s, turned, kept);
            Turn(ref vectors[(i * n) + p], ref vectors[(i * n) + q], c, s, turned, kept);
        }

        (turned, kept) = (Complex.Conjugate(turned), Complex.Conjugate(kept));
        for (var i = 0; i < n; i++) Turn(ref a[(p * n) + i], ref a[(q * n) + i], c, s, turned, kept);
    }

    internal static void Turn(ref Complex x, ref Complex y, double c, double s, Complex turned, Complex kept) =>
        (x, y) = ((c * x) - (turned * y), (s * x) + (kept * y));
}
