using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Backends;

/// <summary>The circuit ran.</summary>
/// <param name="ByBits">How often each word of classical bits was read; the sum is the number of shots.</param>
/// <param name="Shots">Every shot's classical bits in the order taken; empty when the backend only reports counts.</param>
public sealed record Counts(IReadOnlyDictionary<ulong, int> ByBits, ImmutableArray<ulong> Shots) : BackendReply
{
    /// <summary>Counts shots.</summary>
    public static Counts Of(ImmutableArray<ulong> shots)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var shot in shots) counts[shot] = counts.GetValueOrDefault(shot) + 1;
        return new Counts(counts, shots);
    }
}
