namespace QuantumImprov.Storage.Journal;

/// <summary>What came of reading a journal.</summary>
public abstract record JournalReading
{
    private JournalReading()
    {
    }

    /// <summary>Something was read; <see cref="SessionRecord.Damage"/> tells whether it is all.</summary>
    /// <param name="Session">The session.</param>
    public sealed record Recovered(SessionRecord Session) : JournalReading;

    /// <summary>Nothing could be read.</summary>
    /// <param name="Sentence">What was found and what is allowed, in one sentence.</param>
    public sealed record Unreadable(string Sentence) : JournalReading;
}
