namespace Melanchall.DryWetMidi.Core;

public sealed class NoteOnEvent : NoteEvent;
