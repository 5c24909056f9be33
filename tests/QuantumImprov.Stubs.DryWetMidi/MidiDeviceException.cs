namespace Melanchall.DryWetMidi.Multimedia;

public sealed class MidiDeviceException(string message) : Exception(message);
