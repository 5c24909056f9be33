using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// What JACK's real-time thread runs once a period: input events into the ring, the player's turn into the outputs, the engine woken. A collection anywhere in
/// the process stops it; where the native library is there, its twin runs instead.
/// </summary>
internal sealed unsafe class Period(PeriodPorts ports, PeriodParts parts) : IPeriod
{
    /// <summary>Messages of one period that the player hears; of more, keys are let go.</summary>
    public const int HeardCapacity = 1024;

    private readonly PeriodPorts _ports = ports;
    private readonly FrameTracker _tracker = parts.Tracker;
    private readonly InputDecoder _decoder = parts.Decoder;
    private readonly SpscRing<TimedMessage> _input = parts.Input;
    private readonly Player _player = parts.Player;
    private readonly PeriodSink _sink = parts.Sink;
    private readonly PlayerSeat _seat = parts.Seat;
    private readonly PeriodCounts _counts = parts.Counts;
    private readonly WakeSemaphore _wake = parts.Wake;
    private readonly WakeSemaphore _begun = parts.Begun;
    private readonly TimeProvider _time = parts.Time;
    private readonly FrameScale _unset = new(48000, 0, default);
    private readonly TimedMessage[] _heard = new TimedMessage[HeardCapacity];
    private int _heardCount;
    private FrameScale? _scale;
    private ISynth? _synth;
    private GCHandle<Period> _toThis;

    /// <summary>How frames are read; while null the period is silent. [owner writes]</summary>
    public FrameScale? Scale
    {
        [RealTime]
        get => Volatile.Read(ref _scale);
        set => Volatile.Write(ref _scale, value);
    }

    /// <summary>What sounds; it does so only at its own sample rate. [owner writes]</summary>
    public ISynth? Synth
    {
        [RealTime]
        get => Volatile.Read(ref _synth);
        set => Volatile.Write(ref _synth, value);
    }

    /// <summary>The follower of this opening's frames.</summary>
    public FrameTracker Tracker => _tracker;

    /// <inheritdoc/>
    public int AudioLatency => 0;

    /// <inheritdoc/>
    public long LateAudio => 0;

    /// <inheritdoc/>
    public void Install(nint client, nint owner)
    {
        _toThis = new GCHandle<Period>(this);
        JackCallbacks.Install(client, _toThis, owner);
    }

    /// <inheritdoc/>
    public void Dispose() => _toThis.Dispose();

    /// <summary>One period of <paramref name="frames"/> frames. Nothing it meets leaves it. [player]</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(uint frames)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = _time.GetTimestamp();
        var first = _tracker.Advance(LibJack.LastFrameTime(_ports.Client), frames, began);
        var midi = LibJack.PortGetBuffer(_ports.Out, frames);
        var left = (float*)LibJack.PortGetBuffer(_ports.Left, frames);
        var right = (float*)LibJack.PortGetBuffer(_ports.Right, frames);
        if (midi is null || left is null || right is null) return;
        LibJack.MidiClearBuffer(midi);

        var scale = Scale;
        var synth = Synth;
        if (scale is null || first < scale.OriginFrame || (synth is not null && synth.SampleRate != scale.Rate)) synth = null;
        _sink.Begin(scale ?? _unset, synth, midi, left, right, first, (int)frames);
        try
        {
            if (scale is not null && first >= scale.OriginFrame) Play(scale, first, frames);
            _sink.Finish();
        }
        catch (Exception)
        {
            _sink.Silence();
            _counts.AddFault();
        }

        _counts.AddPeriod(_time.GetTimestamp() - began, GC.GetAllocatedBytesForCurrentThread() - allocated);
        if (scale is null) _begun.Post();
    }

    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Play(FrameScale scale, long first, uint frames)
    {
        var heard = Listen(scale, first, frames);
        if (!_seat.TryTurn(scale.ToHost(first), scale.ToHost(first + frames), _sink, new ReadOnlySpan<TimedMessage>(_heard, 0, _heardCount))) _counts.AddMissedTurn();
        if (heard) _wake.Post();
    }

    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Listen(FrameScale scale, long first, uint frames)
    {
        _heardCount = 0;
        var buffer = LibJack.PortGetBuffer(_ports.In, frames);
        if (buffer is null) return false;
        var heard = false;
        var count = LibJack.MidiGetEventCount(buffer);
        LibJack.MidiEvent midi;
        for (var i = 0u; i < count; i++)
        {
            if (LibJack.MidiEventGet(&midi, buffer, i) != 0) continue;
            if (!_decoder.TryDecode(new ReadOnlySpan<byte>(midi.Data, (int)Math.Min(midi.Size, int.MaxValue)), out var message)) continue;
            var came = new TimedMessage(scale.ToHost(first + Math.Min(midi.Time, frames - 1)), message);
            _input.TryWrite(came);
            heard = true;
            if (message.Status >= 0xF0) continue;
            // Bends and pressure come in floods: they never take the room of keys.
            if (_heardCount < (message.Status < 0xC0 ? HeardCapacity : HeardCapacity / 2)) _heard[_heardCount++] = came;
            else if (message.Status < 0xC0) _player.ReleaseKeys();
        }

        var lost = LibJack.MidiGetLostEventCount(buffer);
        if (lost > 0) _counts.AddLostInput(lost);
        return heard;
    }
}
