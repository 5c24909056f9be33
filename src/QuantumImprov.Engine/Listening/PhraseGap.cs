using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// How long the performer must be silent, with no key held, for a phrase to be over when nothing else is asked: a number of beats, kept between .25 s and 1 s, while the tempo is known;
/// otherwise a fixed time. What <see cref="EndPrediction"/> waits for is measured by it.
/// </summary>
/// <param name="Beats">Felt beats of silence, .25 to 8; default 1.</param>
/// <param name="Seconds">Silence in seconds when no tempo is known, .1 to 5; default .7.</param>
public readonly record struct PhraseGap(double Beats, double Seconds)
{
    /// <summary>One beat, or .7 s.</summary>
    public static PhraseGap Default => new(1, .7);

    /// <summary>The silence in nanoseconds, on <paramref name="timeline"/> when it is <paramref name="known"/>.</summary>
    public long Nanoseconds(in Timeline timeline, bool known)
    {
        if (!known) return (long)(Seconds * 1e9);
        var beat = timeline.Metre.Beat.Quarters * timeline.Tempo.NanosecondsPerQuarter;
        return (long)Math.Clamp(Beats * beat, .25e9, 1e9);
    }
}
