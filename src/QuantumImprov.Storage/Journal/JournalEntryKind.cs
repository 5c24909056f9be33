namespace QuantumImprov.Storage.Journal;

/// <summary>What an entry tells.</summary>
internal enum JournalEntryKind : byte
{
    Performer,
    Partner,
    Timeline,
    Exchange,
    Song,
    Text,
    End,
}
