using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>Where a phrase of the performer lies in time. Immutable. [any]</summary>
/// <param name="Number">Which of the session's phrases, from 1.</param>
/// <param name="Begins">Its first onset.</param>
/// <param name="Ends">When its last key came up; null while it is being played.</param>
/// <param name="OpeningEnds">Where the part of it ends that the answer took up; null when it took up none.</param>
public readonly record struct PhraseSpan(int Number, HostTime Begins, HostTime? Ends, HostTime? OpeningEnds);
