using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Midi.Jack;

namespace QuantumImprov.Host.Measuring;

/// <summary>Makes a table of the echoes that came back: the median of each velocity; the least of them is what every note waits, the rest is added by velocity.</summary>
public static class LatencyTabulation
{
    /// <summary>
    /// The table of <paramref name="measured"/>. A velocity of which less than half came back is left out; false, with one sentence, when less than half of all did, or more than can be made up for would have to be.
    /// </summary>
    public static bool TryMake(CalibrationResult measured, [NotNullWhen(true)] out LatencyTable? table, out string reason)
    {
        table = null;
        var (sent, received) = (measured.Sent.Sum(), measured.Echoes.Sum(e => e.Frames.Count));
        if (received == 0 || received * 2 < sent)
        {
            reason = $"Of {sent} notes to {measured.Output} {received} came back in time; allowed is a way back on which at least half of them do, so nothing was written.";
            return false;
        }

        var medians = measured.Echoes.Where((e, i) => e.Frames.Count > 0 && e.Frames.Count * 2 >= measured.Sent[i]).Select(e => (e.Velocity, Ms: Math.Round(Median(e.Frames) * 1000 / measured.Rate, 3))).ToList();
        var (least, most) = (medians.Min(m => m.Ms), medians.Max(m => m.Ms));
        ImmutableArray<LatencyPoint> points = least == most ? [] : [.. medians.Select(m => new LatencyPoint(m.Velocity, Math.Round(m.Ms - least, 3)))];
        table = LatencyTable.TryMake(least, points, out var fault);
        reason = fault is null ? "" : FormattableString.Invariant($"{measured.Output} lets notes wait up to {most:0.#} ms; allowed is up to {LatencyTable.MostMs}, so nothing was written.");
        return fault is null;
    }

    private static double Median(IReadOnlyList<int> ascending) => (ascending[(ascending.Count - 1) / 2] + ascending[ascending.Count / 2]) / 2.0;
}
