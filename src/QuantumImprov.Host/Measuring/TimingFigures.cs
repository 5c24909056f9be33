using System.Text.Json.Serialization;

namespace QuantumImprov.Host.Measuring;

/// <summary>What every <c>measure</c> answers, in the order of its JSON.</summary>
/// <param name="Sent">Notes planned, or played in.</param>
/// <param name="Received">Of them, notes the peer received.</param>
/// <param name="MedianMs">The median of what is measured, in milliseconds; null where it has no meaning.</param>
/// <param name="P99Ms">Its 99th percentile.</param>
/// <param name="SdMs">Standard deviation of the latency.</param>
/// <param name="ExactFrameShare">Notes at exactly their frame, as a share of those sent.</param>
/// <param name="Xruns">Xruns of the last attempt after its first second.</param>
/// <param name="Attempts">Runs it took.</param>
/// <param name="Native">Whether the callbacks were native.</param>
public sealed record TimingFigures(
    int Sent,
    int Received,
    double? MedianMs,
    [property: JsonPropertyName("p99_ms")] double? P99Ms,
    double? SdMs,
    double ExactFrameShare,
    long Xruns,
    int Attempts,
    bool Native)
{
    /// <summary>The same in a sentence.</summary>
    [JsonIgnore]
    public string Sentence
    {
        get
        {
            var latency = MedianMs is null ? "" : FormattableString.Invariant($" median {MedianMs:0.###} ms, 99 % within {P99Ms:0.###} ms, standard deviation {SdMs:0.###} ms,");
            return FormattableString.Invariant(
                $"{Sent} sent, {Received} received,{latency} {ExactFrameShare:0.0000} at exactly their frame, {Xruns} xruns, attempt {Attempts}, {(Native ? "native" : "managed")} callback.");
        }
    }
}
