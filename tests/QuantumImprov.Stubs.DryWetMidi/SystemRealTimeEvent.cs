namespace Melanchall.DryWetMidi.Core;

public abstract class SystemRealTimeEvent : MidiEvent;
