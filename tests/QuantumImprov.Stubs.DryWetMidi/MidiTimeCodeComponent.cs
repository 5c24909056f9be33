namespace Melanchall.DryWetMidi.Core;

public enum MidiTimeCodeComponent : byte
{
    FramesLsb,
    FramesMsb,
    SecondsLsb,
    SecondsMsb,
    MinutesLsb,
    MinutesMsb,
    HoursLsb,
    HoursMsbAndTimeCodeType,
}
