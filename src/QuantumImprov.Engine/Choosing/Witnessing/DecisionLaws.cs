using System.Collections.Immutable;

namespace QuantumImprov.Engine.Choosing.Witnessing;

/// <summary>The laws of one decision, each with one entry a candidate and sum 1; empty where the chain has none such. Immutable.</summary>
public sealed record DecisionLaws
{
    /// <summary>What the same members would give with selector and memory dephased, before shaping: they are mixed, and nothing interferes.</summary>
    public ImmutableArray<double> Blend { get; init; } = [];

    /// <summary>What interference makes of them at the coherence dialled, before shaping.</summary>
    public ImmutableArray<double> Interfered { get; init; } = [];

    /// <summary>The law that was drawn from: interference, damped by what the plan favours.</summary>
    public required ImmutableArray<double> Shaped { get; init; }

    /// <summary>The shaped law at full coherence.</summary>
    public ImmutableArray<double> Coherent { get; init; } = [];

    /// <summary>The shaped law without any.</summary>
    public ImmutableArray<double> Dephased { get; init; } = [];
}
