using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Tests.Jack;

/// <summary>Sounds as a constant level while a key is down, so that a recording shows the very frame of each message.</summary>
internal sealed class EdgeSynth(int rate) : ISynth, IDisposable
{
    private int _down;

    public int SampleRate { get; } = rate;

    /// <summary>Keys that are down; below 0 when more were let go than pressed.</summary>
    public int Down => _down;

    public int Controls { get; private set; }

    public bool Disposed { get; private set; }

    public bool Throws { get; set; }

    public bool Allocates { get; set; }

    public object? Last { get; private set; }

    public void Handle(ShortMessage message)
    {
        if (message.IsNoteOn) _down++;
        else if (message.IsNoteOff) _down--;
        else if (message.Kind == 0xB0) Controls++;
        if (Throws) throw new InvalidOperationException("The synth broke.");
        if (Allocates) Last = new byte[1000];
    }

    public void Render(Span<float> left, Span<float> right)
    {
        left.Fill(_down * 0.25f);
        right.Fill(_down * -0.25f);
    }

    public void Dispose() => Disposed = true;
}
