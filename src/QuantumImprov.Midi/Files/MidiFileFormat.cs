namespace QuantumImprov.Midi.Files;

/// <summary>How the tracks of a Standard MIDI File belong together; the numbers are those of the file's header.</summary>
public enum MidiFileFormat
{
    /// <summary>One track that holds everything.</summary>
    OneTrack = 0,

    /// <summary>Tracks that sound together.</summary>
    Together = 1,

    /// <summary>Tracks that are pieces of their own; this house plays them one after the other.</summary>
    OneAfterAnother = 2,
}
