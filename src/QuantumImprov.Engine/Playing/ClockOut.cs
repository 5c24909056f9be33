using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Playing;

/// <summary>
/// Sends a MIDI clock with the session's beat: 24 ticks a quarter, start on a bar line and again where bar lines move, stop at the end. Ticks are handed to the player ahead of their instant like notes, so that they
/// are as exact; a change of tempo counts from the first tick that was not handed yet. Allocates nothing. [engine]
/// </summary>
/// <param name="player">Sends them.</param>
public sealed class ClockOut(Player player)
{
    /// <summary>How long before its instant a tick goes to the player, in nanoseconds: longer than any pause of this process, short enough to follow a tempo that is turned.</summary>
    public const long HandOverAhead = 80_000_000;

    private const int PerQuarter = 24;
    private static readonly ShortMessage Tick = new(0xF8, 0, 0), Start = new(0xFA, 0, 0), Stop = new(0xFC, 0, 0);
    private static readonly Beats Step = new(Beats.PerQuarter / PerQuarter);

    private Beats? _next;
    private Beats _started;
    private HostTime _last = new(long.MinValue);
    private bool _runs, _ended;

    /// <summary>When <see cref="Turn"/> is next needed on <paramref name="timeline"/>.</summary>
    public HostTime Due(in Timeline timeline) => _ended ? HostTime.Never : _next is { } next ? timeline.ToHost(next).Plus(-HandOverAhead) : new HostTime(long.MinValue);

    /// <summary>Hands over every tick that is close enough at <paramref name="now"/>.</summary>
    public void Turn(HostTime now, in Timeline timeline)
    {
        if (_ended) return;
        var until = timeline.ToBeats(now.Plus(HandOverAhead));
        // After a jump of the beat the ticks go on from where it is; behind it they would come all at once.
        var first = timeline.BarOrigin + (timeline.ToBeats(now) - timeline.BarOrigin).Ceiling(Step);
        var next = _next is { } planned && planned >= first && planned <= first + Beats.Quarter && (planned - timeline.BarOrigin).Modulo(Step) == Beats.Zero ? planned : first;
        for (; next <= until; next += Step)
        {
            var at = HostTime.Max(timeline.ToHost(next), _last);
            if (_runs && (next - _started).Modulo(timeline.Metre.Bar) != timeline.InBar(next)) Send(at, Stop, runs: false);
            if (!_runs && timeline.InBar(next) == Beats.Zero)
            {
                Send(at, Start, runs: true);
                _started = next;
            }

            Send(at, Tick, _runs);
        }

        _next = next;
    }

    /// <summary>The music is over at <paramref name="now"/>: no tick comes any more.</summary>
    public void End(HostTime now)
    {
        if (_ended) return;
        _ended = true;
        Send(HostTime.Max(now, _last), Stop, runs: false);
    }

    private void Send(HostTime at, ShortMessage message, bool runs)
    {
        (_last, _runs) = (at, runs);
        player.TrySignal(new TimedMessage(at, message));
    }
}
