using Melanchall.DryWetMidi.Common;

namespace Melanchall.DryWetMidi.Core;

public abstract class ChannelEvent : MidiEvent
{
    public FourBitNumber Channel { get; set; }
}
