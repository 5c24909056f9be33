namespace QuantumImprov.Quantum.Bank;

/// <summary>One choice.</summary>
/// <param name="Kind">Where it came from.</param>
/// <param name="Index">An index of the candidates; -1 for <see cref="DrawKind.Absent"/>.</param>
/// <param name="ShotsUsed">Shots that were used up.</param>
/// <param name="Batch">The batch of the accepted shot; null unless <see cref="DrawKind.Banked"/>.</param>
/// <param name="Shot">The accepted shot's place in its batch.</param>
public readonly record struct BankDraw(DrawKind Kind, int Index, int ShotsUsed, ShotBatch? Batch, int Shot);
