using System.CommandLine;

namespace QuantumImprov.Host.Tests.Contracts;

/// <summary>A verb's flags as the manual shows them: one row each, made from the command line itself.</summary>
internal static class FlagTable
{
    /// <summary>Every verb that does something, by its words; the program without a verb is "".</summary>
    public static IReadOnlyDictionary<string, Command> Verbs()
    {
        var found = new Dictionary<string, Command>();
        void Walk(Command command, string words)
        {
            if (command.Action is not null) found[words] = command;
            foreach (var verb in command.Subcommands) Walk(verb, $"{words} {verb.Name}".Trim());
        }

        Walk(QuantumImprov.Host.Verbs.Verbs.Root(), "");
        return found;
    }

    /// <summary>The rows of <paramref name="verb"/>: its arguments, then its flags.</summary>
    public static IReadOnlyList<string> Rows(Command verb) =>
    [
        .. verb.Arguments.Select(a => Row(a.Name, "", a.Description)),
        .. Flags(verb).Select(f => Row(f.Name, f.HelpName ?? "", (f.Required ? "Required. " : "") + f.Description)),
    ];

    /// <summary>The flags of <paramref name="verb"/> without those that every verb has.</summary>
    public static IEnumerable<Option> Flags(Command verb) => verb.Options.Where(o => o is not (System.CommandLine.Help.HelpOption or VersionOption));

    private static string Row(string name, string value, string? meaning) =>
        $"| `{name}{(value.Length > 0 ? " " + value : "")}` | {meaning} |".Replace("FILE|FOLDER", "FILE\\|FOLDER").Replace("NAME|FILE", "NAME\\|FILE");
}
