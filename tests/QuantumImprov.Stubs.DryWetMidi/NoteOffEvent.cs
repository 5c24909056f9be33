namespace Melanchall.DryWetMidi.Core;

public sealed class NoteOffEvent : NoteEvent;
