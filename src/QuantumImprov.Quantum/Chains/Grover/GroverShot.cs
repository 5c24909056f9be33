namespace QuantumImprov.Quantum.Chains.Grover;

/// <summary>One answer of a <see cref="GroverStep"/>.</summary>
/// <param name="Symbol">The code that was read: 0 up to, but not including, the number of candidates.</param>
/// <param name="Redraws">How many shots were thrown away because they read a code that no candidate uses.</param>
/// <param name="Kept">False when no candidate was read within the bound: the symbol is then 0 and means nothing.</param>
public readonly record struct GroverShot(int Symbol, int Redraws, bool Kept);
