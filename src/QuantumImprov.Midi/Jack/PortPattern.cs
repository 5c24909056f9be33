using System.IO.Enumeration;

namespace QuantumImprov.Midi.Jack;

/// <summary>Finds ports by exact name, or by a pattern in which * stands for any text and ? for any one character, capitals or not.</summary>
public static class PortPattern
{
    /// <summary>Whether <paramref name="name"/> is what <paramref name="pattern"/> means.</summary>
    public static bool Matches(string name, string pattern) => name == pattern || FileSystemName.MatchesSimpleExpression(pattern, name);

    /// <summary>The port of exactly that name alone; when there is none, all that match.</summary>
    public static IReadOnlyList<JackPort> Select(IEnumerable<JackPort> ports, string pattern)
    {
        var all = ports.ToList();
        var exact = all.FindAll(port => port.Name == pattern);
        return exact.Count > 0 ? exact : all.FindAll(port => Matches(port.Name, pattern));
    }
}
