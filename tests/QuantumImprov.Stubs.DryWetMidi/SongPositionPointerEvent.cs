namespace Melanchall.DryWetMidi.Core;

public sealed class SongPositionPointerEvent : SystemCommonEvent
{
    public ushort PointerValue { get; set; }
}
