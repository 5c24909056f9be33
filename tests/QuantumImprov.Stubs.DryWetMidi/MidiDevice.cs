namespace Melanchall.DryWetMidi.Multimedia;

public abstract class MidiDevice : IDisposable
{
    private MadeUpPort? _given;

    public abstract string Name { get; }

    public virtual void Dispose() => Interlocked.Exchange(ref _given, null)?.Count(-1);

    internal void Give(MadeUpPort port)
    {
        _given = port;
        port.Count(1);
    }
}
