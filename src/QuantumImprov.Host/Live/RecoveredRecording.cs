using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Live;

/// <summary>What came of the journal of a session that ended unexpectedly.</summary>
/// <param name="Sentence">For a person; empty where there is nothing to say.</param>
/// <param name="Silencing">What silences a receiver it had played for.</param>
public sealed record RecoveredRecording(string Sentence, ImmutableArray<ShortMessage> Silencing);
