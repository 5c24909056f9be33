namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>One measured answer of a <see cref="CouncilStep"/>.</summary>
/// <param name="Symbol">The note code that was read: 0 up to, but not including, the number of candidates.</param>
/// <param name="Redraws">How many shots were thrown away because selector or ancilla did not read 0; 0 to <see cref="CouncilStep.MaxRedraws"/>.</param>
/// <param name="Kept">
/// True when selector and ancilla read 0, so that <paramref name="Symbol"/> follows the council's law. False when no shot was kept within the bound, or when every
/// amplitude or weight was 0: the symbol is then the last one measured and means nothing.
/// </param>
public readonly record struct CouncilShot(int Symbol, int Redraws, bool Kept);
