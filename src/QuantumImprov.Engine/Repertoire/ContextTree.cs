namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// All contexts of a symbol sequence with the counts of what followed them, as PPM* wants them. A node is a string of symbols; its children are the symbols
/// seen after it. A string gets a node when all but its last symbol was seen twice; a string seen once only remembers where, and unfolds when it is met again,
/// so that long unique passages cost one node a note and the counts stay exact. Learning a note touches at most <see cref="MaxOrder"/> + 1 nodes whatever is
/// played; what was learned can be unlearned exactly. Memory grows by chunks of nodes; nothing else is allocated. [engine]
/// </summary>
/// <remarks>
/// Most strings only ever go on in one way: a node keeps its first child itself, and only the children after it are looked up by hash.
/// </remarks>
public sealed class ContextTree
{
    /// <summary>The longest context any tree keeps. Contexts of any musical length fit; the bound only caps the cost of one key repeated for an hour.</summary>
    public const int MaxOrder = 64;

    /// <summary>The node of the empty string.</summary>
    public const int Root = 0;

    private const int EndOfSequence = -1;

    private readonly ChunkedList<Node> _nodes = new();
    private readonly ChunkedList<int> _history = new();
    private readonly int _maxOrder;
    private int[] _buckets = new int[256];
    private int _hashed;

    /// <summary>A tree of contexts up to <paramref name="maxOrder"/> (0 to 64).</summary>
    public ContextTree(int maxOrder = MaxOrder)
    {
        _maxOrder = maxOrder;
        _nodes.Add(new Node { Unfolded = true });
    }

    /// <summary>Nodes in use.</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>Bytes of memory held, used or not.</summary>
    public long Bytes => _nodes.Bytes + _history.Bytes + (long)_buckets.Length * sizeof(int);

    /// <summary>How often the string of <paramref name="node"/> was seen (for the root: how many symbols were learned).</summary>
    public int Count(int node) => _nodes[node].Count;

    /// <summary>Appends what was seen after <paramref name="node"/>, each symbol with its count, to <paramref name="found"/>.</summary>
    internal void Successors(int node, LawWorkspace found)
    {
        ref var parent = ref _nodes[node];
        if (parent.Count == 0 && node != Root) return;
        if (!parent.Unfolded)
        {
            if (parent.Link < _history.Count && _history[parent.Link] != EndOfSequence) found.Add(_history[parent.Link], 1);
            return;
        }

        for (var child = parent.Link; child != 0;)
        {
            ref var next = ref _nodes[child];
            if (next.Count > 0) found.Add(next.Symbol, next.Count);
            child = next.NextSibling;
        }
    }

    /// <summary>The node of the string of <paramref name="node"/> followed by <paramref name="symbol"/>; 0 when it was never seen.</summary>
    public int Child(int node, int symbol)
    {
        Unfold(node);
        var child = _nodes[node].Unfolded ? Find(node, symbol) : 0;
        return child > 0 && _nodes[child].Count > 0 ? child : 0;
    }

    /// <summary>Forgets everything; keeps the memory. Costs in proportion to what was learned.</summary>
    public void Clear()
    {
        if (_hashed > _buckets.Length / 8) Array.Clear(_buckets);
        else if (_hashed > 0) EmptyBuckets();
        _hashed = 0;
        _nodes.Shorten(1);
        _nodes[Root] = new Node { Unfolded = true };
        _history.Shorten(0);
    }

    /// <summary>Marks the end of a sequence: what follows does not continue it.</summary>
    public void EndSequence()
    {
        if (_history.Count > 0 && _history[_history.Count - 1] != EndOfSequence) _history.Add(EndOfSequence);
    }

    /// <summary>
    /// Learns that <paramref name="symbol"/> (0 or more) followed the contexts of <paramref name="context"/>, and moves that context on. One path learns at a
    /// time; <see cref="EndSequence"/> comes before another begins.
    /// </summary>
    public void Learn(ContextPath context, int symbol)
    {
        _history.Add(symbol);
        var next = _history.Count;
        var depth = context.Depth;
        _nodes[Root].Count++;
        var reached = 0;
        context.Scratch[0] = Root;
        for (var order = 0; order <= depth && order <= _maxOrder; order++)
        {
            var parent = context.Nodes[order];
            // A string seen for the first time only remembers where it went on; the root is always unfolded.
            if (!_nodes[parent].Unfolded && _nodes[parent].Count < 2) break;
            Unfold(parent, next - 1);
            var child = Find(parent, symbol);
            if (child == 0) child = Add(parent, symbol);
            else if (_nodes[child].Count == 1) Unfold(child, next - 1);
            ref var node = ref _nodes[child];
            if (++node.Count == 1 && !node.Unfolded) node.Link = next;
            context.Scratch[++reached] = child;
        }

        context.Adopt(reached);
    }

    /// <summary>Takes one learned occurrence of <paramref name="symbol"/> after <paramref name="context"/> back, and moves the context on.</summary>
    public void Unlearn(ContextPath context, int symbol)
    {
        _nodes[Root].Count--;
        var reached = 0;
        context.Scratch[0] = Root;
        for (var order = 0; order <= context.Depth && order <= _maxOrder; order++)
        {
            var parent = context.Nodes[order];
            if (!_nodes[parent].Unfolded) break;
            var child = Find(parent, symbol);
            if (child == 0 || _nodes[child].Count == 0) break;
            _nodes[child].Count--;
            context.Scratch[++reached] = child;
        }

        context.Adopt(reached);
    }

