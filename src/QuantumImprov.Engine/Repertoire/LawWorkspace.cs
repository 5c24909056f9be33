namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// The memory a member's law is computed in; one serves all members of a repertoire. What followed each context, from the empty one on, is gathered order by order: either as a list of symbols with their counts, or as a node
/// of a trie to be asked. Grows when more is met than ever before. [engine]
/// </summary>
public sealed class LawWorkspace(int symbols)
{
    private readonly int[] _starts = new int[ContextTrie.MaxOrder + 3];
    private readonly int[] _nodes = new int[ContextTrie.MaxOrder + 2], _distinct = new int[ContextTrie.MaxOrder + 2], _total = new int[ContextTrie.MaxOrder + 2];
    private (int Symbol, int Count)[] _successors = new (int, int)[8192];
    private int[] _symbols = new int[128];
    private int _count, _stamp;

    /// <summary>What is known of each symbol.</summary>
    internal Cell[] Cells { get; } = new Cell[symbols];

    /// <summary>How many candidates have a symbol; counted and put back to 0 by whoever asks.</summary>
    internal int[] Sharing { get; } = new int[symbols];

    /// <summary>Orders gathered: one for all contexts that came at the same places.</summary>
    internal int Orders { get; private set; }

    /// <summary>How long the longest context gathered is, in symbols.</summary>
    internal int Longest { get; private set; }

    /// <summary>A stamp that no symbol carries yet.</summary>
    internal int NextStamp() => ++_stamp;

    /// <summary>Forgets what was gathered.</summary>
    internal void Begin() => Orders = _count = 0;

    /// <summary>The node to be asked for what followed an order; 0 where <see cref="Listed"/> says it.</summary>
    internal int Node(int order) => _nodes[order];

    /// <summary>By how many symbols an order was followed.</summary>
    internal int Distinct(int order) => _distinct[order];

    /// <summary>How often an order was followed.</summary>
    internal int Total(int order) => _total[order];

    /// <summary>The successors of an order; empty where a node is to be asked.</summary>
    internal ReadOnlySpan<(int Symbol, int Count)> Listed(int order) => _successors.AsSpan(_starts[order], _starts[order + 1] - _starts[order]);

    /// <summary>The next order begins; its successors follow.</summary>
    internal void BeginOrder() => _starts[Orders] = _count;

    /// <summary>Gathers one successor that was not gathered yet.</summary>
    internal void Add(int symbol, int count)
    {
        if (_count == _successors.Length) Array.Resize(ref _successors, _count * 2);
        _successors[_count++] = (symbol, count);
    }

    /// <summary>Counts one occurrence of a successor.</summary>
    internal void Count(int symbol)
    {
        for (var i = _starts[Orders]; i < _count; i++)
        {
            if (_successors[i].Symbol != symbol) continue;
            _successors[i].Count++;
            return;
        }

        Add(symbol, 1);
    }

    /// <summary>The order has no more successors; it stands for all contexts up to <paramref name="longest"/> symbols long that are longer than those of the order before.</summary>
    internal void EndOrder(int longest)
    {
        var total = 0;
        for (var i = _starts[Orders]; i < _count; i++) total += _successors[i].Count;
        EndOrder(0, _count - _starts[Orders], total, longest);
    }

    /// <summary>An order for which a node is to be asked.</summary>
    internal void AddOrder(int node, int distinct, int total, int longest)
    {
        BeginOrder();
        EndOrder(node, distinct, total, longest);
    }

    /// <summary>Puts the successors of a node behind the list, to be gone through once; what was put there before is gone.</summary>
    internal ReadOnlySpan<(int Symbol, int Count)> Look(ContextTrie trie, int node)
    {
        _count = _starts[Orders];
        trie.Successors(node, this);
        return _successors.AsSpan(_starts[Orders], _count - _starts[Orders]);
    }

    /// <summary>What a viewpoint makes of the candidates in a context; valid until it is asked again.</summary>
    internal ReadOnlySpan<int> Symbols(Viewpoint viewpoint, MelodicContext context, ReadOnlySpan<int> candidates)
    {
        if (_symbols.Length < candidates.Length) _symbols = new int[candidates.Length];
        for (var i = 0; i < candidates.Length; i++) _symbols[i] = viewpoint.Of(context, candidates[i]);
        return _symbols.AsSpan(0, candidates.Length);
    }

    private void EndOrder(int node, int distinct, int total, int longest)
    {
        Longest = longest;
        (_nodes[Orders], _distinct[Orders], _total[Orders]) = (node, distinct, total);
        _starts[++Orders] = _count;
    }

    /// <summary>A symbol's mass, which means something where <see cref="Reached"/> holds the stamp of the law being written, and the stamp at which it was last seen one order higher or asked for.</summary>
    internal struct Cell
    {
        public double Mass;
        public int Reached, Above;
    }
}
