using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Host.Replaying;

/// <summary>A note that a replayed session handed to its player.</summary>
/// <param name="Note">The note.</param>
/// <param name="At">When it was handed over.</param>
/// <param name="FromDevice">Whether a shot of a device, or of a simulated one, chose it.</param>
/// <param name="Cut">When it was made stale, as when the performer came in: from then on it might not begin any more, and it ended soon; never: it was not.</param>
internal readonly record struct HandedNote(PlannedNote Note, HostTime At, bool FromDevice, HostTime Cut)
{
    /// <summary>Whether the player had it so late that it went out with its next period: a beat found anew had moved it to the present or before.</summary>
    internal bool IsOverdue => Note.On < At.Plus(PlanAhead.SoonestStart);
}
