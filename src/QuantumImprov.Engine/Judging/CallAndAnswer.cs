using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Judging;

/// <summary>A call and one answer to it. Immutable.</summary>
/// <param name="Call">In order of time; at least one note.</param>
/// <param name="Answer">In order of time; at least one note.</param>
/// <param name="Key">The key the answer is judged in.</param>
public sealed record CallAndAnswer(ImmutableArray<MeasuredNote> Call, ImmutableArray<MeasuredNote> Answer, Key Key);
