using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// A tempo that is tapped: a tap is a felt beat, the first of a series a bar line. A series ends with a silence longer than the slowest tempo's beat, or with a tap far from where it was expected.
/// Allocates nothing after construction. [engine]
/// </summary>
public sealed class TapTempo
{
    // Of a long series the last taps count.
    private const int Most = 8;

    // A beat this much longer or shorter than those before begins another series.
    private const double Unlike = .35;

    private readonly HostTime[] _taps = new HostTime[Most];
    private int _count;

    /// <summary>
    /// A tap at <paramref name="at"/>, told at <paramref name="now"/>; true when there is a tempo: then <paramref name="tapped"/> goes on from <paramref name="now"/>, where <paramref name="present"/> has come to, with
    /// its bar lines where they were tapped.
    /// </summary>
    public bool Tap(HostTime at, HostTime now, in Timeline present, out Timeline tapped)
    {
        tapped = present;
        var beat = present.Metre.Beat.Quarters;
        if (_count > 0 && !Continues(at, beat)) _count = 0;
        _taps[_count++ % Most] = at;
        if (_count < 2) return false;
        var kept = Math.Min(_count, Most);
        var interval = at.SecondsSince(_taps[(_count - kept) % Most]) / (kept - 1);
        var tempo = Tempo.FromBpm(Math.Clamp(60 * beat / interval, Tempo.Slowest, Tempo.Fastest));
        var there = present.WithTempo(tempo, now);
        tapped = there with { BarOrigin = there.ToBeats(at) - present.Metre.Beat * (_count - 1) };
        return true;
    }

    private bool Continues(HostTime at, double beat)
    {
        var last = at.SecondsSince(_taps[(_count - 1) % Most]);
        if (last < 60 * beat / Tempo.Fastest || last > 60 * beat / Tempo.Slowest) return false;
        if (_count < 2) return true;
        var kept = Math.Min(_count, Most);
        var mean = _taps[(_count - 1) % Most].SecondsSince(_taps[(_count - kept) % Most]) / (kept - 1);
        return Math.Abs(last / mean - 1) <= Unlike;
    }
}
