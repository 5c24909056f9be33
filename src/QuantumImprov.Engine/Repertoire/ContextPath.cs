namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// Where a line of music stands in a <see cref="ContextTree"/>: the nodes of its last 0, 1, 2 ... symbols, as long as they were seen before. Several paths can
/// stand in one tree: the performer's, and the partner's own while it plays. Allocates nothing after construction. [engine]
/// </summary>
public sealed class ContextPath
{
    private int[] _nodes = new int[ContextTree.MaxOrder + 2];
    private int[] _scratch = new int[ContextTree.MaxOrder + 2];

    /// <summary>The order of the longest context that was seen before; 0 when only the empty one was.</summary>
    public int Depth { get; private set; }

    /// <summary>Nodes by order, 0 to <see cref="Depth"/>.</summary>
    public ReadOnlySpan<int> Nodes => _nodes;

    /// <summary>Where the tree prepares the next step.</summary>
    internal Span<int> Scratch => _scratch;

    /// <summary>Stands at the beginning of a line: only the empty context.</summary>
    public void Restart()
    {
        _nodes[0] = ContextTree.Root;
        Depth = 0;
    }

    /// <summary>Stands where <paramref name="other"/> stands.</summary>
    public void CopyFrom(ContextPath other)
    {
        Array.Copy(other._nodes, _nodes, other.Depth + 1);
        Depth = other.Depth;
    }

    /// <summary>Makes the prepared step, of orders 0 to <paramref name="depth"/>, the present one.</summary>
    internal void Adopt(int depth)
    {
        (_nodes, _scratch) = (_scratch, _nodes);
        Depth = depth;
    }
}
