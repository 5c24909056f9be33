using QuantumImprov.Engine.Lookahead;

namespace QuantumImprov.Storage.Latencies;

/// <summary>How long one output lets notes wait.</summary>
/// <param name="Output">The output's full name, as the system has it: 1 to <see cref="LongestName"/> characters.</param>
/// <param name="Table">How long.</param>
public sealed record OutputLatency(string Output, LatencyTable Table)
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 500;
}
