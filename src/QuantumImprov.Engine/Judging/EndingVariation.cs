namespace QuantumImprov.Engine.Judging;

/// <summary>Total variation of ending degrees from those of the repertoire's melodies, each of which counts in the key of its whole.</summary>
/// <param name="Human">Of the people's second halves, in the key of the whole.</param>
/// <param name="Partner">Of the answers, in the same key.</param>
/// <param name="Planned">Of the answers, each in the key of its plan.</param>
public sealed record EndingVariation(double? Human, double? Partner, double? Planned);
