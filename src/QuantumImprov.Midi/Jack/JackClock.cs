using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// The session's clock under JACK: the server's frame counter turned into nanoseconds. While no server is there it goes on by the
/// <see cref="TimeProvider"/>, and a returning server's frames continue from there: it never goes back.
/// </summary>
public sealed class JackClock : IHostClock
{
    private readonly TimeProvider _time;
    private Away _away;
    private Running? _running;
    private long _latest;
    private int _readers;

    internal JackClock(TimeProvider time)
    {
        _time = time;
        _away = new Away(default, time.GetTimestamp());
    }

    /// <summary>The present instant; monotonic, an estimate within a period of the frame that sounds. [any]</summary>
    public HostTime Now
    {
        get
        {
            // Whoever reads is counted, so that the client is not closed under the reading.
            Interlocked.Increment(ref _readers);
            var running = Volatile.Read(ref _running);
            var now = running is null ? Volatile.Read(ref _away).Read(_time) : running.Read();
            Interlocked.Decrement(ref _readers);
            return NotBack(now);
        }
    }

    /// <summary>The instant of the server's frame <paramref name="frame"/>, counted in 64 bits from the server's start, under the present server. [any]</summary>
    public HostTime ToHost(long frame) => Scale.ToHost(frame);

    /// <summary>The frame nearest to <paramref name="at"/> under the present server; the inverse of <see cref="ToHost"/>. [any]</summary>
    public long ToFrame(HostTime at) => Scale.ToFrame(at);

    /// <summary>What the server's own counter shows at <paramref name="frame"/>. [any]</summary>
    internal uint ToCounter(long frame) => Volatile.Read(ref _running)?.Tracker.ToCounter(frame) ?? (uint)frame;

    /// <summary>Whether the transport rolled when it was last read. [any]</summary>
    internal bool Rolls { get; private set; }

    /// <summary>What the server's transport says, and of which instant; false without a server. [engine]</summary>
    internal unsafe bool TryReadSong(out HostTime at, out SongPlace told)
    {
        (at, told) = (default, SongPlace.None);
        Interlocked.Increment(ref _readers);
        var running = Volatile.Read(ref _running);
        if (running is not null)
        {
            JackPosition position = default;
            var state = LibJack.TransportQuery(running.Client, &position);
            told = JackTransport.Read(state, position);
            Rolls = JackTransport.Rolls(state) ?? Rolls;
            var (frame, counter) = (running.Tracker.Frame, LibJack.TimeToFrames(running.Client, position.Microseconds));
            at = running.Scale.ToHost(frame + unchecked((int)(counter - running.Tracker.ToCounter(frame))));
        }

        Interlocked.Decrement(ref _readers);
        return running is not null;
    }

    internal FrameScale Scale => Volatile.Read(ref _running)?.Scale ?? new FrameScale(48000, 0, default);

    /// <summary>From now on time is told by <paramref name="client"/>'s frames as <paramref name="scale"/> reads them. [owner]</summary>
    internal void Follow(nint client, FrameTracker tracker, FrameScale scale) => Volatile.Write(ref _running, new Running(client, tracker, scale));

    /// <summary>From now on time is told without JACK; on return nobody reads from the former client any more. [owner]</summary>
    internal void Leave()
    {
        if (_running is null) return;
        Volatile.Write(ref _away, new Away(Now, _time.GetTimestamp()));
        Interlocked.Exchange(ref _running, null);
        var wait = default(SpinWait);
        while (Volatile.Read(ref _readers) != 0) wait.SpinOnce();
    }

    private HostTime NotBack(HostTime now)
    {
        var latest = Volatile.Read(ref _latest);
        while (now.Nanoseconds > latest)
        {
            var seen = Interlocked.CompareExchange(ref _latest, now.Nanoseconds, latest);
            if (seen == latest) return now;
            latest = seen;
        }

        return new HostTime(latest);
    }

    private static HostTime Later(HostTime at, long timestamp, TimeProvider time) => at.Plus(time.GetElapsedTime(timestamp).Ticks * 100);

    private sealed record Away(HostTime At, long Timestamp)
    {
        public HostTime Read(TimeProvider time) => Later(At, Timestamp, time);
    }

    private sealed unsafe record Running(nint Client, FrameTracker Tracker, FrameScale Scale)
    {
        public HostTime Read() => Tracker.Lost
            ? Later(Scale.ToHost(Tracker.Frame), Tracker.Timestamp, Tracker.Time)
            : Scale.ToHost(Tracker.Present(LibJack.FrameTime(Client), Tracker.Time.GetTimestamp()));
    }
}
