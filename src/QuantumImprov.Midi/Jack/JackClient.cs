using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack.Native;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// The product's one JACK client: MIDI ports <c>in</c> and <c>out</c>, audio ports <c>left</c> and <c>right</c>, one process callback. The callback runs the
/// player's turns, writes its messages at their exact frames, has the synth render, and puts what comes in into a ring with its exact frame as time. It is native
/// where the library for it is there, out of the collector's reach, with the synth <see cref="AudioLatency"/> behind; otherwise managed.
/// <para>
/// Threads: <b>owner</b> = whoever opened it, calls <see cref="TryReopen"/> about once a second and disposes of it; <b>engine</b> = the one reader of the
/// input. While the server is away nothing runs the player; a host that wants its notes elsewhere meanwhile calls <see cref="TryTurnWhileAway"/> from a
/// thread of its own. The player never has two threads in it.
/// </para>
/// </summary>
public sealed partial class JackClient : IDisposable
{
    private static readonly TimeSpan FirstPeriodDeadline = TimeSpan.FromSeconds(2), SilenceDeadline = TimeSpan.FromMilliseconds(300), StallDeadline = TimeSpan.FromSeconds(3);
    private readonly JackOptions _options;
    private readonly SpscRing<TimedMessage> _input;
    private readonly InputDecoder _decoder = new();
    private readonly PeriodSink _sink = new();
    private readonly PeriodCounts _counts = new();
    private readonly PlayerSeat _seat;
    private readonly WakeSemaphore _wake = new();
    private readonly Lock _gate = new();
    private GCHandle<JackClient> _toThis;
    private JackHandle? _handle;
    private PeriodPorts? _ports;
    private IPeriod? _period;
    private ISynth? _synth;
    private volatile bool _running;
    private volatile bool _disposed;
    private volatile int _bufferSize;
    private volatile int _sampleRate;
    private readonly TimeProvider _callbackTime;
    private long _lateAudio;
    private long _lostAt;
    private long _seenPeriods;
    private long _seenAt;

    private JackClient(JackOptions options)
    {
        _options = options;
        _input = new SpscRing<TimedMessage>(Math.Max(1024, options.InputCapacity));
        _seat = new PlayerSeat(options.Player);
        _memory = new ConnectionMemory(options.Time);
        IsNative = !options.Managed && NativeCallback.IsThere(out _);

        // C reads the monotonic clock itself; so does the system's provider.
        _callbackTime = IsNative ? TimeProvider.System : options.Time;
        Clock = new JackClock(options.Time);
        _toThis = new GCHandle<JackClient>(this);
    }

    /// <summary>The name the server gave, the one asked for unless that was taken. [any]</summary>
    public string ClientName { get; private set; } = "";

    /// <summary>The session's clock; goes on while the server is away. [any]</summary>
    public JackClock Clock { get; }

    /// <summary>Whether a server is there and the callback runs the player. [any]</summary>
    public bool IsRunning => _running;

    /// <summary>Frames a second of the present or last server. [any]</summary>
    public int SampleRate => _sampleRate;

    /// <summary>Frames a period of the present or last server. [any]</summary>
    public int BufferSize => _bufferSize;

    /// <summary>Whether the present or last server runs its clients with real-time priority; without it times are not exact under load. [any]</summary>
    public bool IsRealTime { get; private set; }

    /// <summary>Whether the callback is native; it stays so as long as the client is open. [any]</summary>
    public bool IsNative { get; }

    /// <summary>How many frames later than MIDI the synth sounds under the present server: 0 with the managed callback, else whole periods of at least 10 ms together. [any]</summary>
    public int AudioLatency => Volatile.Read(ref _period)?.AudioLatency ?? 0;

    /// <summary>What happened so far. [any]</summary>
    public JackStats Stats => new()
    {
        Periods = _counts.Periods,
        Xruns = _counts.Xruns,
        LastXrun = _counts.LastXrun,
        LateNotes = _options.Player.Late,
        DelayedWrites = _sink.Output.Delayed,
        LostWrites = _sink.Output.Lost,
        Written = _sink.Output.Written,
        LostInput = _input.Refused + _counts.LostInput,
        SkippedExclusives = _decoder.Exclusives,
        Malformed = _decoder.Malformed,
        MissedTurns = _counts.MissedTurns,
        Faults = _counts.Faults,
        AllocatedBytes = _counts.Allocated,
        LateAudio = Volatile.Read(ref _lateAudio) + (Volatile.Read(ref _period)?.LateAudio ?? 0),
        LongestPeriod = TimeSpan.FromSeconds((double)_counts.Longest / _callbackTime.TimestampFrequency),
    };

    /// <summary>
    /// Opens the client on a server that runs already; none is ever started. On failure <paramref name="reason"/> is one sentence: what was looked for, what
    /// to do. Takes well under a second without a server, at most about three with one that does not work. [owner]
    /// </summary>
    public static bool TryOpen(JackOptions options, [NotNullWhen(true)] out JackClient? client, out string reason)
    {
        client = null;
        if (!LibJack.TryLoad(out reason)) return false;
        WarmUp.Ensure();
        var candidate = new JackClient(options);
        var opened = false;
        try
        {
            opened = candidate.TryStart(out reason);
        }
        finally
        {
            if (!opened) candidate.Dispose();
        }

        client = opened ? candidate : null;
        return opened;
    }

