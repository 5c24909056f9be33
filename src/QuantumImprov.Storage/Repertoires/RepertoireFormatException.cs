namespace QuantumImprov.Storage.Repertoires;

/// <summary>Carries what is wrong with a file's bytes up to <see cref="RepertoireFile"/>, where it becomes an outcome; never leaves this folder.</summary>
/// <param name="found">The rest of a sentence that begins with the file's path.</param>
/// <param name="foreign">Whether the file is whole but not ours to overwrite: of another format or a newer version.</param>
internal sealed class RepertoireFormatException(string found, bool foreign = false) : Exception(found)
{
    internal bool Foreign => foreign;
}
