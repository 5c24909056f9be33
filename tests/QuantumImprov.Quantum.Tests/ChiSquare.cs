using Xunit;

namespace QuantumImprov.Quantum.Tests;

/// <summary>
/// Pearson's test with a stated false-alarm rate: fails with probability about 1e-6 when the law is right. Cells expected fewer than 5 times are pooled. The critical value is Wilson and
/// Hilferty's, for z = 4.7534.
/// </summary>
internal static class ChiSquare
{
    internal static void AssertFollows(ReadOnlySpan<double> law, ReadOnlySpan<int> counts)
    {
        var shots = 0;
        foreach (var c in counts) shots += c;
        double statistic = 0, pooled = 0, pooledCount = 0;
        var cells = 0;
        for (var i = 0; i < law.Length; i++)
        {
            var expected = law[i] * shots;
            if (expected == 0) Assert.Equal(0, counts[i]);
            if (expected < 5)
            {
                pooled += expected;
                pooledCount += counts[i];
                continue;
            }

            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            cells++;
        }

        if (pooled > 1)
        {
            statistic += (pooledCount - pooled) * (pooledCount - pooled) / pooled;
            cells++;
        }

        var freedom = cells - 1;
        if (freedom < 1) return;
        var spread = 2.0 / (9 * freedom);
        var critical = freedom * Math.Pow(1 - spread + (4.7534 * Math.Sqrt(spread)), 3);
        Assert.True(statistic < critical, $"chi-square {statistic:F1} on {freedom} degrees of freedom; below {critical:F1} was expected");
    }
}
