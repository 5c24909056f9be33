using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>Tall matrices kappa with kappa^+ kappa = 1: where all operators of a Kraus set, stacked, live.</summary>
internal static class StiefelPoint
{
    /// <summary>An even draw: the polar factor of a complex Gaussian matrix.</summary>
    internal static ComplexMatrix Random(int rows, int columns, Xoshiro random)
    {
        var gaussian = new ComplexMatrix(rows, columns);
        for (var i = 0; i < gaussian.Re.Length; i++)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (gaussian.Im[i], gaussian.Re[i]) = Math.SinCos(2 * Math.PI * random.NextDouble());
            gaussian.Re[i] *= radius;
            gaussian.Im[i] *= radius;
        }

        return Polar(gaussian);
    }

    /// <summary>kappa (kappa^+ kappa)^(-1/2): the nearest point.</summary>
    internal static ComplexMatrix Polar(ComplexMatrix kappa)
    {
        var values = HermitianEigen.Solve(ComplexMatrix.AdjointProduct(kappa, kappa), out var vectors);
        var n = kappa.Columns;
        var root = new ComplexMatrix(n, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < n; k++) root[i, j] += vectors[i, k] * System.Numerics.Complex.Conjugate(vectors[j, k]) / Math.Sqrt(values[k]);
            }
        }

        return ComplexMatrix.Product(kappa, root);
    }

    /// <summary>The largest singular value.</summary>
    internal static double SpectralNorm(ComplexMatrix m) => Math.Sqrt(Math.Max(0, HermitianEigen.Solve(ComplexMatrix.AdjointProduct(m, m), out _).Max()));

    /// <summary>The largest entry of kappa^+ kappa - 1.</summary>
    internal static double Error(ComplexMatrix kappa)
    {
        var product = ComplexMatrix.AdjointProduct(kappa, kappa);
        double largest = 0;
        for (var i = 0; i < product.Rows; i++)
        {
            for (var j = 0; j < product.Columns; j++) largest = Math.Max(largest, System.Numerics.Complex.Abs(product[i, j] - (i == j ? 1 : 0)));
        }

        return largest;
    }

    /// <summary>
    /// Moves against <paramref name="slope"/> by a Cayley transform, which stays on the manifold: kappa - tau U (1 + tau/2 V^+ U)^-1 V^+ kappa with U = [slope, kappa] and V = [kappa, -slope].
    /// </summary>
    internal static ComplexMatrix Step(ComplexMatrix kappa, ComplexMatrix slope, double tau)
    {
        var (rows, n) = (kappa.Rows, kappa.Columns);
        var (u, v) = (new ComplexMatrix(rows, 2 * n), new ComplexMatrix(rows, 2 * n));
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < n; c++)
            {
                (u[r, c], u[r, n + c]) = (slope[r, c], kappa[r, c]);
                (v[r, c], v[r, n + c]) = (kappa[r, c], -slope[r, c]);
            }
        }

        var inner = ComplexMatrix.AdjointProduct(v, u);
        for (var i = 0; i < inner.Re.Length; i++) (inner.Re[i], inner.Im[i]) = (inner.Re[i] * tau / 2, inner.Im[i] * tau / 2);
        for (var i = 0; i < 2 * n; i++) inner[i, i] += 1;
        var solved = ComplexMatrix.AdjointProduct(v, kappa);
        ComplexMatrix.Solve(inner, solved);
        var moved = kappa.Copy();
        moved.Blend(1, -tau, ComplexMatrix.Product(u, solved));
        return Error(moved) > 1e-7 ? Polar(moved) : moved;
    }
}
