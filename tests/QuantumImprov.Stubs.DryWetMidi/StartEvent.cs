namespace Melanchall.DryWetMidi.Core;

public sealed class StartEvent : SystemRealTimeEvent;
