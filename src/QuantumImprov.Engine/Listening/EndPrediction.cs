using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// How long the silence after a phrase must last before it is taken for over: the more speaks for its end, the shorter. A logistic law of nine features says how likely it is that the phrase is over; the silence is
/// enough when that passes what <paramref name="patience"/> asks for. Whatever the evidence, <see cref="Longest"/> is enough. Immutable. [any]
/// </summary>
/// <param name="gap">Its silence is multiplied by <see cref="Longest"/>.</param>
/// <param name="patience">How sure the partner must be, 0 to 1; default .5.</param>
public readonly struct EndPrediction(PhraseGap gap, double patience)
{
    /// <summary>No silence shorter than this is enough, in nanoseconds.</summary>
    public const long Least = 40_000_000;

    /// <summary>A note so much behind its place in the beat is not missing yet, in nanoseconds.</summary>
    public const long Behind = 50_000_000;

    // An onset this much ahead of its place in the beat still belongs to it.
    private const long Early = 30_000_000, Step = 10_000_000;

    // In quarters of silence: after so much a division of the beat has passed, whatever the articulation.
    private const double MostWaited = .45;

    // By search for the least delay and the fewest interruptions on folk tunes, whole, cut into phrases and with rests put into them, exact and performed; see docs/measurements.md. `bench -- endings` fits the likelihood, which
    // is not the same: a late answer and a broken phrase cost differently. Loudness is not among them: nothing could be learned from it there.
    private const double Bias = -4.60, PerLength = .56, PerTonic = .55, PerGrid = 1.92, PerNotes = 1.26, PerBarLine = .83, PerHabit = 4.59, PerShort = -4.00, PerOverdue = .20, PerSilence = 1.42;

    // Odds of 150 to one beyond what is asked for, and a length within a quarter of a beat of one of the last: from 50 to one on, phrases of any length are broken into now and then.
    private const double Certain = 5, LengthOfTheLast = .75;

    // Odds of five to three at the default; a tenth of patience is worth a factor of nearly two.
    private readonly double _threshold = .5 + 6 * (patience - .5);

    /// <summary>The longest silence that is waited for, in times the gap's: 1.7 to 2.7 on a <paramref name="known"/> timeline, where a performer may rest for a half within a phrase, else .75 to 1.75.</summary>
    public double Longest(bool known) => patience + (known ? 1.7 : .75);

    /// <summary>The logarithm of the odds that the phrase is over when the silence has lasted until <paramref name="now"/>.</summary>
    public static double Odds(in EndEvidence evidence, HostTime now) =>
        Bias + PerLength * evidence.Length + PerTonic * evidence.Tonic + PerGrid * evidence.Grid + PerNotes * evidence.Notes + PerBarLine * evidence.BarLine + PerHabit * evidence.Habit + PerShort * evidence.Short
        + PerOverdue * evidence.Overdue(now) + PerSilence * evidence.Silence(now);

    /// <summary>Whether the phrase is over as soon as its last key is up: it has the length of one of the last, and so much else speaks for it that no silence is asked for.</summary>
    public bool IsCertain(in EndEvidence evidence) => evidence.Habit >= LengthOfTheLast && Odds(evidence, evidence.Release.Plus(Least)) >= _threshold + Certain;

    /// <summary>
    /// Until when nothing must be played for the phrase to be over; on a <paramref name="known"/> timeline hardly at all where that <see cref="IsCertain"/>. Otherwise silence is asked there behind each division of the beat only, because nothing is learned from it
    /// where no note could have come, and, for .45 quarters at most, not before a note as late as one in ten is of this performer's would have come.
    /// </summary>
    public HostTime SureAt(in EndEvidence evidence, in Timeline timeline, bool known)
    {
        var earliest = evidence.Release.Plus(Least);
        if (known && IsCertain(evidence)) return earliest;
        var latest = HostTime.Max(earliest, evidence.Release.Plus((long)(gap.Nanoseconds(timeline, known) * Longest(known))));
        var due = known ? HostTime.Min(evidence.Onset.PlusSeconds(evidence.Held * evidence.Late), evidence.Release.Plus((long)(MostWaited * timeline.Tempo.NanosecondsPerQuarter))) : earliest;
        for (var at = known ? FirstPlace(evidence.Release, timeline) : earliest; at < latest; at = known ? NextPlace(at, timeline) : at.Plus(Step))
        {
            if (at >= due && Odds(evidence, at) >= _threshold) return at;
        }

        return latest;
    }

    /// <summary>Where a silence that began at <paramref name="release"/> first says something: just behind a division of the beat.</summary>
    public static HostTime FirstPlace(HostTime release, in Timeline timeline) => HostTime.Max(release.Plus(Least), Place(release.Plus(-Early), timeline));

    /// <summary>Where it says something next, after <paramref name="place"/>.</summary>
    public static HostTime NextPlace(HostTime place, in Timeline timeline) =>
        Place(place.Plus(timeline.Metre.Division.Ticks * timeline.Tempo.NanosecondsPerQuarter / Beats.PerQuarter / 2 - Behind), timeline);

    private static HostTime Place(HostTime from, in Timeline timeline) =>
        timeline.ToHost(timeline.BarOrigin + (timeline.ToBeats(from) - timeline.BarOrigin).Ceiling(timeline.Metre.Division)).Plus(Behind);
}
