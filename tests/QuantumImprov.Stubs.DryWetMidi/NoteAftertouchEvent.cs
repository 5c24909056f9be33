using Melanchall.DryWetMidi.Common;

namespace Melanchall.DryWetMidi.Core;

public sealed class NoteAftertouchEvent : ChannelEvent
{
    public SevenBitNumber NoteNumber { get; set; }

    public SevenBitNumber AftertouchValue { get; set; }
}
