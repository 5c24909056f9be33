using Xunit;

namespace QuantumImprov.Engine.Tests;

/// <summary>
/// Pearson's test that counts follow a law. The false-alarm rate is that of the whole family of <c>tests</c>: each is held to a level that many times smaller
/// (Bonferroni). Cells expected fewer than 5 times are pooled; the critical value is Wilson and Hilferty's.
/// </summary>
internal static class ChiSquare
{
    /// <summary>How often the family fails by chance.</summary>
    internal const double FalseAlarms = 1e-4;

    internal static void AssertFollows(ReadOnlySpan<double> law, ReadOnlySpan<int> counts, int tests)
    {
        var shots = 0;
        foreach (var count in counts) shots += count;
        double statistic = 0, pooled = 0, pooledCount = 0;
        var cells = 0;
        for (var i = 0; i < law.Length; i++)
        {
            var expected = law[i] * shots;
            if (expected == 0) Assert.Equal(0, counts[i]);
            if (expected < 5)
            {
                (pooled, pooledCount) = (pooled + expected, pooledCount + counts[i]);
                continue;
            }

            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            cells++;
        }

        if (pooled >= 1)
        {
            statistic += (pooledCount - pooled) * (pooledCount - pooled) / pooled;
            cells++;
        }

        var freedom = cells - 1;
        Assert.True(freedom >= 1, "a law with a single outcome tests nothing");
        var spread = 2.0 / (9 * freedom);
        var critical = freedom * Math.Pow(1 - spread + Quantile(FalseAlarms / tests) * Math.Sqrt(spread), 3);
        Assert.True(statistic < critical, $"chi-square {statistic:F1} on {freedom} degrees of freedom; below {critical:F1} was expected");
    }

    // The normal deviate exceeded with this probability (Abramowitz and Stegun 26.2.23, off by less than 4.5e-4).
    private static double Quantile(double tail)
    {
        var t = Math.Sqrt(-2 * Math.Log(tail));
        return t - (2.515517 + .802853 * t + .010328 * t * t) / (1 + 1.432788 * t + .189269 * t * t + .001308 * t * t * t);
    }
}
