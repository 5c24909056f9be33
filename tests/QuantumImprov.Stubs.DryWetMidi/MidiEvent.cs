namespace Melanchall.DryWetMidi.Core;

public abstract class MidiEvent
{
    public MidiEvent Clone() => (MidiEvent)MemberwiseClone();
}
