namespace Melanchall.DryWetMidi.Core;

public sealed class NormalSysExEvent(byte[] data) : MidiEvent
{
    public byte[] Data { get; set; } = data;
}
