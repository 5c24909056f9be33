using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Session;

/// <summary>What both played, as one performance of two tracks.</summary>
public static class Recording
{
    /// <summary>The names of the two tracks.</summary>
    public const string PerformerTrack = "performer", PartnerTrack = "partner";

    /// <summary>Puts the <paramref name="partner"/>'s messages, timed from the performance's start, beside <paramref name="performance"/> itself; <paramref name="texts"/> stand in the partner's track.</summary>
    public static Performance Of(Performance performance, ImmutableArray<TimedMessage> partner, IEnumerable<(HostTime At, string Text)>? texts = null)
    {
        var map = performance.Map;
        var messages = performance.Messages.Select(m => m with { Track = 0 })
            .Concat(partner.Select(m => new PartMessage(map.ToBeats(m.At), 1, m.Message)))
            .OrderBy(m => m.At)
            .ToImmutableArray();
        return performance with
        {
            Messages = messages,
            Texts = [.. performance.Texts, .. (texts ?? []).Select(t => new PartText(map.ToBeats(t.At), 1, t.Text))],
            TrackNames = [PerformerTrack, PartnerTrack],
            End = messages.IsEmpty ? performance.End : Beats.Max(performance.End, messages[^1].At),
        };
    }
}
