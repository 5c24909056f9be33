using QuantumImprov.Engine.Music;

namespace QuantumImprov.Plugin.Processing;

/// <summary>
/// Tells from what the host says at its blocks what really changed. A song that simply runs on changes nothing however often, and at whatever blocks, it is told of: so nothing that is decided hangs on the size of blocks. [audio]
/// </summary>
/// <param name="rate">Samples a second.</param>
internal sealed class SongFollower(double rate)
{
    // In quarters: more is another place; less than the second is the host's rounding.
    private const double Jump = .05, Slip = .002;

    private long _sample;
    private double _quarters = double.NaN;
    private double _tempoTold = double.NaN;

    /// <summary>Whether the song runs.</summary>
    internal bool IsPlaying { get; private set; }

    /// <summary>Whether the host ever told a tempo.</summary>
    internal bool KnowsTempo { get; private set; }

    /// <summary>The tempo told last; 120 before.</summary>
    internal Tempo Tempo { get; private set; }

    /// <summary>The metre told last; 4/4 before.</summary>
    internal Metre Metre { get; private set; }

    /// <summary>How far in its bar the sample told of last was; zero when the host does not say.</summary>
    internal Beats InBar { get; private set; }

    /// <summary>What changed at <paramref name="sample"/>.</summary>
    internal SongChange Hear(long sample, in HostTransport told)
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
        else if (runs && double.IsFinite(told.Quarters) && double.IsFinite(_quarters)) change |= Compare(sample, told.Quarters);
        IsPlaying = runs;
        if ((change & (SongChange.Started | SongChange.Jumped)) != 0) change |= SongChange.Beat;
        if (!double.IsFinite(told.Quarters)) return change;
        // Between changes the place is counted from the last one, so that rounding does not creep along with the host's.
        if (change != SongChange.None || double.IsNaN(_quarters) || !runs)
        {
            (_sample, _quarters) = (sample, told.Quarters);
            InBar = PlaceInBar(told);
        }

        return change;
    }

    private SongChange Compare(long sample, double quarters)
    {
        var expected = _quarters + (sample - _sample) / rate * 1e9 / Tempo.NanosecondsPerQuarter;
        var apart = Math.Abs(quarters - expected);
        return apart > Jump ? SongChange.Jumped : apart > Slip ? SongChange.Beat : SongChange.None;
    }

    private Beats PlaceInBar(in HostTransport told)
    {
        var bar = Metre.Bar.Quarters;
        var inBar = told.Quarters - told.BarStart;
        if (!(inBar >= -Slip && inBar <= bar + Slip)) inBar = told.Quarters - Math.Floor(told.Quarters / bar) * bar;
        return Beats.FromQuarters(Math.Clamp(inBar, 0, bar)).Modulo(Metre.Bar);
    }
}
