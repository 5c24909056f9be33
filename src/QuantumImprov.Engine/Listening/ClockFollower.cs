using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// Follows a MIDI clock: 24 ticks a quarter, start, stop, continue and song position. Ticks jitter by milliseconds, so tempo and phase come from a straight line through the last ticks (least
/// squares), long while they fit it and short after a change of tempo. Missing ticks are counted in by their distance. Allocates nothing after construction.
/// [engine]
/// </summary>
public sealed class ClockFollower
{
    /// <summary>Ticks in a quarter note.</summary>
    public const int PerQuarter = 24;

    /// <summary>The most ticks a line is drawn through: eight quarters.</summary>
    public const int Window = 8 * PerQuarter;

    /// <summary>Silence after which the clock is taken for gone, in nanoseconds; the beat goes on at its last tempo.</summary>
    public const long Gone = 2_000_000_000;

    // A line through fewer says nothing; through fewer than a quarter's it does not say that there is a clock.
    private const int Fewest = 6, FewestOfAClock = PerQuarter;

    // How far ticks may lie from their line, in milliseconds (root mean square), and still be a clock's: three times what the worst cables do.
    private const double MostUneven = 5;

    // And still be steady: a little more than they do.
    private const double MostSteady = 2;

    // A clock loses ticks more seldom than this.
    private const int FewestBetweenGaps = 6;

    // The last ticks that are looked at for a change, how many must lie before them, and how far off the line, in milliseconds on average, they must be: over six standard errors at a jitter of 3 ms.
    private const int Recent = 12, Before = 48;
    private const double OffLine = 3.5;

    // Of the recent ticks each must be off by this, in milliseconds, to lie after the change.
    private const double SeenWhole = .5;

    // A silence of so many ticks has lost some, whatever the jitter; a shorter one tells only in time.
    private const double SurelyLost = 2.5;

    // Recent ticks as fast as those before, to this share, have lost some; else the tempo has changed.
    private const double SameTempo = .06;

    private readonly long[] _ticks = new long[Window];
    private readonly double[] _at = new double[Window];
    private int _count, _first;
    private long _tick;
    private HostTime _origin, _last = new(long.MinValue);
    private Beats _start;
    private bool _startWaits, _isClock;

    /// <summary>Whether ticks are coming, and are a clock's: as even as a bad one's, at a tempo that music has.</summary>
    public bool IsFollowing(HostTime now) => _isClock && now.Since(_last) < Gone;

    /// <summary>Whether it is followed, its ticks come evenly, and none has been missing for longer than a tick or two.</summary>
    public bool IsSteady(HostTime now) => IsFollowing(now) && Uneven <= MostSteady && now.Since(_last) * 1e-6 < SurelyLost * Line().Slope;

    /// <summary>How far the last ticks lie from an even beat, in milliseconds, root mean square; 0 before there are six.</summary>
    public double Uneven { get; private set; }

    /// <summary>Whether the clock's sequencer runs: after start or continue, until stop.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>The tempo; the default before it is known.</summary>
    public Tempo Tempo { get; private set; }

