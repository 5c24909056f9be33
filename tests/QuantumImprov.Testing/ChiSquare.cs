namespace QuantumImprov.Testing;

/// <summary>
/// Pearson's test that counts follow a law, at a stated false-alarm rate. Cells expected fewer than 10 times are pooled; a pool that stays below 10 is held to Poisson's upper tail instead, and the other
/// cells to their own total. The critical value is Wilson and Hilferty's. What the law calls impossible must not occur at all.
/// </summary>
public static class ChiSquare
{
    /// <summary>How often one test fails by chance where no other rate is given.</summary>
    public const double FalseAlarms = 1e-6;

    private const double Least = 10;

    /// <summary>Passes in silence, or says how far the counts are off.</summary>
    /// <param name="law">Probabilities, sum 1.</param>
    /// <param name="counts">How often each was seen.</param>
    /// <param name="falseAlarms">How often a right law may fail; a family of n tests gives each an n-th of its own rate.</param>
    /// <exception cref="LawNotFollowedException">The counts do not follow the law.</exception>
    public static void AssertFollows(ReadOnlySpan<double> law, ReadOnlySpan<int> counts, double falseAlarms = FalseAlarms)
    {
        if (law.Length != counts.Length) throw new ArgumentException($"The law has {law.Length} cells and there are {counts.Length} counts.", nameof(counts));
        var shots = 0;
        foreach (var count in counts) shots += count;
        var (cells, small, largeShare) = (0, new Cell(0, 0), 0d);
        for (var i = 0; i < law.Length; i++)
        {
            if (law[i] == 0 && counts[i] > 0) throw new LawNotFollowedException($"cell {i} has probability 0 and was seen {counts[i]} times in {shots} shots");
            if (law[i] * shots < Least) small = new Cell(small.Expected + (law[i] * shots), small.Count + counts[i]);
            else (cells, largeShare) = (cells + 1, largeShare + law[i]);
        }

        var pool = small.Expected >= Least;
        if (!pool) CheckRare(small, falseAlarms / 2);
        var scale = pool || largeShare == 0 ? 1 : (shots - small.Count) / (largeShare * shots);
        var statistic = pool ? small.Distance : 0;
        for (var i = 0; i < law.Length; i++)
        {
            if (law[i] * shots >= Least) statistic += new Cell(law[i] * shots * scale, counts[i]).Distance;
        }

        var freedom = (pool ? cells + 1 : cells) - 1;
        if (freedom < 1) return;
        var spread = 2.0 / (9 * freedom);
        var critical = freedom * Math.Pow(1 - spread + (Quantile(falseAlarms / 2) * Math.Sqrt(spread)), 3);
        if (!(statistic < critical)) throw new LawNotFollowedException($"chi-square {statistic:F1} on {freedom} degrees of freedom in {shots} shots; below {critical:F1} was expected");
    }

    private static void CheckRare(Cell rare, double falseAlarms)
    {
        var term = Math.Exp(-rare.Expected);
        for (var k = 0; k < rare.Count; k++) term *= rare.Expected / (k + 1);

        double above = 0;
        for (var k = rare.Count; k < rare.Count + 200; k++)
        {
            above += term;
            term *= rare.Expected / (k + 1);
        }

        if (above < falseAlarms) throw new LawNotFollowedException($"rare outcomes were seen {rare.Count} times where {rare.Expected:G4} were expected");
    }

    // The normal deviate exceeded with this probability (Abramowitz and Stegun 26.2.23, off by less than 4.5e-4).
    private static double Quantile(double tail)
    {
        var t = Math.Sqrt(-2 * Math.Log(tail));
        return t - ((2.515517 + (.802853 * t) + (.010328 * t * t)) / (1 + (1.432788 * t) + (.189269 * t * t) + (.001308 * t * t * t)));
    }

    private readonly record struct Cell(double Expected, int Count)
    {
        internal double Distance => (Count - Expected) * (Count - Expected) / Expected;
    }
}
