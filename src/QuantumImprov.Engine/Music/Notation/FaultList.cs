using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music.Notation;

/// <summary>Gathers the faults of one text.</summary>
internal sealed class FaultList
{
    private const int LongestQuote = 24;

    /// <summary>Nobody reads more, and a text that is no tune at all would fill the memory with them.</summary>
    private const int Most = 1000;

    private readonly HashSet<NotationFault> _faults = [];

    public bool IsEmpty => _faults.Count == 0;

    public void Add(int line, int column, string found, string allowed)
    {
        if (_faults.Count < Most) _faults.Add(new NotationFault(line, column, found, allowed));
    }

    public ImmutableArray<NotationFault> InOrder() => [.. _faults.OrderBy(f => f.Line).ThenBy(f => f.Column)];

    public static string Quote(string text) => text.Length <= LongestQuote ? $"'{text}'" : $"'{text[..LongestQuote]}...'";
}
