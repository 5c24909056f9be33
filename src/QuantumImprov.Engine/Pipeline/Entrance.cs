using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>Where an answer comes in.</summary>
/// <param name="Start">The felt beat its bars are counted from.</param>
/// <param name="First">Where its first note enters: there, or a division of the beat earlier, held over the beat.</param>
public readonly record struct Entrance(Beats Start, Beats First)
{
    /// <summary>A beat that passed this little before a phrase end was found still counts as the next one, in nanoseconds.</summary>
    public const long BeatGrace = 40_000_000;

    /// <summary>The longest silence between call and answer, where there is a choice: a quarter.</summary>
    public static Beats LongestSilence => Beats.Quarter;

    /// <summary>
    /// After a phrase whose last key came up at <paramref name="release"/> and whose end is found at <paramref name="now"/>: the strongest beat that leaves no more than <see cref="LongestSilence"/>, of equals the first; where
    /// the next beat leaves more, that beat, its first note a division earlier when there is time.
    /// </summary>
    public static Entrance After(HostTime release, HostTime now, in Timeline timeline)
    {
        var earliest = timeline.ToBeats(now.Plus(-BeatGrace));
        var latest = timeline.ToBeats(release) + LongestSilence;
        var (beat, division) = (timeline.Metre.Beat, timeline.Metre.Division);
        var start = timeline.NextBeat(earliest);
        for (var later = start + beat; later <= latest; later += beat)
        {
            if (timeline.Strength(later) > timeline.Strength(start)) start = later;
        }

        return new Entrance(start, start > latest && start - division >= earliest ? start - division : start);
    }
}
