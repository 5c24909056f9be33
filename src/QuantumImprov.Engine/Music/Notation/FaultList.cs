using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music.Notation;

/// <summary>Gathers the faults of one text.</summary>
internal sealed class FaultList
{
    private const int LongestQuote = 24;
    private readonly HashSet<NotationFault> _faults = [];

    public bool IsEmpty => _faults.Count == 0;

    public void Add(int line, int column, string found, string allowed) => _faults.Add(new NotationFault(line, column, found, allowed));

    public ImmutableArray<NotationFault> InOrder() => [.. _faults.OrderBy(f => f.Line).ThenBy(f => f.Column)];

    public static string Quote(string text) => text.Length <= LongestQuote ? $"'{text}'" : $"'{text[..LongestQuote]}...'";
}
