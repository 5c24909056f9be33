using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Judging;

/// <summary>What the partner said to a call, and what it meant to. Immutable.</summary>
/// <param name="Notes">In order of time; none when nothing was left to choose from.</param>
/// <param name="Key">The key of its plan.</param>
/// <param name="EndDegree">Semitones above that key's tonic on which the plan ends.</param>
/// <param name="Choices">How likely each note was.</param>
/// <param name="HumanChoices">How likely the notes of the second half were in the places of the same plan; none when the chain cannot tell.</param>
public sealed record PartnerAnswer(ImmutableArray<CallNote> Notes, Key Key, int EndDegree, ImmutableArray<Choice> Choices, ImmutableArray<Choice> HumanChoices);
