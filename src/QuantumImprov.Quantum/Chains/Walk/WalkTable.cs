namespace QuantumImprov.Quantum.Chains.Walk;

/// <summary>Questions about a row-stochastic table: row i holds the probabilities of going from state i to every state, row-major. Pure.</summary>
public static class WalkTable
{
    /// <summary>How far a row's sum may be from 1.</summary>
    public const double RowTolerance = 1e-9;

    /// <summary>
    /// Writes the stationary law pi = pi P by state reduction (Grassmann, Taksar and Heyman, 1985), which only adds, multiplies and divides numbers that are not negative.
    /// </summary>
    /// <param name="table">P, states x states, row-major, rows sum to 1.</param>
    /// <param name="states">1 to <see cref="SzegedyStep.MostStates"/>.</param>
    /// <param name="stationary">Receives pi, one entry a state, sum 1.</param>
    /// <returns>False when some state cannot be reached from every other, so that no single law visits them all; the span is then 0.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length, a row does not sum to 1, or a number is not a probability.</exception>
    public static bool Stationary(ReadOnlySpan<double> table, int states, Span<double> stationary)
    {
        Check(table, states);
        if (stationary.Length != states) throw new ArgumentException($"The stationary law has room for {stationary.Length} states; there are {states}.", nameof(stationary));
        return Reduce(table, states, stationary, new double[table.Length]);
    }

    /// <summary>Whether pi_i P_ij = pi_j P_ji for all pairs: the chain looks the same run backwards. False when there is no single stationary law.</summary>
    /// <param name="table">P, states x states, row-major, rows sum to 1.</param>
    /// <param name="states">1 to <see cref="SzegedyStep.MostStates"/>.</param>
    /// <param name="tolerance">The largest difference of flows, at least 0.</param>
    /// <exception cref="ArgumentException">The span has the wrong length, a row does not sum to 1, or a number is not a probability.</exception>
    public static bool IsReversible(ReadOnlySpan<double> table, int states, double tolerance = 1e-9)
    {
        Check(table, states);
        var pi = new double[states];
        if (!Stationary(table, states, pi)) return false;
        for (var i = 0; i < states; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Math.Abs((pi[i] * table[(i * states) + j]) - (pi[j] * table[(j * states) + i])) > tolerance) return false;
            }
        }

        return true;
    }

    /// <summary>Writes (P + P*)/2 with P*_ij = pi_j P_ji / pi_i: reversible, with the stationary law of P.</summary>
    /// <param name="table">P, states x states, row-major, rows sum to 1.</param>
    /// <param name="states">1 to <see cref="SzegedyStep.MostStates"/>.</param>
    /// <param name="symmetrised">As long as the table; must not overlap it.</param>
    /// <returns>False when P has no single stationary law that visits every state; nothing useful is written then.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length, a row does not sum to 1, or a number is not a probability.</exception>
    public static bool Symmetrise(ReadOnlySpan<double> table, int states, Span<double> symmetrised)
    {
        Check(table, states);
        if (symmetrised.Length != table.Length) throw new ArgumentException($"Got room for {symmetrised.Length} numbers; the table has {table.Length}.", nameof(symmetrised));
        return Symmetrise(table, states, symmetrised, new double[states], new double[table.Length]);
    }

    internal static bool Symmetrise(ReadOnlySpan<double> table, int states, Span<double> symmetrised, Span<double> stationary, Span<double> scratch)
    {
        if (!Reduce(table, states, stationary, scratch)) return false;
        for (var i = 0; i < states; i++)
        {
            for (var j = 0; j < states; j++)
                symmetrised[(i * states) + j] = .5 * (table[(i * states) + j] + (stationary[j] * table[(j * states) + i] / stationary[i]));
        }

        return true;
    }

    internal static void Check(ReadOnlySpan<double> table, int states)
    {
        if (states is < 1 or > SzegedyStep.MostStates) throw new ArgumentOutOfRangeException(nameof(states), states, $"1 to {SzegedyStep.MostStates} states are allowed.");
        if (table.Length != states * states) throw new ArgumentException($"Got {table.Length} probabilities; {states} states need {states * states}.", nameof(table));
        for (var i = 0; i < states; i++)
        {
            double sum = 0;
            for (var j = 0; j < states; j++)
            {
                var p = table[(i * states) + j];
                if (!(p >= 0 && p <= 1 + RowTolerance)) throw new ArgumentException($"The probability of going from state {i} to state {j} is {p}; 0 to 1 are allowed.", nameof(table));
                sum += p;
            }

            if (Math.Abs(sum - 1) > RowTolerance) throw new ArgumentException($"Row {i} sums to {sum}; 1 is needed, to within {RowTolerance}.", nameof(table));
        }
    }

    // Takes state k out and lets its visits pass through to the states below, then puts the states back one by one.
    private static bool Reduce(ReadOnlySpan<double> table, int states, Span<double> pi, Span<double> scratch)
    {
        table.CopyTo(scratch);
        pi.Clear();
        for (var k = states - 1; k > 0; k--)
        {
            double down = 0;
            for (var j = 0; j < k; j++) down += scratch[(k * states) + j];
            if (down == 0) return false;
            for (var i = 0; i < k; i++)
            {
                var through = scratch[(i * states) + k] /= down;
                if (through == 0) continue;
                for (var j = 0; j < k; j++) scratch[(i * states) + j] += through * scratch[(k * states) + j];
            }
        }

        double total = pi[0] = 1;
        for (var k = 1; k < states; k++)
        {
            for (var i = 0; i < k; i++) pi[k] += pi[i] * scratch[(i * states) + k];
            total += pi[k];
        }

        var everywhere = true;
        for (var k = 0; k < states; k++)
        {
            pi[k] /= total;
            everywhere &= pi[k] > 0;
        }

        if (!everywhere) pi.Clear();
        return everywhere;
    }
}
