namespace QuantumImprov.Storage.Journal;

/// <summary>How the journal fares. Immutable.</summary>
/// <param name="IsWriting">Whether the last attempt reached the disk; when false the performance goes on and the journal tries again every second.</param>
/// <param name="Sentence">What is or was wrong, in one sentence; null while nothing ever was.</param>
/// <param name="Written">Entries that are on disk.</param>
/// <param name="Waiting">Entries in memory that are not on disk yet.</param>
/// <param name="Lost">Entries that found no room in memory while the disk did not take them, or still waited when the journal was closed.</param>
public sealed record JournalStatus(bool IsWriting, string? Sentence, long Written, long Waiting, long Lost)
{
    /// <summary>Why the disk does not take it, as the middle of a sentence; null while it does.</summary>
    public string? Reason { get; init; }
}
