using QuantumImprov.Engine.Evaluation;

namespace QuantumImprov.Engine.Judging;

/// <summary>
/// How a set of answers stands to their calls: whether they end, come back to what was said, stay in key and in time, and breathe. What has no meaning is null. Definitions: docs/judge.md.
/// </summary>
public sealed record AnswerFigures
{
    private const int MotifSteps = 4;

    /// <summary>Share of answers whose last note is the tonic.</summary>
    public double? EndsOnTonic { get; init; }

    /// <summary>Share of answers whose last onset is on a bar line, or on the half bar of a bar with an even number of beats.</summary>
    public double? EndsOnStrongBeat { get; init; }

    /// <summary>Share of the answers' runs of 4 successive steps that occur in the call.</summary>
    public double? MotifReturn4 { get; init; }

    /// <summary>Share of notes outside the scale.</summary>
    public double? OutOfKey { get; init; }

    /// <summary>Overlap area of the answers' onset places and the reference's, 0 to 1.</summary>
    public double? OnsetOverlap { get; init; }

    /// <summary>How alike the bars of answer and call are in their onsets, 0 to 1; the mean over the answers.</summary>
    public double? GroovingSimilarity { get; init; }

    /// <summary>Silent share of the time from an answer's first onset to the end of the bar it ends in; the mean over the answers.</summary>
    public double? RestShare { get; init; }

    /// <summary>As <see cref="MelodyFigures.PitchClassEntropy"/>.</summary>
    public double? PitchClassEntropy { get; init; }

    /// <summary>As <see cref="MelodyFigures.Distinct4"/>.</summary>
    public double? Distinct4 { get; init; }

    /// <summary>As <see cref="MelodyFigures.Copy8"/>, beside the repertoire without the call.</summary>
    public double? Copy8 { get; init; }

    /// <summary>As <see cref="MelodyFigures.MeanInterval"/>.</summary>
    public double? MeanInterval { get; init; }

    /// <summary>Nine delays in ten, from the end of a phrase to the partner's next onset, are not above this; in quarters.</summary>
    public double? ResponseDelayP90Beats { get; init; }

    /// <summary>Share of the performer's phrases into which the partner began a note.</summary>
    public double? FalseInterruptions { get; init; }

    /// <summary>Nothing is known.</summary>
    public static AnswerFigures None { get; } = new();

    /// <summary>
    /// The figures of <paramref name="pairs"/> (at least one), their rhythm beside <paramref name="reference"/>; <paramref name="copy8"/> is the caller's, since the repertoire may differ from pair to pair.
    /// </summary>
    public static AnswerFigures Of(IReadOnlyList<CallAndAnswer> pairs, OnsetHistogram reference, double? copy8)
    {
        var plain = MelodyFigures.Of([.. pairs.Select(p => Pitches(p.Answer))], []);
        return new AnswerFigures
        {
            EndsOnTonic = pairs.Average(p => p.Key.Degree(p.Answer[^1].Pitch) == 0 ? 1.0 : 0),
            EndsOnStrongBeat = pairs.Average(p => IsStrong(p.Answer[^1]) ? 1.0 : 0),
            MotifReturn4 = Mean(pairs.SelectMany(Returns)),
            OutOfKey = pairs.SelectMany(p => p.Answer.Select(n => p.Key.Holds(n.Pitch) ? 0.0 : 1)).Average(),
            OnsetOverlap = new OnsetHistogram(pairs.Select(p => p.Answer.AsEnumerable())).Overlap(reference),
            GroovingSimilarity = Mean(pairs.Select(p => new Groove(p.Answer).Similarity(new Groove(p.Call))).OfType<double>()),
            RestShare = pairs.Average(p => Silence(p.Answer)),
            PitchClassEntropy = plain.PitchClassEntropy,
            Distinct4 = plain.Distinct4,
            Copy8 = copy8,
            MeanInterval = plain.MeanInterval,
        };
    }

    /// <summary>Whether a note begins on a bar line, or on the half bar of a bar with an even number of beats.</summary>
    public static bool IsStrong(MeasuredNote note)
    {
        var beats = note.Time.Bar / note.Time.Beat;
        return note.Time.Place == 0 || beats % 2 == 0 && note.Time.Place * 2 == note.Time.Bar;
    }

    /// <summary>The silent share of the time from the first onset of <paramref name="line"/> to the end of the bar in which its last note ends; a note that ends on a bar line ends in the bar before.</summary>
    public static double Silence(IReadOnlyList<MeasuredNote> line)
    {
        var (until, sounding) = (line[0].Time.Onset, 0);
        var last = line[0];
        foreach (var note in line)
        {
            sounding += Math.Max(0, note.End - Math.Max(until, note.Time.Onset));
            until = Math.Max(until, note.End);
            if (note.End >= last.End) last = note;
        }

        var bars = (last.End - last.BarLine + last.Time.Bar - 1) / last.Time.Bar;
        return 1 - sounding / (double)(last.BarLine + Math.Max(1, bars) * last.Time.Bar - line[0].Time.Onset);
    }

    /// <summary>The pitches of <paramref name="line"/>.</summary>
    public static IReadOnlyList<int> Pitches(IEnumerable<MeasuredNote> line) => [.. line.Select(n => n.Pitch)];

    // 1 for each run of steps that the call has, 0 for each it has not.
    private static IEnumerable<double> Returns(CallAndAnswer pair)
    {
        var said = Motifs(pair.Call).ToHashSet();
        return Motifs(pair.Answer).Select(m => said.Contains(m) ? 1.0 : 0);
    }

    /// <summary>Every run of 4 successive steps of <paramref name="line"/>.</summary>
    public static IEnumerable<(int, int, int, int)> Motifs(IReadOnlyList<MeasuredNote> line)
    {
        for (var i = MotifSteps; i < line.Count; i++) yield return (Step(line, i - 3), Step(line, i - 2), Step(line, i - 1), Step(line, i));
    }

    private static int Step(IReadOnlyList<MeasuredNote> line, int i) => line[i].Pitch - line[i - 1].Pitch;

    private static double? Mean(IEnumerable<double> values)
    {
        var (sum, count) = (0.0, 0L);
        foreach (var value in values) (sum, count) = (sum + value, count + 1);
        return count == 0 ? null : sum / count;
    }
}
