namespace QuantumImprov.Host.Tests.Contracts;

/// <summary>docs/contracts.md, cut at its headings.</summary>
internal sealed class ContractPage
{
    private readonly Dictionary<string, string[]> _sections = [];

    public ContractPage()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "QuantumImprov.sln"))) folder = folder.Parent;
        var lines = File.ReadAllLines(Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("The tests were not built inside the repository."), "docs", "contracts.md"));
        var starts = Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("## `", StringComparison.Ordinal)).Append(lines.Length).ToList();
        for (var i = 0; i + 1 < starts.Count; i++) _sections[lines[starts[i]].Split('`')[1]] = lines[(starts[i] + 1)..starts[i + 1]];
    }

    /// <summary>The verbs with a section, by their words.</summary>
    public IEnumerable<string> Verbs => _sections.Keys;

    /// <summary>The rows of a verb's table.</summary>
    public IReadOnlyList<string> Rows(string verb) => [.. _sections[verb].Where(line => line.StartsWith("| `", StringComparison.Ordinal))];

    /// <summary>The lines of a verb's first block of <paramref name="language"/>; null when it has none.</summary>
    public string? Block(string verb, string language)
    {
        var lines = _sections[verb];
        var start = Array.IndexOf(lines, "```" + language);
        return start < 0 ? null : string.Join('\n', lines[(start + 1)..Array.IndexOf(lines, "```", start)]);
    }
}
