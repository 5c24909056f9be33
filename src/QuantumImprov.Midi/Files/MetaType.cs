namespace QuantumImprov.Midi.Files;

/// <summary>The types of meta events this house speaks of; all others pass through unread.</summary>
public static class MetaType
{
    /// <summary>Any text.</summary>
    public const byte Text = 0x01;

    /// <summary>The name of the track, or of the piece when it stands in the first track.</summary>
    public const byte TrackName = 0x03;

    /// <summary>The end of the track; held as <see cref="MidiFileTrack.End"/>, never as an event.</summary>
    public const byte EndOfTrack = 0x2F;

    /// <summary>Microseconds a quarter note, in three bytes.</summary>
    public const byte SetTempo = 0x51;

    /// <summary>Numerator, power of two of the denominator, MIDI clocks a click, 32nds a quarter.</summary>
    public const byte TimeSignature = 0x58;

    /// <summary>A key signature: sharps (negative: flats), then 0 for major or 1 for minor.</summary>
    public const byte KeySignature = 0x59;
}
