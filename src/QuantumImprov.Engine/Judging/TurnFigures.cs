namespace QuantumImprov.Engine.Judging;

/// <summary>How the partner took its turns at known phrase ends.</summary>
/// <param name="Ends">How many phrase ends there were.</param>
/// <param name="Unanswered">After how many of them the partner never played again.</param>
/// <param name="DelayP50Beats">Half of the delays are not above this, in quarters; null when it is among the unanswered.</param>
/// <param name="DelayP90Beats">Nine in ten are not above this.</param>
/// <param name="DelayMaxBeats">None is above this.</param>
/// <param name="Interruptions">How many phrases the partner broke into.</param>
public sealed record TurnFigures(int Ends, int Unanswered, double? DelayP50Beats, double? DelayP90Beats, double? DelayMaxBeats, int Interruptions)
{
    /// <summary>The figures of <paramref name="turns"/>, at least one.</summary>
    public static TurnFigures Of(IReadOnlyList<PhraseTurn> turns)
    {
        double[] delays = [.. turns.Select(t => t.Delay).Order()];
        return new TurnFigures(turns.Count, delays.Count(double.IsInfinity), Percentile(delays, .5), Percentile(delays, .9), Percentile(delays, 1), turns.Count(t => t.IsInterrupted));
    }

    // Nearest rank: the smallest that so large a share does not exceed.
    private static double? Percentile(double[] sorted, double share)
    {
        var at = sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length - 1e-9) - 1)];
        return double.IsInfinity(at) ? null : at;
    }
}
