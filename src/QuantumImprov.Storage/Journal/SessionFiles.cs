namespace QuantumImprov.Storage.Journal;

/// <summary>The files of one recording.</summary>
/// <param name="Journal">The journal, DIR/NAME.journal; there from the first moment.</param>
public readonly record struct SessionFiles(string Journal)
{
    /// <summary>Endings of the journal, of the finished recording, and of a journal nothing could be read from.</summary>
    public const string JournalExtension = ".journal", MidiExtension = ".mid", UnreadableExtension = ".unreadable";

    /// <summary>The recording's name, such as 2026-01-31_20-15-07.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Journal);

    /// <summary>The finished recording, DIR/NAME.mid; there once somebody has written it.</summary>
    public string Midi => Path.ChangeExtension(Journal, MidiExtension);
}
