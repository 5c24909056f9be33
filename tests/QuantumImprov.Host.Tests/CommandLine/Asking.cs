using QuantumImprov.Host.CommandLine;

namespace QuantumImprov.Host.Tests.CommandLine;

/// <summary>Asks the command line within this process: enough for what ends before a verb runs.</summary>
internal static class Asking
{
    public static (int Code, string Output, string Error) Ask(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandRunner.Run(QuantumImprov.Host.Verbs.Verbs.Root(), words, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
