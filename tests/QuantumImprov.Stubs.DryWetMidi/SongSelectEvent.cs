using Melanchall.DryWetMidi.Common;

namespace Melanchall.DryWetMidi.Core;

public sealed class SongSelectEvent : SystemCommonEvent
{
    public SevenBitNumber Number { get; set; }
}
