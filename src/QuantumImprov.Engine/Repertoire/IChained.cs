namespace QuantumImprov.Engine.Repertoire;

/// <summary>What a <see cref="PairTable{T}"/> finds an element by, and a place for its chain.</summary>
internal interface IChained
{
    /// <summary>The first number of the pair.</summary>
    int A { get; }

    /// <summary>The second.</summary>
    int B { get; }

    /// <summary>The next element of the same slot; 0 = none. The table's own.</summary>
    int Chain { get; set; }
}