    /// <summary>Takes a message of the clock; true when it was one, whatever it said.</summary>
    public bool Hear(TimedMessage message)
    {
        switch (message.Message.Status)
        {
            case 0xF8:
                Tick(message.At);
                return true;
            case 0xFA:
                (_start, _startWaits, IsRunning) = (Beats.Zero, true, true);
                return true;
            case 0xFB:
                (_startWaits, IsRunning) = (true, true);
                return true;
            case 0xFC:
                IsRunning = false;
                return true;
            case 0xF2:
                // In sixteenths, seven bits a byte, the low ones first.
                _start = new Beats((message.Message.Data1 | message.Message.Data2 << 7) * (Beats.PerQuarter / 4));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The timeline the clock beats at <paramref name="now"/>, in <paramref name="metre"/>: its beats are the song's. Only while <see cref="IsFollowing"/>.</summary>
    public Timeline TimelineAt(HostTime now, Metre metre)
    {
        var (slope, offset) = Line();
        var ticks = (now.Since(_origin) * 1e-6 - offset) / slope;
        var beats = _start + Beats.FromQuarters(ticks / PerQuarter);
        return new Timeline(Tempo, metre, beats, now, Beats.Zero);
    }

    private void Tick(HostTime at)
    {
        var silence = at.Since(_last);
        if (_count == 0 || silence > Gone)
        {
            (_count, _first, _tick, _origin) = (0, 0, 0, at);
            Uneven = 0;
        }
        else
        {
            var ticks = _count >= Fewest ? silence * 1e-6 / Line().Slope : 1;
            _tick += ticks > SurelyLost ? (long)Math.Round(ticks) : 1;
        }

        // The first tick after start is the song's beginning.
        if (_startWaits)
        {
            _startWaits = false;
            Renumber(at);
        }

        _last = at;
        Add(_tick, at.Since(_origin) * 1e-6);
        if (_count < Fewest)
        {
            _isClock = false;
            return;
        }

        var (slope, offset) = Line();
        var bpm = 60_000 / (slope * PerQuarter);
        if (_count >= FewestOfAClock && bpm is not (>= Tempo.Slowest and <= Tempo.Fastest))
        {
            // No music is as fast as this. The line must not measure what comes next, or a real clock would seem to have lost most of its ticks.
            (_count, _first, _isClock) = (0, 0, false);
            Add(_tick, at.Since(_origin) * 1e-6);
            return;
        }

        Uneven = Unevenness(slope, offset);
        _isClock = bpm is >= Tempo.Slowest and <= Tempo.Fastest && (_isClock || _count >= FewestOfAClock) && Uneven <= MostUneven && Gaps() <= _count / FewestBetweenGaps;
        if (_isClock) Tempo = Tempo.FromBpm(bpm);
    }

    // Places where ticks are missing. Any ticks at all lie near those of a clock that is fast enough, if most of these may be lost.
    private int Gaps()
    {
        var gaps = 0;
        for (var i = 1; i < _count; i++) gaps += _ticks[(_first + i) % Window] - _ticks[(_first + i - 1) % Window] > 1 ? 1 : 0;
        return gaps;
    }

    // Milliseconds from the line, root mean square.
    private double Unevenness(double slope, double offset)
    {
        var sum = 0.0;
        for (var i = 0; i < _count; i++)
        {
            var apart = _at[(_first + i) % Window] - offset - slope * _ticks[(_first + i) % Window];
            sum += apart * apart;
        }

        return Math.Sqrt(sum / _count);
    }

    private void Renumber(HostTime at)
    {
        for (var i = 0; i < _count; i++) _ticks[(_first + i) % Window] -= _tick;
        _tick = 0;
        var moved = at.Since(_origin) * 1e-6;
        for (var i = 0; i < _count; i++) _at[(_first + i) % Window] -= moved;
        _origin = at;
    }

    private void Add(long tick, double at)
    {
        if (_count == Window) (_first, _count) = ((_first + 1) % Window, _count - 1);
        var slot = (_first + _count++) % Window;
        (_ticks[slot], _at[slot]) = (tick, at);
        if (_count >= Before + Recent) LookForChange();
    }

    private void LookForChange()
    {
        var (slope, offset) = Line(0, _count - Recent);
        var (off, least, most) = (0.0, double.MaxValue, double.MinValue);
        for (var i = _count - Recent; i < _count; i++)
        {
            var apart = _at[(_first + i) % Window] - offset - slope * _ticks[(_first + i) % Window];
            (off, least, most) = (off + apart / Recent, Math.Min(least, apart), Math.Max(most, apart));
        }

        // All of them lie after the change, or it is not seen whole.
        if (Math.Abs(off) <= OffLine || (least < SeenWhole && most > -SeenWhole)) return;
        var lost = (int)Math.Round(off / slope);
        if (lost > 0 && Math.Abs(off - lost * slope) <= OffLine && Math.Abs(Line(_count - Recent, _count).Slope / slope - 1) < SameTempo)
        {
            _tick += lost;
            for (var i = _count - Recent; i < _count; i++) _ticks[(_first + i) % Window] += lost;
            return;
        }

        // What lies before the change says nothing about the new tempo.
        (_first, _count) = ((_first + _count - Recent) % Window, Recent);
    }

    private (double Slope, double Offset) Line() => Line(0, _count);

    // Milliseconds a tick, and of tick 0, through the ticks kept from one up to but not including another.
    private (double Slope, double Offset) Line(int from, int until)
    {
        var n = until - from;
        double meanTick = 0, meanAt = 0, cross = 0, square = 0;
        for (var i = from; i < until; i++)
        {
            meanTick += _ticks[(_first + i) % Window];
            meanAt += _at[(_first + i) % Window];
        }

        (meanTick, meanAt) = (meanTick / n, meanAt / n);
        for (var i = from; i < until; i++)
        {
            var tick = _ticks[(_first + i) % Window] - meanTick;
            cross += tick * (_at[(_first + i) % Window] - meanAt);
            square += tick * tick;
        }

        var slope = cross / square;
        return (slope, meanAt - slope * meanTick);
    }
}
