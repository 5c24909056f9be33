namespace QuantumImprov.Storage.Journal;

/// <summary>What of a journal could not be read. Immutable.</summary>
/// <param name="DamagedLines">Lines that do not match their checksum or hold what no session writes; they are left out.</param>
/// <param name="TornBytes">Bytes of a last line that was not finished when the session died.</param>
/// <param name="UnknownLines">Whole lines of a kind this version does not know.</param>
/// <param name="LostEntries">Entries the session itself counted as lost.</param>
/// <param name="MissingHeaderLines">Lines of the header that are not there; what they would have said is at its default.</param>
public sealed record JournalDamage(int DamagedLines, int TornBytes, int UnknownLines, long LostEntries, int MissingHeaderLines)
{
    /// <summary>Whether all that was played is there. A torn last line and an unknown one do not count against it.</summary>
    public bool IsWhole => DamagedLines == 0 && LostEntries == 0 && MissingHeaderLines == 0;
}
