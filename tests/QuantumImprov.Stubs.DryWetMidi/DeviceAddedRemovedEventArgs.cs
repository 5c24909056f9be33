namespace Melanchall.DryWetMidi.Multimedia;

public sealed class DeviceAddedRemovedEventArgs(MidiDevice device) : EventArgs
{
    public MidiDevice Device { get; } = device;
}
