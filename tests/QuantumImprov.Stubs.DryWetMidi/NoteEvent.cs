using Melanchall.DryWetMidi.Common;

namespace Melanchall.DryWetMidi.Core;

public abstract class NoteEvent : ChannelEvent
{
    public SevenBitNumber NoteNumber { get; set; }

    public SevenBitNumber Velocity { get; set; }
}
