using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>Eigenvalues and eigenvectors of a small Hermitian matrix by Jacobi's rotations: slow to grow, hard to upset.</summary>
internal static class HermitianEigen
{
    private const int MostSweeps = 60;

    internal static double[] Solve(ComplexMatrix hermitian, out ComplexMatrix vectors)
    {
        var n = hermitian.Rows;
        var a = hermitian.Copy();
        vectors = new ComplexMatrix(n, n);
        for (var i = 0; i < n; i++) vectors[i, i] = 1;
        double size = 0;
        for (var i = 0; i < a.Re.Length; i++) size += (a.Re[i] * a.Re[i]) + (a.Im[i] * a.Im[i]);
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            double off = 0;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++) off += Math.Pow(Complex.Abs(a[p, q]), 2);
            }

            if (off <= 1e-32 * size) break;
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++) Rotate(a, vectors, p, q);
            }
        }

        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = a[i, i].Real;
        return values;
    }

    private static void Rotate(ComplexMatrix a, ComplexMatrix vectors, int p, int q)
    {
        var length = Complex.Abs(a[p, q]);
        if (length == 0) return;
        var phase = Complex.Conjugate(a[p, q]) / length;
        var tau = (a[q, q].Real - a[p, p].Real) / (2 * length);
        var t = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        var c = 1 / Math.Sqrt(1 + (t * t));
        var s = t * c;
        for (var i = 0; i < a.Rows; i++)
        {
            (a[i, p], a[i, q]) = ((c * a[i, p]) - (s * phase * a[i, q]), (s * a[i, p]) + (c * phase * a[i, q]));
            (vectors[i, p], vectors[i, q]) = ((c * vectors[i, p]) - (s * phase * vectors[i, q]), (s * vectors[i, p]) + (c * phase * vectors[i, q]));
        }

        var back = Complex.Conjugate(phase);
        for (var i = 0; i < a.Rows; i++) (a[p, i], a[q, i]) = ((c * a[p, i]) - (s * back * a[q, i]), (s * a[p, i]) + (c * back * a[q, i]));
    }
}
