namespace Melanchall.DryWetMidi.Multimedia;

public abstract class MidiDevice : IDisposable
{
    public abstract string Name { get; }

    public abstract void Dispose();
}
