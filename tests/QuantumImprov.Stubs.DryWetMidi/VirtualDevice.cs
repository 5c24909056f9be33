namespace Melanchall.DryWetMidi.Multimedia;

public sealed class VirtualDevice : MidiDevice
{
    private readonly MadeUpPort _port;

    private VirtualDevice(MadeUpPort port)
    {
        _port = port;
        (InputDevice, OutputDevice) = (new InputDevice(port), new OutputDevice(port));
    }

    public override string Name => _port.Name;

    public InputDevice InputDevice { get; }

    public OutputDevice OutputDevice { get; }

    public static VirtualDevice Create(string name) => new(MadeUpSystem.Plug(name));

    public override void Dispose()
    {
        InputDevice.Dispose();
        OutputDevice.Dispose();
        MadeUpSystem.Unplug(_port);
        base.Dispose();
    }
}
