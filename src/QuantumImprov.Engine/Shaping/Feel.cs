using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>Moves notes about their places in the metre: towards them, and the second halves of beats towards the last third. Allocates nothing. [engine]</summary>
internal static class Feel
{
    /// <summary>Brings the plan's microtiming to <paramref name="swing"/> and <paramref name="quantise"/>, 0 to 1 each; at 0 both leave it as the performer's.</summary>
    internal static void Bring(AnswerPlan plan, double swing, double quantise)
    {
        if (swing == 0 && quantise == 0) return;
        var (beat, half) = (plan.Metre.Beat, plan.Metre.Division);
        // A beat of three divisions has no half to delay.
        var swings = half.Ticks * 2 == beat.Ticks;
        var third = new Beats(beat.Ticks / 6);
        for (var i = 0; i < plan.Count; i++)
        {
            var slot = plan.Slots[i];
            var push = Scaled(slot.Push, 1 - quantise);
            // What the performer swings already is not swung twice.
            if (swings && push < third && (slot.Onset - plan.BarOrigin).Modulo(beat) == half) push += Scaled(third - push, swing);
            // Who was held to the next note still is.
            if (i > 0 && push > slot.Push && plan.Slots[i - 1] is var before && before.Onset + before.Duration >= slot.Onset) plan.Store[i - 1] = before with { Duration = before.Duration + (push - slot.Push) };
            plan.Store[i] = slot with { Push = push };
        }
    }

    private static Beats Scaled(Beats length, double by) => new((long)Math.Round(length.Ticks * by));
}
