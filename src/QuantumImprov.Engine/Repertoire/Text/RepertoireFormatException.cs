namespace QuantumImprov.Engine.Repertoire.Text;

/// <summary>Carries what is wrong with a repertoire's bytes up to whoever reads them, where it becomes an outcome.</summary>
/// <param name="found">The rest of a sentence that begins with the file's path.</param>
/// <param name="foreign">Whether the file is whole but not ours to overwrite: of another format or a newer version.</param>
public sealed class RepertoireFormatException(string found, bool foreign = false) : Exception(found)
{
    /// <summary>Whether the file is whole but not ours to overwrite.</summary>
    public bool Foreign => foreign;
}
