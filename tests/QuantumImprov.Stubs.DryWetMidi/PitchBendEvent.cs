namespace Melanchall.DryWetMidi.Core;

public sealed class PitchBendEvent : ChannelEvent
{
    public ushort PitchValue { get; set; }
}
