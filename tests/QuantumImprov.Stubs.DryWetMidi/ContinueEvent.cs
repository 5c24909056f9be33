namespace Melanchall.DryWetMidi.Core;

public sealed class ContinueEvent : SystemRealTimeEvent;
