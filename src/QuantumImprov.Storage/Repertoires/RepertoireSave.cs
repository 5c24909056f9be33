namespace QuantumImprov.Storage.Repertoires;

/// <summary>What came of saving a repertoire.</summary>
public abstract record RepertoireSave
{
    private RepertoireSave()
    {
    }

    /// <summary>The repertoire is on disk.</summary>
    /// <param name="Bytes">The file's length.</param>
    /// <param name="SetAside">Where a damaged former file was copied to; null when the former file was whole or there was none.</param>
    public sealed record Saved(long Bytes, string? SetAside) : RepertoireSave;

    /// <summary>Nothing was saved; the former file, when there is one, stands as it was.</summary>
    /// <param name="Sentence">Why, in one sentence.</param>
    public sealed record NotSaved(string Sentence) : RepertoireSave;
}
