using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Pacing;

/// <summary>
/// Runs a player where no sound card's callback does: a thread of its own, raised above everything ordinary, asks it for the next two milliseconds every millisecond and
/// sends each message at its own instant. What is asked for that early is never late for the wake-up that fetches it.
/// </summary>
public sealed class PacedPlayer : IDisposable
{
    /// <summary>How far ahead of the clock the player is asked, how often, and how long before an instant the thread stays awake for it, all in nanoseconds.</summary>
    public const long Ahead = 2_000_000, Period = 1_000_000, Awake = 80_000;

    private readonly Player _player;
    private readonly IHostClock _clock;
    private readonly IMessageSink _sink;
    private readonly ITurnedSink? _turned;
    private readonly DueMessages _due;
    private readonly Thread? _thread;
    private HostTime _played;
    private volatile bool _stop;
    private long _stalls;
    private long _sent;
    private bool _raised;

    /// <summary>A player that is turned by hand, for tests.</summary>
    internal PacedPlayer(Player player, IHostClock clock, IMessageSink sink, IMessageSink? early)
    {
        (_player, _clock, _sink, _turned, _due) = (player, clock, sink, sink as ITurnedSink, new DueMessages(early));
        _played = clock.Now;
    }

    /// <summary>Starts the thread.</summary>
    /// <param name="player">Whose notes are sent; nothing else may turn it.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="sink">Gets each message at its instant, on the thread.</param>
    /// <param name="early">Gets each message up to <see cref="Ahead"/> before its instant; null for nobody.</param>
    /// <param name="alarm">Makes what wakes the thread; the system's own is <see cref="SystemAlarm.Create"/>.</param>
    public PacedPlayer(Player player, IHostClock clock, IMessageSink sink, IMessageSink? early, Func<IAlarm> alarm)
        : this(player, clock, sink, early)
    {
        var begun = new ManualResetEventSlim();
        _thread = new Thread(() => Run(alarm, begun)) { Name = "player", IsBackground = true, Priority = ThreadPriority.Highest };
        _thread.Start();
        begun.Wait();
    }

    /// <summary>Whether the system lets nothing ordinary come before the thread. [any]</summary>
    public bool IsRaised => _raised;

    /// <summary>Messages sent. [any]</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>How often the thread came more than <see cref="Ahead"/> after it wanted to: the machine stood still for it, and what fell due meanwhile is late. [any]</summary>
    public long Stalls => Volatile.Read(ref _stalls);

    /// <summary>Ends the thread; what it still had goes out at once.</summary>
    public void Dispose()
    {
        if (_thread is null || _stop) return;
        _stop = true;
        _thread.Join();
    }

    /// <summary>Does what is due at <paramref name="now"/>; returns when to come again. [player]</summary>
    [RealTime]
    internal HostTime Turn(HostTime now)
    {
        var until = now.Plus(Ahead);
        if (until > _played)
        {
            _player.Turn(_played, until, _due);
            _played = until;
        }

        _turned?.Turn();
        while (_due.TryTake(now, out var message)) Send(message);
        return HostTime.Min(_due.Next, now.Plus(Period));
    }

    [RealTime]
    private void Send(TimedMessage message)
    {
        _sink.Emit(message.At, message.Message);
        Volatile.Write(ref _sent, _sent + 1);
    }

    private void Run(Func<IAlarm> make, ManualResetEventSlim begun)
    {
        using var alarm = make();
        _raised = alarm.TryRaise();
        begun.Set();
        while (!_stop)
        {
            var next = Turn(_clock.Now);
            // Staying awake pays only where nobody takes the processor away meanwhile.
            alarm.Sleep(next.Since(_clock.Now) - (_raised ? Awake : 0));
            if (_clock.Now.Since(next) > Ahead) Volatile.Write(ref _stalls, _stalls + 1);
            while (_raised && !_stop && _clock.Now < next) Thread.SpinWait(10);
        }

        while (_due.TryTake(HostTime.Never, out var message)) Send(message);
    }
}
