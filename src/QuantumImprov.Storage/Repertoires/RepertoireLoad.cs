using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Storage.Repertoires;

/// <summary>What came of reading a repertoire file.</summary>
public abstract record RepertoireLoad
{
    private RepertoireLoad()
    {
    }

    /// <summary>The file was whole.</summary>
    /// <param name="Content">Exactly what was saved.</param>
    public sealed record Loaded(RepertoireContent Content) : RepertoireLoad;

    /// <summary>There is no such file: a first start.</summary>
    /// <param name="BackupPath">A whole former version that stands beside the missing file; null when there is none.</param>
    public sealed record Absent(string? BackupPath) : RepertoireLoad;

    /// <summary>The file cannot be used; it is left as it is.</summary>
    /// <param name="Sentence">What was found and what is allowed, in one sentence.</param>
    /// <param name="BackupPath">A whole former version, which <see cref="RepertoireFile.Load"/> reads; null when there is none.</param>
    public sealed record Unusable(string Sentence, string? BackupPath) : RepertoireLoad;
}
