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

    /// <summary>The next felt beat after a phrase whose last key moved at <paramref name="activity"/> and whose end is known at <paramref name="now"/>.</summary>
    public static Entrance Soonest(HostTime activity, HostTime now, in Timeline timeline)
    {
        var start = timeline.NextBeat(timeline.ToBeats(now.Plus(-BeatGrace)));
        if (start <= timeline.ToBeats(activity)) start += timeline.Metre.Beat;
        return new Entrance(start, start);
    }

    /// <summary>
    /// After a phrase whose last key came up at <paramref name="release"/> and whose end is certain at <paramref name="now"/>: the first strong beat, or else the first felt beat, from that on which the last key came up, that leaves no more than
    /// <see cref="LongestSilence"/>; where neither does, as <see cref="After"/>.
    /// </summary>
    public static Entrance Downbeat(HostTime release, HostTime now, in Timeline timeline)
    {
        var (earliest, latest) = (timeline.ToBeats(now.Plus(-BeatGrace)), timeline.ToBeats(release) + LongestSilence);
        var (strong, next) = (timeline.NextStrongBeat(earliest), timeline.NextBeat(earliest));
        return strong <= latest ? new Entrance(strong, strong) : next <= latest ? new Entrance(next, next) : After(release, now, timeline);
    }

    /// <summary>
    /// After a phrase whose last key came up at <paramref name="release"/> and whose end is found at <paramref name="now"/>: the last felt beat that leaves no more than <see cref="LongestSilence"/>, because a performer who only drew breath
    /// has until then to go on. Where the next beat leaves more, that beat, its first note a division earlier or, when that has passed, half a division.
    /// </summary>
    public static Entrance After(HostTime release, HostTime now, in Timeline timeline)
    {
        var earliest = timeline.ToBeats(now.Plus(-BeatGrace));
        var latest = timeline.ToBeats(release) + LongestSilence;
        var (beat, division) = (timeline.Metre.Beat, timeline.Metre.Division);
        var start = timeline.NextBeat(earliest);
        while (start + beat <= latest) start += beat;
        // The beat on which the last key came up is over.
        if (start <= timeline.ToBeats(release)) start += beat;
        if (start <= latest) return new Entrance(start, start);
        var half = new Beats(division.Ticks / 2);
        return new Entrance(start, start - division >= earliest ? start - division : start - half >= earliest ? start - half : start);
    }
}
