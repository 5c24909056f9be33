namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// The last symbols of a line of music, as far back as any context goes: where it stands in a <see cref="ContextTrie"/>. Several lines can stand in one trie: the performer's, and the partner's own
/// while it plays. Allocates nothing after construction. [engine]
/// </summary>
public sealed class ContextLine
{
    private const int Kept = ContextTrie.MaxOrder;
    private readonly int[] _symbols = new int[Kept];
    private int _next;

    /// <summary>How many symbols are known, at most <see cref="ContextTrie.MaxOrder"/>.</summary>
    public int Depth { get; private set; }

    /// <summary>The symbol <paramref name="ago"/> before the last, which is 0; below <see cref="Depth"/>.</summary>
    public int this[int ago] => _symbols[(_next - 1 - ago) & (Kept - 1)];

    /// <summary>The trie that learned its last symbol; null when none has since it was moved.</summary>
    internal ContextTrie? LearnedBy { get; private set; }

    /// <summary>Stands at the beginning of a line: nothing came yet.</summary>
    public void Restart() => (Depth, LearnedBy) = (0, null);

    /// <summary>Goes on.</summary>
    public void Push(int symbol) => Push(symbol, null);

    /// <summary>Goes on past what was learned.</summary>
    internal void Push(int symbol, ContextTrie? learnedBy)
    {
        LearnedBy = learnedBy;
        _symbols[_next++ & (Kept - 1)] = symbol;
        Depth = Math.Min(Depth + 1, Kept);
    }

    /// <summary>Stands where <paramref name="other"/> stands.</summary>
    public void CopyFrom(ContextLine other)
    {
        other._symbols.CopyTo(_symbols, 0);
        (_next, Depth, LearnedBy) = (other._next, other.Depth, null);
    }
}
