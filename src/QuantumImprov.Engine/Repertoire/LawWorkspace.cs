namespace QuantumImprov.Engine.Repertoire;

/// <summary>The memory a member's law is computed in; one serves all members of a repertoire. Grows when more successors are met than ever before. [engine]</summary>
public sealed class LawWorkspace(int symbols)
{
    private (int Symbol, int Count)[] _successors = new (int, int)[1024];
    private int _count, _stamp;

    /// <summary>Probability by symbol; meaningful where <see cref="Reached"/> holds the present stamp.</summary>
    internal double[] Mass { get; } = new double[symbols];

    /// <summary>The stamp at which a symbol last received mass.</summary>
    internal int[] Reached { get; } = new int[symbols];

    /// <summary>Where the successors of each order begin; one entry more than orders.</summary>
    internal int[] Starts { get; } = new int[ContextTree.MaxOrder + 3];

    /// <summary>The successors gathered so far, order after order.</summary>
    internal ReadOnlySpan<(int Symbol, int Count)> Successors => _successors.AsSpan(0, _count);

    /// <summary>A stamp that no symbol carries yet.</summary>
    internal int NextStamp() => ++_stamp;

    /// <summary>Forgets the successors gathered.</summary>
    internal void Begin() => _count = 0;

    /// <summary>Gathers one successor.</summary>
    internal void Add(int symbol, int count)
    {
        if (_count == _successors.Length) Array.Resize(ref _successors, _count * 2);
        _successors[_count++] = (symbol, count);
    }
}
