using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Backends;

/// <summary>A job's results, circuit by circuit in the order of the request.</summary>
/// <param name="Circuits">What each circuit read.</param>
public sealed record Finished(ImmutableArray<Counts> Circuits) : BackendReply
{
    /// <summary>What the backend says the job cost, in the currency of its prices; null when it does not say.</summary>
    public decimal? Cost { get; init; }
}
