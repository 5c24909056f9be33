using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Storage.Journal;

/// <summary>A command that was given in a session.</summary>
/// <param name="At">When it took effect.</param>
/// <param name="Name">The command.</param>
/// <param name="Arguments">Its arguments, as text.</param>
public sealed record JournalCommand(HostTime At, string Name, ImmutableArray<string> Arguments);
