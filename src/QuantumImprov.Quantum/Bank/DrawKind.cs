namespace QuantumImprov.Quantum.Bank;

/// <summary>Where a choice came from.</summary>
public enum DrawKind
{
    /// <summary>No class of the context has shots: nothing was drawn, and the local simulator answers.</summary>
    Absent,

    /// <summary>A shot of the bank was accepted.</summary>
    Banked,

    /// <summary>The choice fell on the mass that the class's shots do not serve, and was drawn here.</summary>
    Outside,

    /// <summary>The shots, or the coins, ran out in the middle, and the rest was drawn here.</summary>
    Dry,
}
