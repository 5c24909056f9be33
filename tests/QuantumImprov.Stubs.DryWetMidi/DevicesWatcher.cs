namespace Melanchall.DryWetMidi.Multimedia;

public sealed class DevicesWatcher
{
    private DevicesWatcher()
    {
    }

    public event EventHandler<DeviceAddedRemovedEventArgs>? DeviceAdded;

    public event EventHandler<DeviceAddedRemovedEventArgs>? DeviceRemoved;

    public static DevicesWatcher Instance { get; } = new();

    internal void Tell(MadeUpPort port, bool added) => (added ? DeviceAdded : DeviceRemoved)?.Invoke(this, new DeviceAddedRemovedEventArgs(new InputDevice(port)));
}
