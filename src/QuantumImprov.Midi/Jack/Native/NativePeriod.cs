using System.Runtime.InteropServices;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack.Native;

/// <summary>
/// The period in C: it works on the same memory as <see cref="Period"/>, and JACK's thread never enters managed code. The synth is managed and renders on a
/// thread of its own, a stated latency behind MIDI.
/// </summary>
internal sealed class NativePeriod : IPeriod
{
    private readonly byte[] _memory = GC.AllocateArray<byte>(NativeCallback.PeriodSize, pinned: true);
    private readonly Pinned<ScalesState> _scales = new();
    private readonly PeriodParts _parts;
    private readonly SynthThread _sound;
    private FrameScale? _scale;

    public NativePeriod(PeriodPorts ports, PeriodParts parts, nint client)
    {
        _parts = parts;
        _sound = new SynthThread(parts.Counts, client);
        _scales.Value.Current = -1;
        var memory = new PeriodMemory
        {
            Jack = LibJackMemory.Found,
            Client = ports.Client,
            In = ports.In,
            Out = ports.Out,
            Left = ports.Left,
            Right = ports.Right,
            Tracker = parts.Tracker.Address,
            Scales = _scales.Address,
            Counts = parts.Counts.Address,
            Decoder = parts.Decoder.Address,
            Output = parts.Sink.Output.Address,
            Seat = parts.Seat.Address,
            Audio = _sound.Address,
            SoundLeft = _sound.Left,
            SoundRight = _sound.Right,
            SoundFrames = SynthThread.Frames,
            Wake = parts.Wake.Address,
            Begun = parts.Begun.Address,
            Render = _sound.Wake.Address,
            Input = parts.Input.Memory,
            Waiting = parts.Sink.Output.Waiting,
            Feed = _sound.Feed,
            Player = parts.Player.Memory,
        };
        MemoryMarshal.Write(_memory, in memory);
    }

    /// <inheritdoc/>
    public FrameTracker Tracker => _parts.Tracker;

    /// <inheritdoc/>
    public int AudioLatency => _sound.Latency;

    /// <inheritdoc/>
    public long LateAudio => _sound.Late;

    /// <inheritdoc/>
    public FrameScale? Scale
    {
        get => Volatile.Read(ref _scale);
        set
        {
            Volatile.Write(ref _scale, value);
            ref var scales = ref _scales.Value;
            var next = (scales.Current + 1) % ScalesState.Count;
            if (value is not null) scales.At[next] = new ScaleState { Rate = value.Rate, OriginFrame = value.OriginFrame, Origin = value.Origin.Nanoseconds };
            Volatile.Write(ref scales.Current, value is null ? -1 : next);
        }
    }

    /// <inheritdoc/>
    public ISynth? Synth
    {
        get => _sound.Synth;
        set => _sound.Synth = value;
    }

    /// <inheritdoc/>
    public unsafe void Install(nint client, nint owner)
    {
        var memory = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        LibJack.SetProcessCallback(client, (delegate* unmanaged[Cdecl]<uint, nint, int>)NativeCallback.Process, memory);
        LibJack.SetXrunCallback(client, (delegate* unmanaged[Cdecl]<nint, int>)NativeCallback.Xrun, memory);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sound.Dispose();

        // libjack cancels its thread where it stands.
        _parts.Seat.Vacate();
    }
}
