namespace Melanchall.DryWetMidi.Core;

public sealed class StopEvent : SystemRealTimeEvent;
