using Melanchall.DryWetMidi.Common;

namespace Melanchall.DryWetMidi.Core;

public sealed class ControlChangeEvent : ChannelEvent
{
    public SevenBitNumber ControlNumber { get; set; }

    public SevenBitNumber ControlValue { get; set; }
}
