namespace QuantumImprov.Storage.Journal;

/// <summary>The file under a journal: written at stated places, so that a failed write can be repeated. Used by one thread at a time.</summary>
internal interface IJournalFile : IDisposable
{
    /// <summary>Where it stands.</summary>
    string Path { get; }

    /// <summary>Writes all of <paramref name="bytes"/> from <paramref name="offset"/> on, or throws as the disk does.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Returns when all that was written is on the disk, or throws as the disk does.</summary>
    void Flush();
}
