using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// Fills an answer with rhythm: bar by bar a cell of the call, its notes at the places of the bar where they stood there, so that what was strong stays strong. Allocates nothing. [engine]
/// </summary>
internal static class RhythmFilling
{
    /// <summary>
    /// Slots from the plan's start to its end, or until there are <paramref name="enough"/>; with probability <paramref name="variation"/> a bar takes another bar of the call than its own
    /// counterpart.
    /// </summary>
    internal static void Fill(AnswerPlan plan, Call call, double variation, int enough, Xoshiro random)
    {
        var bar = plan.Metre.Bar;
        plan.Count = 0;
        var first = call.Notes.IsEmpty ? plan.Start : LineBefore(plan, call.Notes[0].Onset);
        var bars = call.Notes.IsEmpty ? 1 : (int)((call.Notes[^1].Onset - first).Ticks / bar.Ticks) + 1;
        // An upbeat is no bar of its own.
        var upbeat = bars > 1 && call.Notes[0].Onset - first > new Beats(bar.Ticks / 2) ? 1 : 0;
        for (var (index, target) = (0, LineBefore(plan, plan.Start)); target < plan.End && plan.Count < enough; index++, target += bar)
        {
            var own = upbeat + index % (bars - upbeat);
            var from = random.NextDouble() < variation && index > 0 ? upbeat + random.NextInt(bars - upbeat) : own;
            if (!CopyBar(plan, call, first + bar * from, target) && !CopyBar(plan, call, Busiest(call, first, bar), target)) CopyBeats(plan, target, call.Loudness);
        }

        // A rest at the beginning of the call is no reason to come in late.
        if (plan.Count > 0) plan.Store[0] = plan.Slots[0] with { Onset = plan.Start };
    }

    private static Beats LineBefore(AnswerPlan plan, Beats at) => plan.BarOrigin + (at - plan.BarOrigin).Floor(plan.Metre.Bar);

    // The call's notes of one bar as slots of another, as far as they fall into the answer; false when that leaves next to nothing.
    private static bool CopyBar(AnswerPlan plan, Call call, Beats source, Beats target)
    {
        var (found, bar) = (0, plan.Metre.Bar);
        foreach (var note in call.Notes) found += note.Onset >= source && note.Onset < source + bar && note.Onset - source + target >= plan.Start ? 1 : 0;
        var whole = target >= plan.Start;
        if (found < (whole ? 2 : 1)) return false;
        for (var i = 0; i < call.Notes.Length; i++)
        {
            var note = call.Notes[i];
            if (note.Onset >= source && note.Onset < source + bar) Add(plan, note.Onset - source + target, note.Duration, note.Velocity, i, note.Push, note.Beside != 0);
        }

        return true;
    }

    // One pass, since an hour of scattered notes has more bars than notes.
    private static Beats Busiest(Call call, Beats first, Beats bar)
    {
        var (best, most, here, count) = (first, 0, first, 0);
        foreach (var note in call.Notes)
        {
            var start = first + (note.Onset - first).Floor(bar);
            count = start == here ? count + 1 : 1;
            here = start;
            if (count > most) (best, most) = (here, count);
        }

        return best;
    }

    // A call of one or two notes has no rhythm to take up: plain beats.
    private static void CopyBeats(AnswerPlan plan, Beats target, double loudness)
    {
        for (var at = target; at < target + plan.Metre.Bar; at += plan.Metre.Beat) Add(plan, at, plan.Metre.Beat, (byte)loudness, -1);
    }

    private static void Add(AnswerPlan plan, Beats onset, Beats duration, byte velocity, int source, Beats push = default, bool chord = false)
    {
        if (onset < plan.Start || onset >= plan.End || plan.Count == AnswerPlan.Capacity) return;
        if (plan.Count > 0 && onset <= plan.Store[plan.Count - 1].Onset) return;
        plan.Store[plan.Count++] = new Slot(onset, duration, velocity, (short)source, Push: push, Chord: chord);
    }
}