    /// <summary>Waits until input has come, or somebody called <see cref="Wake"/>; false when neither happened within <paramref name="timeout"/>. [engine]</summary>
    public bool WaitForInput(TimeSpan timeout) => _wake.Wait(timeout);

    /// <summary>Ends the engine's wait, or lets its next one pass. Real-time safe. [any]</summary>
    [RealTime]
    public void Wake() => _wake.Post();

    /// <summary>Takes the next message that came in, its time the instant of its exact frame; false when there is none. [engine]</summary>
    public bool TryReadInput(out TimedMessage message) => _input.TryRead(out message);

    /// <summary>Where the song of JACK's transport is, and of which instant; false without a server. Says nothing while nobody counts bars there. [engine]</summary>
    public bool TryReadSong(out HostTime at, out SongPlace told) => Clock.TryReadSong(out at, out told);

    /// <summary>Whether the server's transport rolled when <see cref="TryReadSong"/> read it last; null without a server. [any]</summary>
    public bool? Rolls => _running ? Clock.Rolls : null;

    /// <summary>Lets the server's transport roll, or stops it, for every program that keeps with it; false without a server. [any but callbacks]</summary>
    public unsafe bool TryRoll(bool rolls)
    {
        lock (_gate)
        {
            if (!_running) return false;
            if (rolls) LibJack.TransportStart(_handle!.Native);
            else LibJack.TransportStop(_handle!.Native);
            return true;
        }
    }

    /// <summary>
    /// Runs the player from where it is up to <paramref name="until"/> into <paramref name="sink"/>, for as long as no server is there: from a thread of the
    /// host's own, which calls it every few milliseconds. False, with nothing done, when the callback runs the player. [player]
    /// </summary>
    [RealTime]
    public bool TryTurnWhileAway(HostTime until, IMessageSink sink) => !_running && _seat.TryTurn(_seat.Until, until, sink);

    /// <summary>
    /// Call about once a second. With a server there it connects what is still missing of the former connections, because the server or the other port had gone, and is true; after the server has gone, or
    /// has sent no period for three seconds, it tries to open the client anew, and is true when that worked: ports, synth and connections are back and
    /// <see cref="Clock"/> goes on. Cheap while nothing is amiss. [owner]
    /// </summary>
    public bool TryReopen()
    {
        lock (_gate)
        {
            if (_disposed) return false;
            if (_running && IsStalled(out var since)) Lose(since);
            if (_running)
            {
                Retune();
                Restore();
                return true;
            }

            if (_handle is not null) Stop();
            if (!TryStart(out _)) return false;
            _memory.Recall(_lostAt);
            _arrivals.Forget();
            _portsChanged = true;
            Restore();
            return true;
        }
    }

    /// <summary>Ends what sounds, then closes the client. The engine and the host's own player thread must have stopped using the player. [owner]</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            if (_running) EndWhatSounds();
            _disposed = true;
            Stop();
            _wake.Close();
            (_synth as IDisposable)?.Dispose();
            _toThis.Dispose();
        }
    }

    internal void HearXrun()
    {
        _counts.AddXrun(Clock.Now);
        _options.Player.RepeatEndings();
    }

    internal void HearBufferSize(int frames) => _bufferSize = frames;

    // Only PipeWire changes the rate of a running client. Time goes on from the last period's first frame; the synth follows on the owner's thread.
    internal void HearSampleRate(int rate)
    {
        if (_period is not { Scale: { } scale } period || rate == scale.Rate) return;
        var frame = period.Tracker.Frame;
        period.Tracker.Rate = rate;
        var changed = new FrameScale(rate, frame, scale.ToHost(frame));
        Clock.Follow(_handle!.Native, period.Tracker, changed);
        period.Scale = changed;
        _sampleRate = rate;
    }

    internal void HearShutdown() => Lose(_options.Time.GetTimestamp());

    // PipeWire's library does not always tell when its server has gone: the periods just stop coming.
    private bool IsStalled(out long since)
    {
        if (_counts.Periods != _seenPeriods) (_seenPeriods, _seenAt) = (_counts.Periods, _options.Time.GetTimestamp());
        since = _seenAt;
        return _options.Time.GetElapsedTime(since) > StallDeadline;
    }

    private void Lose(long at)
    {
        Volatile.Write(ref _lostAt, at);
        _period?.Tracker.Lose();
        _running = false;
        _options.Player.ReleaseKeys();
        _wake.Post();
    }

    private void EndWhatSounds()
    {
        _options.Player.Panic();
        var asked = _counts.Periods;
        var began = _options.Time.GetTimestamp();
        while (_running && _counts.Periods < asked + 3 && _options.Time.GetElapsedTime(began) < SilenceDeadline) Thread.Sleep(1);
    }
}
