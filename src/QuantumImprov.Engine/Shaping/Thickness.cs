using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// Makes an answer's rhythm thinner or thicker than the call's: weak places are left out before strong ones, long notes are divided. In the middle nothing is done and nothing drawn. Allocates nothing. [engine]
/// </summary>
internal static class Thickness
{
    // How likely a place is left out when the dial is at 0: between the beats, on one, on a bar line or the half of a bar.
    private const double Between = 1, OnBeat = .6, OnStrongBeat = .25;

    // A divided note's second half is struck less hard.
    private const int Softer = 8;

    /// <summary>Brings the plan's places to <paramref name="density"/>, 0 to 1; .5 leaves them.</summary>
    internal static void Bring(AnswerPlan plan, double density, Xoshiro random)
    {
        if (density < .5) Thin(plan, 1 - 2 * density, random);
        else if (density > .5) Divide(plan, 2 * density - 1, random);
    }

    // The note before a place that is left out is held over it, if it reached nearly that far.
    private static void Thin(AnswerPlan plan, double share, Xoshiro random)
    {
        var kept = 0;
        for (var i = 0; i < plan.Count; i++)
        {
            var slot = plan.Slots[i];
            if (i > 0 && random.NextDouble() < share * Weakness(plan, slot.Onset))
            {
                var before = plan.Slots[kept - 1];
                if (before.Onset + new Beats(before.Duration.Ticks * 3 / 2) >= slot.Onset) plan.Store[kept - 1] = before with { Duration = slot.Onset + slot.Duration - before.Onset };
                continue;
            }

            plan.Store[kept++] = slot;
        }

        plan.Count = kept;
    }

    private static double Weakness(AnswerPlan plan, Beats onset)
    {
        var inBar = (onset - plan.BarOrigin).Modulo(plan.Metre.Bar);
        if (inBar.Modulo(plan.Metre.Beat) != Beats.Zero) return Between;
        return inBar == Beats.Zero || inBar.Ticks * 2 == plan.Metre.Bar.Ticks ? OnStrongBeat : OnBeat;
    }

    // A beat that is let go a little early is a long note too. From the back, so that every place is moved once; the opening of an answer that takes up a motif is left to it.
    private static void Divide(AnswerPlan plan, double share, Xoshiro random)
    {
        var from = plan.Motif == MotifForm.None ? plan.Start : plan.FirstBar + plan.Metre.Bar;
        Span<bool> divided = stackalloc bool[AnswerPlan.Capacity];
        var added = 0;
        for (var i = 0; i < plan.Count; i++)
        {
            var slot = plan.Slots[i];
            var next = i + 1 < plan.Count ? plan.Slots[i + 1].Onset : plan.End;
            divided[i] = slot.Onset >= from && slot.Duration.Ticks * 4 >= plan.Metre.Beat.Ticks * 3 && next - slot.Onset >= plan.Metre.Beat && plan.Count + added < AnswerPlan.Capacity && random.NextDouble() < share;
            added += divided[i] ? 1 : 0;
        }

        var (before, to) = (plan.Count, plan.Count + added);
        plan.Count = to;
        for (var i = before - 1; i >= 0; i--)
        {
            var slot = plan.Slots[i];
            if (divided[i])
            {
                // A legato call's notes run into the next.
                var length = Beats.Min(slot.Duration, (i + 1 < before ? plan.Slots[to].Onset : plan.End) - slot.Onset);
                var half = Half(plan, length);
                plan.Store[--to] = slot with { Onset = slot.Onset + half, Duration = length - half, Velocity = (byte)Math.Max(1, slot.Velocity - Softer), Source = -1, Chord = false };
                slot = slot with { Duration = half };
            }

            plan.Store[--to] = slot;
        }
    }

    // The middle of the note, on a division of the beat.
    private static Beats Half(AnswerPlan plan, Beats duration) => Beats.Max(plan.Metre.Division, new Beats(duration.Ticks / 2).Round(plan.Metre.Division));
}
