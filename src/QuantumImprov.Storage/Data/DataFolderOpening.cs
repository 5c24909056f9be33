namespace QuantumImprov.Storage.Data;

/// <summary>What came of looking for the data folder.</summary>
public abstract record DataFolderOpening
{
    private DataFolderOpening()
    {
    }

    /// <summary>The folder is there and can be written.</summary>
    /// <param name="Folder">The folder.</param>
    public sealed record Opened(DataFolder Folder) : DataFolderOpening;

    /// <summary>There is no folder to write to; a session can go on without recording and without keeping what it learns.</summary>
    /// <param name="Sentence">What was tried and what is allowed, in one sentence.</param>
    public sealed record Unusable(string Sentence) : DataFolderOpening;
}
