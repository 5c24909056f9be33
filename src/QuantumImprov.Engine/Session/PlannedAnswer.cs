using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Session;

/// <summary>An answer of a concert.</summary>
/// <param name="Start">Where it was planned to begin.</param>
/// <param name="End">Where it was planned to be over, its last rest included.</param>
/// <param name="Words">The plan in words.</param>
/// <param name="Notes">How many of its notes sounded.</param>
public readonly record struct PlannedAnswer(Beats Start, Beats End, string Words, int Notes);
