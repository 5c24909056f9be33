using System.Collections.Immutable;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Plugin.State;

/// <summary>What a state holds.</summary>
/// <param name="Values">Where the parameters stand, in the table's order.</param>
/// <param name="Content">What was learned; null: what a fresh install knows.</param>
internal sealed record LoadedState(ImmutableArray<double> Values, RepertoireContent? Content);
