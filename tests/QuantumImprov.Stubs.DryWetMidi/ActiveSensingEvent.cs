namespace Melanchall.DryWetMidi.Core;

public sealed class ActiveSensingEvent : SystemRealTimeEvent;
