namespace QuantumImprov.Host.Stage.Archive;

/// <summary>What came of playing a recording again from its journal.</summary>
/// <param name="Identical">Whether the partner plays the same; null: it cannot be played again.</param>
/// <param name="Sentence">That in one sentence.</param>
public sealed record StageReplay(bool? Identical, string Sentence);
