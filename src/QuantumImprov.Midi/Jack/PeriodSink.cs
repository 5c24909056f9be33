using System.Runtime.CompilerServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Where the player's messages of one period go: into the MIDI output's buffer at their exact frame, and to the synth, whose block is rendered in pieces so
/// that each message takes effect at that same frame.
/// </summary>
internal sealed unsafe class PeriodSink : IMessageSink
{
    private readonly MidiOutput _output = new();
    private FrameScale _scale = new(48000, 0, default);
    private ISynth? _synth;
    private float* _left;
    private float* _right;
    private long _first;
    private int _frames;
    private int _offset;
    private int _rendered;

    /// <summary>The MIDI side. [player, its counts any]</summary>
    public MidiOutput Output => _output;

    /// <summary>Starts the period of <paramref name="frames"/> frames from <paramref name="first"/> on; without <paramref name="synth"/> it is silent. [player]</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Begin(FrameScale scale, ISynth? synth, void* midi, float* left, float* right, long first, int frames)
    {
        _scale = scale;
        _synth = synth;
        _left = left;
        _right = right;
        _first = first;
        _frames = frames;
        _offset = 0;
        _rendered = 0;
        _output.Begin(midi);
    }

    /// <inheritdoc/>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Emit(HostTime at, ShortMessage message)
    {
        Write(at, message);
        if (_synth is not { } synth) return;
        Render(synth, _offset);
        synth.Handle(message);
    }

    /// <summary>Out of the MIDI port only: the synth sits in the same callback and has lost nothing. [player]</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Repeat(HostTime at, ShortMessage message) => Write(at, message);

    /// <summary>Out of the MIDI port only, but for the choice of a sound, which is the synth's too. [player]</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Signal(HostTime at, ShortMessage message)
    {
        if (message.IsProgram) Emit(at, message);
        else Write(at, message);
    }

    /// <summary>Renders what is left of the period. [player]</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Finish()
    {
        if (_synth is { } synth) Render(synth, _frames);
        else Silence();
    }

    /// <summary>Fills what is left of the period with silence. [player]</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Silence()
    {
        new Span<float>(_left + _rendered, _frames - _rendered).Clear();
        new Span<float>(_right + _rendered, _frames - _rendered).Clear();
        _rendered = _frames;
    }

    [RealTime]
    private void Render(ISynth synth, int until)
    {
        if (until <= _rendered) return;
        synth.Render(new Span<float>(_left + _rendered, until - _rendered), new Span<float>(_right + _rendered, until - _rendered));
        _rendered = until;
    }

    // JACK refuses offsets that decrease; an instant in the last half frame of the period belongs to its last frame.
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Write(HostTime at, ShortMessage message)
    {
        _offset = (int)Math.Clamp(_scale.ToFrame(at) - _first, _offset, _frames - 1);
        _output.Write(_offset, message);
    }
}
