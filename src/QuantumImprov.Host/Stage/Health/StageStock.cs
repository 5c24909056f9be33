namespace QuantumImprov.Host.Stage.Health;

/// <summary>Shots of one class of context.</summary>
/// <param name="Shots">In stock.</param>
/// <param name="Rate">Used a second.</param>
public readonly record struct StageStock(int Shots, double Rate);
