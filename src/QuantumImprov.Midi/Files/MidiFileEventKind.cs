namespace QuantumImprov.Midi.Files;

/// <summary>What an event of a Standard MIDI File carries.</summary>
public enum MidiFileEventKind
{
    /// <summary>A channel message, status 0x80 to 0xEF.</summary>
    Channel,

    /// <summary>A meta event: a type and data that no instrument sees.</summary>
    Meta,

    /// <summary>System exclusive data, begun by F0.</summary>
    SystemExclusive,

    /// <summary>Bytes to send as they are, begun by F7: the rest of a divided system exclusive message, or any other message.</summary>
    Escape,
}
