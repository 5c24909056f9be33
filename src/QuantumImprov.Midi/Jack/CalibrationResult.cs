namespace QuantumImprov.Midi.Jack;

/// <summary>How long an output let notes wait; of the last run when there were several.</summary>
/// <param name="Output">The output's full name.</param>
/// <param name="Echoes">The wait of each note that came back, by velocity from soft to loud: frames from the one it was meant for, ascending.</param>
/// <param name="Sent">Notes of each velocity that were played.</param>
/// <param name="Rate">Frames a second.</param>
/// <param name="Xruns">Xruns the server reported after the warm-up.</param>
/// <param name="Attempts">How many runs it took, from 1.</param>
/// <param name="IsNative">Whether the callbacks were native.</param>
public sealed record CalibrationResult(string Output, IReadOnlyList<(int Velocity, IReadOnlyList<int> Frames)> Echoes, IReadOnlyList<int> Sent, int Rate, long Xruns, int Attempts, bool IsNative)
{
    /// <summary>All notes together, as other measurements tell them.</summary>
    public FollowTimingResult Whole => new(Sent.Sum(), Echoes.Sum(e => e.Frames.Count), [.. Echoes.SelectMany(e => e.Frames).Order()], 0, Rate, Xruns, Attempts, IsNative);
}
