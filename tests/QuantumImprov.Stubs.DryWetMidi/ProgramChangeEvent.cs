using Melanchall.DryWetMidi.Common;

namespace Melanchall.DryWetMidi.Core;

public sealed class ProgramChangeEvent : ChannelEvent
{
    public SevenBitNumber ProgramNumber { get; set; }
}
