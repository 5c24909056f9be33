using Melanchall.DryWetMidi.Common;

namespace Melanchall.DryWetMidi.Core;

public sealed class ChannelAftertouchEvent : ChannelEvent
{
    public SevenBitNumber AftertouchValue { get; set; }
}
