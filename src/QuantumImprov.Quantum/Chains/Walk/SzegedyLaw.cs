namespace QuantumImprov.Quantum.Chains.Walk;

/// <summary>
/// The matrix G_t of a Szegedy walk in closed form, by linear algebra among the states alone: with D_ij = sqrt(P_ij P_ji), U|psi_i> = S|psi_i> and U S|psi_i> = 2 sum_k D_ki S|psi_k> - |psi_i>,
/// so U^t|psi_i> stays a combination of the |psi_k> and S|psi_k>, whose coefficients are Chebyshev polynomials of D. Holds for every row-stochastic table, reversible or not. The oracle that
/// samples of <see cref="SzegedyStep"/> are compared with; it prepares no state. Pure; allocates.
/// </summary>
public static class SzegedyLaw
{
    /// <summary>Writes G_t: row i is the law of the second register after t coherent steps from state i. Rows sum to 1.</summary>
    /// <param name="table">P, states x states, row-major, rows sum to 1.</param>
    /// <param name="states">1 to <see cref="SzegedyStep.MostStates"/>.</param>
    /// <param name="steps">t, 0 to <see cref="SzegedyStep.MostSteps"/>.</param>
    /// <param name="law">As long as the table.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, a row does not sum to 1, or a number lies outside its range.</exception>
    public static void Write(ReadOnlySpan<double> table, int states, int steps, Span<double> law)
    {
        WalkTable.Check(table, states);
        SzegedyStep.CheckSteps(steps);
        if (law.Length != table.Length) throw new ArgumentException($"The law has room for {law.Length} numbers; the table has {table.Length}.", nameof(law));

        // Column i of a and b: the coefficients of |psi_k> and of S|psi_k>. Each step takes (a, b) to (-b, a + 2 D b).
        var n = states;
        var d = new double[n * n];
        for (var k = 0; k < n * n; k++) d[k] = Math.Sqrt(table[k] * table[(k % n * n) + (k / n)]);
        var (a, b) = (new double[n * n], new double[n * n]);
        for (var k = 0; k < n; k++) a[(k * n) + k] = 1;
        for (var t = 0; t < steps; t++)
        {
            var next = Times(d, b, n);
            for (var k = 0; k < n * n; k++)
            {
                next[k] = a[k] + (2 * next[k]);
                a[k] = -b[k];
            }

            b = next;
        }

        // Amplitude of (j, k): a_j sqrt(P_jk) + b_k sqrt(P_kj); squared and summed over j.
        var cross = Times(d, a, n);
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++)
            {
                double direct = 0;
                for (var j = 0; j < n; j++) direct += a[(j * n) + i] * a[(j * n) + i] * table[(j * n) + k];
                var back = b[(k * n) + i];
                law[(i * n) + k] = Math.Max(0, direct + (back * (back + (2 * cross[(k * n) + i]))));
            }
        }
    }

    private static double[] Times(double[] left, double[] right, int n)
    {
        var product = new double[n * n];
        for (var r = 0; r < n; r++)
        {
            for (var k = 0; k < n; k++)
            {
                var factor = left[(r * n) + k];
                if (factor == 0) continue;
                for (var c = 0; c < n; c++) product[(r * n) + c] += factor * right[(k * n) + c];
            }
        }

        return product;
    }
}
