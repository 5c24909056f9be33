using Melanchall.DryWetMidi.Core;

namespace Melanchall.DryWetMidi.Multimedia;

public sealed class MidiEventReceivedEventArgs(MidiEvent midiEvent) : EventArgs
{
    public MidiEvent Event { get; } = midiEvent;
}
