using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// How long the silence after a phrase must last before it is taken for over: the more speaks for its end, the shorter. A logistic law of six features says how likely it is that the phrase is over; the silence is
/// enough when that passes what <paramref name="patience"/> asks for. Whatever the evidence, <see cref="Longest"/> is enough. Immutable. [any]
/// </summary>
/// <param name="gap">Its silence is multiplied by <see cref="Longest"/>.</param>
/// <param name="patience">How sure the partner must be, 0 to 1; default .5.</param>
public sealed class EndPrediction(PhraseGap gap, double patience)
{
    /// <summary>No silence shorter than this is enough, and a note so much behind its place in the beat is not missing yet, in nanoseconds.</summary>
    public const long Least = 40_000_000;

    // An onset this much ahead of its place in the beat still belongs to it.
    private const long Early = 30_000_000, Step = 10_000_000;

    private const double Bias = -5.88, PerLength = .42, PerTonic = .81, PerGrid = 1.67, PerNotes = 1.36, PerOverdue = .51, PerSilence = 1.04;

    private readonly double _threshold = 1 + 6 * (patience - .5);

    /// <summary>The longest silence that is waited for, in times <see cref="PhraseGap"/>'s, .5 to 1.5.</summary>
    public double Longest => patience + .5;

    /// <summary>The logarithm of the odds that the phrase is over when the silence has lasted until <paramref name="now"/>.</summary>
    public static double Odds(in EndEvidence evidence, HostTime now) =>
        Bias + PerLength * evidence.Length + PerTonic * evidence.Tonic + PerGrid * evidence.Grid + PerNotes * evidence.Notes + PerOverdue * evidence.Overdue(now) + PerSilence * evidence.Silence(now);

    /// <summary>
    /// Until when nothing must be played for the phrase to be over. On a <paramref name="known"/> timeline silence is asked behind each division of the beat only, because nothing is learned from it where no note could have come.
    /// </summary>
    public HostTime SureAt(in EndEvidence evidence, in Timeline timeline, bool known)
    {
        var earliest = evidence.Release.Plus(Least);
        var latest = HostTime.Max(earliest, evidence.Release.Plus((long)(gap.Nanoseconds(timeline, known) * Longest)));
        for (var at = known ? FirstPlace(evidence.Release, timeline) : earliest; at < latest; at = known ? NextPlace(at, timeline) : at.Plus(Step))
        {
            if (Odds(evidence, at) >= _threshold) return at;
        }

        return latest;
    }

    /// <summary>Where a silence that began at <paramref name="release"/> first says something: just behind a division of the beat.</summary>
    public static HostTime FirstPlace(HostTime release, in Timeline timeline) => HostTime.Max(release.Plus(Least), Place(release.Plus(-Early), timeline));

    /// <summary>Where it says something next, after <paramref name="place"/>.</summary>
    public static HostTime NextPlace(HostTime place, in Timeline timeline) =>
        Place(place.Plus(timeline.Metre.Division.Ticks * timeline.Tempo.NanosecondsPerQuarter / Beats.PerQuarter / 2 - Least), timeline);

    private static HostTime Place(HostTime from, in Timeline timeline) =>
        timeline.ToHost(timeline.BarOrigin + (timeline.ToBeats(from) - timeline.BarOrigin).Ceiling(timeline.Metre.Division)).Plus(Least);
}
