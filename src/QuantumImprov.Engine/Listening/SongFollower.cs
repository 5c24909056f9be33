using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// Tells from what the host says what really changed. A song that simply runs on changes nothing however often it is told of. Allocates nothing. [one thread]
/// </summary>
/// <param name="rate">Samples a second.</param>
public sealed class SongFollower(double rate)
{
    // In seconds, or quarters where the host tells none: more is another place. In quarters: less is the host's rounding.
    private const double Jump = .02, QuartersJump = .05, Slip = .002;

    private static readonly Beats MostSlip = new(Beats.PerQuarter / 20);

    private long _sample;
    private double _quarters = double.NaN, _seconds = double.NaN;
    private double _tempoTold = double.NaN;

    /// <summary>Whether the song runs.</summary>
    public bool IsPlaying { get; private set; }

    /// <summary>Whether the host ever told a tempo.</summary>
    public bool KnowsTempo { get; private set; }

    /// <summary>The tempo told last; 120 before.</summary>
    public Tempo Tempo { get; private set; }

    /// <summary>The metre told last; 4/4 before.</summary>
    public Metre Metre { get; private set; }

    /// <summary>How far in its bar the sample told of last was; zero when the host does not say.</summary>
    public Beats InBar { get; private set; }

    /// <summary>
    /// How <paramref name="present"/> goes on from <paramref name="at"/> on beside a song that is <paramref name="inBar"/> behind its bar line then; null: only tempo and metre are its own. Where the song only slipped, beats are put right, and
    /// what is planned goes with them; where it is elsewhere, bars are counted anew.
    /// </summary>
    public static Timeline Beside(in Timeline present, HostTime at, Tempo tempo, Metre metre, Beats? inBar)
    {
        var timeline = present.WithTempo(tempo, at);
        if (inBar is { } place)
        {
            var apart = (timeline.InBar(timeline.BeatOrigin) - place).Modulo(timeline.Metre.Bar);
            if (apart > timeline.Metre.Bar - MostSlip) apart -= timeline.Metre.Bar;
            var slipped = metre == timeline.Metre && apart < MostSlip;
            timeline = slipped ? timeline with { BeatOrigin = timeline.BeatOrigin - apart } : timeline with { BarOrigin = timeline.BeatOrigin - place };
        }

        return timeline with { Metre = metre };
    }

    /// <summary>What is told next counts as new: a song that runs then has begun to.</summary>
    public void Forget() => (IsPlaying, _quarters) = (false, double.NaN);

    /// <summary>What changed at <paramref name="sample"/>.</summary>
    public SongChange Hear(long sample, in SongPlace told)
    {
        var change = SongChange.None;
        if (told.Tempo is > 0 and < 10_000 && told.Tempo != _tempoTold)
        {
            _tempoTold = told.Tempo;
            Tempo = Tempo.FromBpm(Math.Clamp(told.Tempo, Tempo.Slowest, Tempo.Fastest));
            KnowsTempo = true;
            change |= SongChange.Beat;
        }

        if (Metre.IsAllowed(told.Numerator, told.Denominator) && Metre.Of(told.Numerator, told.Denominator) is var metre && metre != Metre)
        {
            Metre = metre;
            change |= SongChange.Beat;
        }

        var runs = told.IsPlaying ?? (!double.IsNaN(told.Quarters) && IsPlaying);
        if (runs != IsPlaying) change |= runs ? SongChange.Started : SongChange.Stopped;
        else if (runs) change |= Compare(sample, told);
        IsPlaying = runs;
        if ((change & (SongChange.Started | SongChange.Jumped)) != 0) change |= SongChange.Beat;
        // Between changes the place is counted from the last one, so that rounding does not creep along with the host's.
        if (change != SongChange.None || !runs || !double.IsFinite(_quarters))
        {
            (_sample, _quarters, _seconds) = (sample, told.Quarters, told.Seconds);
            InBar = PlaceInBar(told);
        }

        return change;
    }

    // Comparisons with what is not told are false.
    private SongChange Compare(long sample, in SongPlace told)
    {
        var passed = (sample - _sample) / rate;
        var apart = Math.Abs(told.Quarters - _quarters - passed * 1e9 / Tempo.NanosecondsPerQuarter);
        var late = Math.Abs(told.Seconds - _seconds - passed);
        var jumped = double.IsNaN(late) ? apart > QuartersJump : late > Jump;
        return jumped ? SongChange.Jumped : apart > Slip ? SongChange.Beat : SongChange.None;
    }

    private Beats PlaceInBar(in SongPlace told)
    {
        var bar = Metre.Bar.Quarters;
        if (!double.IsFinite(told.Quarters)) return Beats.Zero;
        var inBar = told.Quarters - told.BarStart;
        if (!(inBar >= -Slip && inBar <= bar + Slip)) inBar = told.Quarters - Math.Floor(told.Quarters / bar) * bar;
        return Beats.FromQuarters(Math.Clamp(inBar, 0, bar)).Modulo(Metre.Bar);
    }
}
