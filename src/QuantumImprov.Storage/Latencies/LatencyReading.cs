using System.Collections.Immutable;

namespace QuantumImprov.Storage.Latencies;

/// <summary>What came of reading the file of latencies.</summary>
public abstract record LatencyReading
{
    private LatencyReading()
    {
    }

    /// <summary>The file is whole, or not there yet.</summary>
    /// <param name="Outputs">In the order of the file, each output once.</param>
    public sealed record Known(ImmutableArray<OutputLatency> Outputs) : LatencyReading;

    /// <summary>The file is there and cannot be used; it was left as it is.</summary>
    /// <param name="Sentence">Why, in one sentence.</param>
    public sealed record Unusable(string Sentence) : LatencyReading
    {
        /// <summary>The same for somebody who wants to write it.</summary>
        public string Refusal => $"{Sentence} It was left as it is; move it away first.";
    }
}
