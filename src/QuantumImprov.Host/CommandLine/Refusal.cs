namespace QuantumImprov.Host.CommandLine;

/// <summary>
/// A verb cannot do what was asked: one sentence for the person who asked, and the exit code. Thrown only above the rim and caught once, in
/// <see cref="CommandRunner"/>.
/// </summary>
public sealed class Refusal(string sentence, int exitCode = ExitCodes.Failed) : Exception(sentence)
{
    /// <summary>What the program ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
