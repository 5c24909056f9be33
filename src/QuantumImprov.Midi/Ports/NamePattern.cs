using System.IO.Enumeration;

namespace QuantumImprov.Midi.Ports;

/// <summary>Finds names: the one that is exactly the pattern, or else all that match it, * standing for any text and ? for one character, capitals or not.</summary>
public static class NamePattern
{
    /// <summary>Those of <paramref name="names"/> that <paramref name="pattern"/> means.</summary>
    public static IReadOnlyList<string> Select(IEnumerable<string> names, string pattern)
    {
        var all = names.ToList();
        return all.Contains(pattern) ? [pattern] : all.FindAll(name => FileSystemName.MatchesSimpleExpression(pattern, name));
    }
}
