using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Judging;

/// <summary>What can be seen of a call and an answer side by side without knowing who played.</summary>
public static class PairFeatures
{
    /// <summary>How many there are.</summary>
    public const int Count = 8;

    /// <summary>
    /// Distance of the keys in fifths (0 to 6) and whether the modes differ; difference of the mean pitches and of the ranges in semitones; of the densities as the size of the logarithm of their
    /// ratio; overlap areas of the onset places and of the pitch classes; the share of the answer's runs of 4 steps that the call has.
    /// </summary>
    public static double[] Of(IReadOnlyList<MeasuredNote> call, IReadOnlyList<MeasuredNote> answer)
    {
        var (a, b) = (AnswerFigures.Pitches(call), AnswerFigures.Pitches(answer));
        var (keyA, keyB) = (WholeKey.Of(a), WholeKey.Of(b));
        var said = AnswerFigures.Motifs(call).ToHashSet();
        return
        [
            Fifths(KeyAccuracy.Accidentals(keyA), KeyAccuracy.Accidentals(keyB)),
            keyA.Mode == keyB.Mode ? 0 : 1,
            Math.Abs(a.Average() - b.Average()),
            Math.Abs(a.Max() - a.Min() - (b.Max() - b.Min())),
            Math.Abs(Math.Log(Density(call) / Density(answer))),
            new OnsetHistogram([answer]).Overlap(new OnsetHistogram([call])) ?? 0,
            Enumerable.Range(0, 12).Sum(c => Math.Min(Share(a, c), Share(b, c))),
            AnswerFigures.Motifs(answer).Select(m => said.Contains(m) ? 1.0 : 0).DefaultIfEmpty().Average(),
        ];
    }

    // Seven semitones are one step around the circle.
    private static int Fifths(int a, int b)
    {
        var steps = (a - b + 12) * 7 % 12;
        return Math.Min(steps, 12 - steps);
    }

    private static double Density(IReadOnlyList<MeasuredNote> line) => line.Count / (double)Math.Max(1, line.Max(n => n.End) - line[0].Time.Onset);

    private static double Share(IReadOnlyList<int> pitches, int pitchClass) => pitches.Count(p => p % 12 == pitchClass) / (double)pitches.Count;
}
