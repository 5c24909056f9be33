namespace Melanchall.DryWetMidi.Core;

public abstract class SystemCommonEvent : MidiEvent;
