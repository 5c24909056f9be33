using System.Collections.Immutable;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>A melody to be predicted.</summary>
/// <param name="Name">Where it came from.</param>
/// <param name="Pitches">0 to 127, in order.</param>
public sealed record Melody(string Name, ImmutableArray<int> Pitches);
