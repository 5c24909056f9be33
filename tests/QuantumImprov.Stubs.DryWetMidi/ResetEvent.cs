namespace Melanchall.DryWetMidi.Core;

public sealed class ResetEvent : SystemRealTimeEvent;
