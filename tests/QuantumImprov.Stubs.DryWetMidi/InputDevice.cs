namespace Melanchall.DryWetMidi.Multimedia;

public sealed class InputDevice : MidiDevice
{
    private readonly MadeUpPort _port;

    internal InputDevice(MadeUpPort port) => _port = port;

    public event EventHandler<MidiEventReceivedEventArgs>? EventReceived;

    public override string Name => _port.Name;

    public bool RaiseMidiTimeCodeReceived { get; set; } = true;

    public bool IsListeningForEvents { get; private set; }

    public static int GetDevicesCount() => MadeUpSystem.Count();

    public static ICollection<InputDevice> GetAll() => [.. MadeUpSystem.All().Select(Given)];

    public void StartEventsListening()
    {
        MadeUpSystem.Open(_port);
        MadeUpSystem.Listen(_port, this);
        IsListeningForEvents = true;
    }

    public void StopEventsListening()
    {
        MadeUpSystem.Leave(_port, this);
        IsListeningForEvents = false;
    }

    public override void Dispose()
    {
        MadeUpSystem.Leave(_port, this);
        base.Dispose();
    }

    private static InputDevice Given(MadeUpPort port)
    {
        var device = new InputDevice(port);
        device.Give(port);
        return device;
    }

    internal void Raise(Core.MidiEvent midi) => EventReceived?.Invoke(this, new MidiEventReceivedEventArgs(midi));
}
