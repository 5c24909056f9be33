using Melanchall.DryWetMidi.Core;

namespace Melanchall.DryWetMidi.Multimedia;

public sealed class OutputDevice : MidiDevice
{
    private readonly MadeUpPort _port;
    private bool _disposed;

    internal OutputDevice(MadeUpPort port) => _port = port;

    public override string Name => _port.Name;

    public static ICollection<OutputDevice> GetAll() => [.. MadeUpSystem.All().Select(Given)];

    public void PrepareForEventsSending() => MadeUpSystem.Open(_port);

    public void SendEvent(MidiEvent midiEvent)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        MadeUpSystem.Send(_port, midiEvent);
    }

    public override void Dispose()
    {
        _disposed = true;
        base.Dispose();
    }

    private static OutputDevice Given(MadeUpPort port)
    {
        var device = new OutputDevice(port);
        device.Give(port);
        return device;
    }
}
