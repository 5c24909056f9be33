using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Judging;

/// <summary>What happened at the end of one of the performer's phrases.</summary>
/// <param name="Delay">From the end to the partner's next onset, in quarters, 0 or more; infinite when none came.</param>
/// <param name="IsInterrupted">Whether the partner began a note after the phrase's first onset and before its end.</param>
public readonly record struct PhraseTurn(double Delay, bool IsInterrupted)
{
    /// <summary>
    /// A turn for each of <paramref name="ends"/>. A phrase begins with the performer's first onset that is not before the end of the one before; all three are in order of time.
    /// </summary>
    public static ImmutableArray<PhraseTurn> Of(IReadOnlyList<Beats> performer, IReadOnlyList<Beats> ends, IReadOnlyList<Beats> partner)
    {
        var turns = ImmutableArray.CreateBuilder<PhraseTurn>();
        for (var i = 0; i < ends.Count; i++)
        {
            var end = ends[i];
            var next = partner.Where(on => on >= end).Select(on => (on - end).Quarters).DefaultIfEmpty(double.PositiveInfinity).First();
            Beats? start = performer.Where(on => (i == 0 || on >= ends[i - 1]) && on < end).Select(on => (Beats?)on).FirstOrDefault();
            turns.Add(new PhraseTurn(next, start is { } begun && partner.Any(on => on > begun && on < end)));
        }

        return turns.ToImmutable();
    }
}
