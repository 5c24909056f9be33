namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>One answer of a <see cref="HiddenStep"/>.</summary>
/// <param name="Symbol">The symbol that was read, 0 to symbols - 1.</param>
/// <param name="Redraws">Shots thrown away because the ancilla read 1.</param>
/// <param name="Kept">False when none was kept within the bound, or everything is forbidden: the symbol is then 0 and means nothing.</param>
public readonly record struct HiddenShot(int Symbol, int Redraws, bool Kept);
