using Melanchall.DryWetMidi.Common;

namespace Melanchall.DryWetMidi.Core;

public sealed class MidiTimeCodeEvent : SystemCommonEvent
{
    public MidiTimeCodeComponent Component { get; set; }

    public FourBitNumber ComponentValue { get; set; }
}
