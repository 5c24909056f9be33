namespace QuantumImprov.Engine.Repertoire;

/// <summary>The memory a member's law is computed in; one serves all members of a repertoire. [engine]</summary>
public sealed class LawWorkspace(int symbols)
{
    private int _stamp;

    /// <summary>Probability by symbol; meaningful where <see cref="Reached"/> holds the present stamp.</summary>
    internal double[] Mass { get; } = new double[symbols];

    /// <summary>The stamp at which a symbol last received mass.</summary>
    internal int[] Reached { get; } = new int[symbols];

    /// <summary>A stamp that no symbol carries yet.</summary>
    internal int NextStamp() => ++_stamp;
}
