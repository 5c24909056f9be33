namespace QuantumImprov.Quantum.Bank.Supply;

/// <summary>How a bank is supplied. Immutable.</summary>
public sealed record SupplyOptions
{
    /// <summary>What our tags begin with, unique for this run.</summary>
    public required string TagPrefix { get; init; }

    /// <summary>Half of the jobs are expected to take no longer, until it is measured; default 12 s.</summary>
    public TimeSpan ExpectedLatency { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Nineteen of twenty jobs are expected to take no longer, until it is measured; default 60 s.</summary>
    public TimeSpan ExpectedSlow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The stock lasts at least so long; default one minute.</summary>
    public TimeSpan LeastDepth { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the stock is to last, whatever jobs take; null: as long as their latency asks for.</summary>
    public TimeSpan? Target { get; init; }

    /// <summary>A job that has not come after so long, and four times what slow jobs take, is called off; default five minutes.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most jobs open at once; default 2.</summary>
    public int JobsOpen { get; init; } = 2;
}
