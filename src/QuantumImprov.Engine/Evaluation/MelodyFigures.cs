namespace QuantumImprov.Engine.Evaluation;

/// <summary>
/// Figures of a set of melodies beside the set they were learned from: whether they are as varied, as much in key and as new as people's. Compare sets of equal sizes only.
/// </summary>
/// <param name="PitchClassEntropy">Bits, melody by melody over its notes' pitch classes, then the mean.</param>
/// <param name="Distinct4">Different runs of four pitches among all, 0 to 1, the melodies taken together.</param>
/// <param name="Copy4">Share of runs of four pitches that occur in the other set.</param>
/// <param name="Copy8">Share of runs of eight pitches that occur in the other set.</param>
/// <param name="IntervalCopy8">Share of runs of eight steps that occur in the other set at any pitch.</param>
/// <param name="MeanInterval">Mean size of a step in semitones.</param>
public sealed record MelodyFigures(double PitchClassEntropy, double Distinct4, double Copy4, double Copy8, double IntervalCopy8, double MeanInterval)
{
    /// <summary>The figures of <paramref name="melodies"/> beside <paramref name="learned"/>; 0 where there is nothing to count.</summary>
    public static MelodyFigures Of(IReadOnlyList<IReadOnlyList<int>> melodies, IReadOnlyList<IReadOnlyList<int>> learned)
    {
        var fours = melodies.SelectMany(m => Runs(m, 4)).ToList();
        return new MelodyFigures(
            melodies.Where(m => m.Count > 0).Select(Entropy).DefaultIfEmpty().Average(),
            fours.Count == 0 ? 0 : fours.Distinct().Count() / (double)fours.Count,
            Copied(4, static m => m),
            Copied(8, static m => m),
            Copied(8, Steps),
            melodies.SelectMany(Steps).Select(step => (double)Math.Abs(step)).DefaultIfEmpty().Average());

        double Copied(int length, Func<IReadOnlyList<int>, IReadOnlyList<int>> view)
        {
            var known = learned.SelectMany(m => Runs(view(m), length)).ToHashSet();
            return melodies.SelectMany(m => Runs(view(m), length)).Select(run => known.Contains(run) ? 1.0 : 0).DefaultIfEmpty().Average();
        }
    }

    /// <summary>The mean of each figure.</summary>
    public static MelodyFigures Mean(IReadOnlyList<MelodyFigures> all) => new(
        all.Average(f => f.PitchClassEntropy), all.Average(f => f.Distinct4), all.Average(f => f.Copy4), all.Average(f => f.Copy8), all.Average(f => f.IntervalCopy8), all.Average(f => f.MeanInterval));

    // Pitches and steps are bytes, so that up to eight of them are one number.
    private static IEnumerable<ulong> Runs(IReadOnlyList<int> symbols, int length)
    {
        var mask = length == 8 ? ulong.MaxValue : (1UL << 8 * length) - 1;
        var run = 0UL;
        for (var i = 0; i < symbols.Count; i++)
        {
            run = (run << 8 | (byte)symbols[i]) & mask;
            if (i >= length - 1) yield return run;
        }
    }

    private static List<int> Steps(IReadOnlyList<int> pitches) => [.. Enumerable.Range(1, Math.Max(0, pitches.Count - 1)).Select(i => pitches[i] - pitches[i - 1])];

    private static double Entropy(IReadOnlyList<int> pitches) =>
        pitches.GroupBy(p => p % 12).Select(g => g.Count() / (double)pitches.Count).Sum(share => -share * Math.Log2(share));
}
