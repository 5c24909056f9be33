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

/// <summary>One choice.</summary>
/// <param name="Kind">Where it came from.</param>
/// <param name="Index">An index of the candidates; -1 for <see cref="DrawKind.Absent"/>.</param>
/// <param name="ShotsUsed">Shots that were used up.</param>
/// <param name="Batch">The batch of the accepted shot; null unless <see cref="DrawKind.Banked"/>.</param>
/// <param name="Shot">The accepted shot's place in its batch.</param>
public readonly record struct BankDraw(DrawKind Kind, int Index, int ShotsUsed, ShotBatch? Batch, int Shot);
