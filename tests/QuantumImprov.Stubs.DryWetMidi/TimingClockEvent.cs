namespace Melanchall.DryWetMidi.Core;

public sealed class TimingClockEvent : SystemRealTimeEvent;
