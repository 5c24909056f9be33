namespace QuantumImprov.Quantum.Bank;

/// <summary>One shot of a class circuit, read.</summary>
/// <param name="Symbol">The note register: an index of the class's labels; -1 when the shot is not kept.</param>
/// <param name="Coins">The coin qubits, the first in bit 0.</param>
public readonly record struct ShotReading(int Symbol, uint Coins)
{
    /// <summary>Whether the selector read 0 and the note register read a label.</summary>
    public bool IsKept => Symbol >= 0;
}