    /// <summary>
    /// Takes the last <paramref name="count"/> symbols learned back, as if they had never come, and puts <paramref name="context"/> where the line stood before them. They are the end of one
    /// sequence, of which nothing has followed since.
    /// </summary>
    public void Retract(ContextPath context, int count)
    {
        var start = _history.Count - count;
        Stand(context, start);
        for (var at = start; at < _history.Count; at++) Unlearn(context, _history[at]);
        _history.Shorten(start);
        Stand(context, start);
    }

    /// <summary>Moves <paramref name="context"/> on past <paramref name="symbol"/> without learning it.</summary>
    public void Follow(ContextPath context, int symbol)
    {
        var reached = 0;
        context.Scratch[0] = Root;
        for (var order = 0; order <= context.Depth && order <= _maxOrder; order++)
        {
            var child = Child(context.Nodes[order], symbol);
            if (child == 0) break;
            context.Scratch[++reached] = child;
        }

        context.Adopt(reached);
    }

    // The context of the place `at` of the history, with every node there is for it: unlike the path of a line that came by, which lacks the nodes that were made later.
    private void Stand(ContextPath context, int at)
    {
        var first = at;
        while (first > 0 && at - first <= _maxOrder && _history[first - 1] != EndOfSequence) first--;
        context.Restart();
        for (; first < at; first++)
        {
            var reached = 0;
            context.Scratch[0] = Root;
            for (var order = 0; order <= context.Depth && order <= _maxOrder; order++)
            {
                var parent = context.Nodes[order];
                var child = _nodes[parent].Unfolded ? Find(parent, _history[first]) : 0;
                if (child == 0 || _nodes[child].Count == 0) break;
                context.Scratch[++reached] = child;
            }

            context.Adopt(reached);
        }
    }

    // What stands at the very end of the history has not gone on yet: it stays folded, since the line that learns may not have its node in its path.
    private void Unfold(int node)
    {
        ref var folded = ref _nodes[node];
        if (folded.Unfolded) return;
        if (folded.Link < _history.Count || folded.Count > 1) Unfold(node, _history.Count);
    }

    // Gives a string that was seen exactly once its one successor as a node, if it stands before `end`: while a note is being learned that note itself stands
    // last in the history and is counted by the caller.
    private void Unfold(int node, int end)
    {
        ref var folded = ref _nodes[node];
        if (folded.Unfolded || folded.Count == 0) return;
        var at = folded.Link;
        (folded.Unfolded, folded.Link) = (true, 0);
        if (at >= end || _history[at] == EndOfSequence) return;
        ref var child = ref _nodes[Add(node, _history[at])];
        (child.Count, child.Link) = (1, at + 1);
    }

    // The first child stays first; the others follow it and are hashed.
    private int Add(int parent, int symbol)
    {
        var node = _nodes.Count;
        ref var above = ref _nodes[parent];
        if (above.Link == 0)
        {
            _nodes.Add(new Node { Parent = parent, Symbol = symbol });
            above.Link = node;
            return node;
        }

        ref var first = ref _nodes[above.Link];
        _nodes.Add(new Node { Parent = parent, Symbol = symbol, NextSibling = first.NextSibling });
        first.NextSibling = node;
        if (++_hashed > _buckets.Length / 4 * 3) Rehash();
        else Insert(node);
        return node;
    }

    private int Find(int parent, int symbol)
    {
        var first = _nodes[parent].Link;
        if (first == 0) return 0;
        ref var child = ref _nodes[first];
        if (child.Symbol == symbol) return first;
        if (child.NextSibling == 0) return 0;
        var mask = _buckets.Length - 1;
        for (var slot = Hash(parent, symbol) & mask; _buckets[slot] != 0; slot = (slot + 1) & mask)
        {
            ref var node = ref _nodes[_buckets[slot]];
            if (node.Parent == parent && node.Symbol == symbol) return _buckets[slot];
        }

        return 0;
    }

    private void Insert(int node)
    {
        var mask = _buckets.Length - 1;
        var slot = Hash(_nodes[node].Parent, _nodes[node].Symbol) & mask;
        while (_buckets[slot] != 0) slot = (slot + 1) & mask;
        _buckets[slot] = node;
    }

    private bool IsHashed(int node) => _nodes[_nodes[node].Parent].Link != node;

    private void Rehash()
    {
        _buckets = new int[_buckets.Length * 2];
        for (var node = 1; node < _nodes.Count; node++)
        {
            if (IsHashed(node)) Insert(node);
        }
    }

    // Every hashed node stands somewhere after its own slot, past slots that are empty by now.
    private void EmptyBuckets()
    {
        var mask = _buckets.Length - 1;
        for (var node = 1; node < _nodes.Count; node++)
        {
            if (!IsHashed(node)) continue;
            var slot = Hash(_nodes[node].Parent, _nodes[node].Symbol) & mask;
            while (_buckets[slot] != node) slot = (slot + 1) & mask;
            _buckets[slot] = 0;
        }
    }

    private static int Hash(int parent, int symbol)
    {
        var hash = (uint)parent * 0x9E3779B1u ^ (uint)symbol * 0x85EBCA77u;
        return (int)((hash ^ (hash >> 15)) & 0x7FFFFFFF);
    }

    private struct Node
    {
        public int Parent, NextSibling, Count;

        /// <summary>The first child; while folded, where in the history the string's only occurrence went on.</summary>
        public int Link;

        private int _tag;

        public int Symbol
        {
            readonly get => _tag >> 1;
            set => _tag = value << 1 | _tag & 1;
        }

        public bool Unfolded
        {
            readonly get => (_tag & 1) != 0;
            set => _tag = _tag & ~1 | (value ? 1 : 0);
        }
    }
}
