using System.Collections.Immutable;

namespace QuantumImprov.Host.Stage.Health;

/// <summary>Counts how long something took, in steps that double from half a millisecond. One thread writes without allocating; any may read.</summary>
public sealed class LatencyHistogram
{
    /// <summary>Upper ends of the steps in milliseconds; what is longer than the last has a step of its own.</summary>
    public static ImmutableArray<double> Ends { get; } = [.5, 1, 2, 4, 8, 16, 32, 64];

    private readonly long[] _counts = new long[Ends.Length + 1];

    /// <summary>Counts <paramref name="nanoseconds"/>; less than none counts as none. [one thread]</summary>
    public void Add(long nanoseconds)
    {
        var step = 0;
        while (step < Ends.Length && nanoseconds > Ends[step] * 1e6) step++;
        Volatile.Write(ref _counts[step], _counts[step] + 1);
    }

    /// <summary>How many fell into each step, the last beyond all ends. Allocates. [any]</summary>
    public ImmutableArray<long> Counts => [.. _counts.Select((_, i) => Volatile.Read(ref _counts[i]))];
}
