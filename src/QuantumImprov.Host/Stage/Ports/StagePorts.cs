using System.Collections.Immutable;

namespace QuantumImprov.Host.Stage.Ports;

/// <summary>Ports, cables and routing as they stand, for the pages. Immutable.</summary>
public sealed record StagePorts
{
    /// <summary>What there is, in one sentence.</summary>
    public required string Says { get; init; }

    /// <summary>Our ports that pages may connect and part; empty where they may not.</summary>
    public ImmutableArray<StageEnd> Ends { get; init; } = [];

    /// <summary>Which channels are heard, played on and passed through.</summary>
    public ImmutableArray<StageRoute> Routes { get; init; } = [];
}
