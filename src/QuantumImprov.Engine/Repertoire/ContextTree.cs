using System.Numerics;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// All contexts of a symbol sequence with the counts of what followed them, as PPM* wants them. A node is a string of symbols; its children are the symbols
/// seen after it. A string gets a node when all but its last symbol was seen twice; a string seen once only remembers where, and unfolds when it is met again,
/// so that long unique passages cost one node a note and the counts stay exact. Learning a note touches at most <see cref="MaxOrder"/> + 1 nodes whatever is
/// played; what was learned can be unlearned exactly. Memory grows by doubling; nothing else is allocated. [engine]
/// </summary>
public sealed class ContextTree
{
    /// <summary>The longest context any tree keeps. Contexts of any musical length fit; the bound only caps the cost of one key repeated for an hour.</summary>
    public const int MaxOrder = 64;

    /// <summary>The node of the empty string.</summary>
    public const int Root = 0;

    private const int EndOfSequence = -1;

    private Node[] _nodes;
    private int[] _buckets;
    private int[] _history = new int[1024];
    private int _nodeCount = 1;
    private int _historyCount;

    private readonly int _maxOrder;

    /// <summary>A tree of contexts up to <paramref name="maxOrder"/> (0 to 64) with room for <paramref name="capacity"/> nodes before it first grows.</summary>
    public ContextTree(int maxOrder = MaxOrder, int capacity = 4096)
    {
        _maxOrder = maxOrder;
        capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, capacity));
        _nodes = new Node[capacity];
        _buckets = new int[capacity * 2];
        _nodes[Root] = new Node { Unfolded = true };
    }

    /// <summary>Nodes in use.</summary>
    public int NodeCount => _nodeCount;

    /// <summary>How often the string of <paramref name="node"/> was seen (for the root: how many symbols were learned).</summary>
    public int Count(int node) => _nodes[node].Count;

    /// <summary>The first symbol seen after <paramref name="node"/> as a node; 0 when there is none. Unfolds what was seen once.</summary>
    public int FirstChild(int node)
    {
        Unfold(node);
        return _nodes[node].FirstChild;
    }

    /// <summary>The next of the symbols seen after the same context; 0 after the last.</summary>
    public int NextSibling(int node) => _nodes[node].NextSibling;

    /// <summary>The last symbol of the string of <paramref name="node"/>.</summary>
    public int Symbol(int node) => _nodes[node].Symbol;

    /// <summary>The node of the string of <paramref name="node"/> followed by <paramref name="symbol"/>; 0 when it was never seen.</summary>
    public int Child(int node, int symbol)
    {
        Unfold(node);
        var child = Find(node, symbol);
        return child > 0 && _nodes[child].Count > 0 ? child : 0;
    }

    /// <summary>Forgets everything; keeps the memory.</summary>
    public void Clear()
    {
        Array.Clear(_nodes, 0, _nodeCount);
        Array.Clear(_buckets);
        _nodeCount = 1;
        _historyCount = 0;
        _nodes[Root] = new Node { Unfolded = true };
    }

    /// <summary>Marks the end of a sequence: what follows does not continue it.</summary>
    public void EndSequence()
    {
        if (_historyCount > 0 && _history[_historyCount - 1] != EndOfSequence) Append(EndOfSequence);
    }

    /// <summary>
    /// Learns that <paramref name="symbol"/> (0 or more) followed the contexts of <paramref name="context"/>, and moves that context on. One path learns at a
    /// time; <see cref="EndSequence"/> comes before another begins.
    /// </summary>
    public void Learn(ContextPath context, int symbol)
    {
        var next = _historyCount + 1;
        Append(symbol);
        var depth = context.Depth;
        _nodes[Root].Count++;
        var reached = 0;
        context.Scratch[0] = Root;
        for (var order = 0; order <= depth && order <= _maxOrder; order++)
        {
            var parent = context.Nodes[order];
            // A string seen for the first time only remembers where it went on; the root is always unfolded.
            if (!_nodes[parent].Unfolded && _nodes[parent].Count < 2) break;
            Unfold(parent, _historyCount - 1);
            var child = Find(parent, symbol);
            if (child == 0) child = Add(parent, symbol);
            else if (_nodes[child].Count == 1) Unfold(child, _historyCount - 1);
            if (++_nodes[child].Count == 1 && !_nodes[child].Unfolded) _nodes[child].Next = next;
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
        var start = _historyCount - count;
        Stand(context, start);
        for (var at = start; at < _historyCount; at++) Unlearn(context, _history[at]);
        _historyCount = start;
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
                var child = Find(context.Nodes[order], _history[first]);
                if (child == 0 || _nodes[child].Count == 0) break;
                context.Scratch[++reached] = child;
            }

            context.Adopt(reached);
        }
    }

    // What stands at the very end of the history has not gone on yet: it stays folded, since the line that learns may not have its node in its path.
    private void Unfold(int node)
    {
        if (_nodes[node].Next < _historyCount || _nodes[node].Count > 1) Unfold(node, _historyCount);
    }

    // Gives a string that was seen exactly once its one successor as a node, if it stands before `end`: while a note is being learned that note itself stands
    // last in the history and is counted by the caller.
    private void Unfold(int node, int end)
    {
        if (_nodes[node].Unfolded || _nodes[node].Count == 0) return;
        _nodes[node].Unfolded = true;
        var at = _nodes[node].Next;
        if (at >= end || _history[at] == EndOfSequence) return;
        var child = Find(node, _history[at]);
        if (child == 0) child = Add(node, _history[at]);
        _nodes[child].Count = 1;
        if (!_nodes[child].Unfolded) _nodes[child].Next = at + 1;
    }

    private int Add(int parent, int symbol)
    {
        if (_nodeCount == _nodes.Length) Grow();
        var node = _nodeCount++;
        _nodes[node] = new Node { Parent = parent, Symbol = symbol, NextSibling = _nodes[parent].FirstChild };
        _nodes[parent].FirstChild = node;
        Insert(node);
        return node;
    }

    private int Find(int parent, int symbol)
    {
        var mask = _buckets.Length - 1;
        for (var slot = Hash(parent, symbol) & mask; _buckets[slot] != 0; slot = (slot + 1) & mask)
        {
            var node = _buckets[slot];
            if (_nodes[node].Parent == parent && _nodes[node].Symbol == symbol) return node;
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

    private void Grow()
    {
        Array.Resize(ref _nodes, _nodes.Length * 2);
        _buckets = new int[_nodes.Length * 2];
        for (var node = 1; node < _nodeCount; node++) Insert(node);
    }

    private void Append(int symbol)
    {
        if (_historyCount == _history.Length) Array.Resize(ref _history, _history.Length * 2);
        _history[_historyCount++] = symbol;
    }

    private static int Hash(int parent, int symbol)
    {
        var hash = (uint)parent * 0x9E3779B1u ^ (uint)symbol * 0x85EBCA77u;
        return (int)((hash ^ (hash >> 15)) & 0x7FFFFFFF);
    }

    private struct Node
    {
        public int Parent, Symbol, FirstChild, NextSibling, Count;

        /// <summary>Where in the history the string's only occurrence went on; meaningful until the node is unfolded.</summary>
        public int Next;

        public bool Unfolded;
    }
}
