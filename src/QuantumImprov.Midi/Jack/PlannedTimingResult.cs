namespace QuantumImprov.Midi.Jack;

/// <summary>What a peer measured of planned notes; of the last run when there were several.</summary>
/// <param name="Sent">Notes handed to the player.</param>
/// <param name="Received">Of them, notes the peer received.</param>
/// <param name="ExactFrameShare">Notes received at exactly their planned frame, as a share of those sent, 0 to 1.</param>
/// <param name="Xruns">Xruns the server reported after the warm-up.</param>
/// <param name="Attempts">How many runs it took, from 1.</param>
/// <param name="LateNotes">Notes that reached the player after their instant.</param>
/// <param name="WorstError">The greatest distance of a received note from its frame, in frames.</param>
/// <param name="LongestPeriod">The longest the process callback took.</param>
/// <param name="AllocatedBytes">Bytes the process callback allocated.</param>
/// <param name="IsRealTime">Whether the server gives its clients real-time priority.</param>
/// <param name="IsNative">Whether the callbacks were native.</param>
public sealed record PlannedTimingResult(
    int Sent,
    int Received,
    double ExactFrameShare,
    long Xruns,
    int Attempts,
    long LateNotes,
    long WorstError,
    TimeSpan LongestPeriod,
    long AllocatedBytes,
    bool IsRealTime,
    bool IsNative);
