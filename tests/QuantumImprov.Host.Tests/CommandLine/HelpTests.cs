using QuantumImprov.Host.Tests.Contracts;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.CommandLine;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs => [.. FlagTable.Verbs().Keys, "presets", "measure"];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_has_help_with_an_example_and_all_its_flags(string verb)
    {
        var (code, output, error) = Asking.Ask([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal((0, ""), (code, error));
        Assert.Matches($@"Example:\s+quantumimprov {verb}", output);
        if (!FlagTable.Verbs().TryGetValue(verb, out var command)) return;
        foreach (var flag in FlagTable.Flags(command)) Assert.Contains(flag.Name, output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void The_example_in_the_help_is_understood(string verb)
    {
        var example = Asking.Ask([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Output
            .Split('\n').SkipWhile(line => !line.Contains("Example:", StringComparison.Ordinal)).ElementAt(1).Trim();
        var words = example.Split('>')[0].Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(QuantumImprov.Host.Verbs.Verbs.Root().Parse([.. words.Skip(1)]).Errors);
    }

    [Fact]
    public void The_built_program_prints_its_help_and_its_version()
    {
        using var scratch = new Scratch();
        var help = ProgramRun.Run(scratch, "respond", "-h");
        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.Contains("quantumimprov respond call.mid --out answer.mid", help.Output, StringComparison.Ordinal);
        var version = ProgramRun.Run(scratch, "--version");
        Assert.Equal((0, ""), (version.Code, version.Error));
        Assert.StartsWith(Product.Version, version.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Path));
    }
}
