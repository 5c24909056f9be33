namespace QuantumImprov.Engine.Choosing;

/// <summary>One shot of a chain's circuit.</summary>
/// <param name="Symbol">An index of the candidates.</param>
/// <param name="Redraws">Shots thrown away before.</param>
/// <param name="Kept">Whether it follows the chain's law; false when no shot was kept within the bound.</param>
public readonly record struct ChainShot(int Symbol, int Redraws, bool Kept);
