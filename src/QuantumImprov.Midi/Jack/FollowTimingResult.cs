namespace QuantumImprov.Midi.Jack;

/// <summary>What a peer measured of keys that are followed at once, or of turns that begin on a bar line; of the last run when there were several.</summary>
/// <param name="Sent">Notes played in, or turns.</param>
/// <param name="Received">Of them, notes the peer received, or turns it heard begin.</param>
/// <param name="Latencies">Frames from a note's going in to its coming out, or between a turn's bar line and its first note, ascending.</param>
/// <param name="Period">Frames a period.</param>
/// <param name="Rate">Frames a second.</param>
/// <param name="Xruns">Xruns the server reported after the warm-up.</param>
/// <param name="Attempts">How many runs it took, from 1.</param>
/// <param name="IsNative">Whether the callbacks were native.</param>
public sealed record FollowTimingResult(int Sent, int Received, IReadOnlyList<int> Latencies, int Period, int Rate, long Xruns, int Attempts, bool IsNative)
{
    /// <summary>Notes that came out at the very frame they went in at, or turns that began at their bar line's, as a share of those sent, 0 to 1.</summary>
    public double ExactFrameShare => (double)Latencies.Count(latency => latency == 0) / Math.Max(1, Sent);

    /// <summary>Standard deviation of the latency, in milliseconds; null when nothing was received.</summary>
    public double? DeviationMs
    {
        get
        {
            if (Latencies.Count == 0) return null;
            var mean = Latencies.Average();
            return Milliseconds(Math.Sqrt(Latencies.Average(latency => (latency - mean) * (latency - mean))));
        }
    }

    /// <summary>
    /// The latency that a share <paramref name="share"/> of the notes does not exceed, beyond <paramref name="periods"/> periods, in milliseconds, never below 0; null
    /// when nothing was received.
    /// </summary>
    public double? QuantileMs(double share, int periods) =>
        Latencies.Count == 0 ? null : Milliseconds(Math.Max(0, Latencies[Math.Clamp((int)Math.Ceiling(share * Latencies.Count) - 1, 0, Latencies.Count - 1)] - periods * Period));

    private double Milliseconds(double frames) => frames * 1000 / Rate;
}
