using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// Fills an answer with rhythm: bar by bar a measured cell (see <see cref="RhythmCells"/>), its notes at the places of the bar where they stood there, so that what was strong stays strong. Allocates nothing after construction. [engine]
/// </summary>
internal sealed class RhythmFilling
{
    private readonly RhythmCells _cells = new();

    /// <summary>The repertoire whose rhythms may be borrowed; null: the call's alone are.</summary>
    internal PhraseArchive? Archive { get; set; }

    /// <summary>How coherently the views of a cell are heard, 0 to 1.</summary>
    internal double Coherence { get; set; } = 1;

    /// <summary>Slots from the plan's start to its end, or until there are <paramref name="enough"/>; with <paramref name="variation"/>, 0 to 1, bars take other cells than that of the call's bar that corresponds to them.</summary>
    internal void Fill(AnswerPlan plan, Call call, double variation, int enough, Xoshiro random)
    {
        var bar = plan.Metre.Bar;
        plan.Count = 0;
        var line = call.Notes.IsEmpty ? plan.Start : plan.BarOrigin;
        var (first, bars) = RhythmCells.BarsOf(call.Notes, line, bar);
        // Borrowed rhythms have no chords of the other hand.
        if (variation > 0) _cells.Read(call, line, plan.Metre, HasChords(call) ? null : Archive);
        var previous = -1;
        // Who comes in past the middle of a bar leads up to the first one: as the call did, or as its last bar would to another.
        if (plan.Start < plan.FirstBar && !CopyBar(plan, call, first - bar, plan.FirstBar - bar) && !CopyBar(plan, call, first + bar * (bars - 1), plan.FirstBar - bar)) CopyBeats(plan, plan.FirstBar - bar, call.Loudness);
        // Of a plan that begins within a bar one bar more than it has.
        var touched = enough == int.MaxValue ? (int)((plan.End - plan.FirstBar - new Beats(1)).Ticks / bar.Ticks) + 1 : 0;
        for (var (index, target) = (0, plan.FirstBar); target < plan.End && plan.Count < enough; index++, target += bar)
        {
            var own = index % bars;
            if (variation > 0)
            {
                var corresponding = _cells.OwnAt(own);
                var place = touched > 0 ? RhythmCells.PlaceOf(index, touched) : PlaceInPhrase.Within;
                previous = index == 0 ? corresponding : _cells.Choose(corresponding, previous, place, variation, Coherence, random);
                // The corresponding bar itself, rather than another with the same onsets.
                if (previous >= 0 && previous != corresponding && Copy(plan, call, _cells[previous], target)) continue;
            }

            if (!CopyBar(plan, call, first + bar * own, target) && !CopyBar(plan, call, Busiest(call, first, bar), target)) CopyBeats(plan, target, call.Loudness);
        }

        // A rest at the beginning of the call is no reason to come in late.
        if (plan.Count > 0) plan.Store[0] = plan.Slots[0] with { Onset = plan.Start };
    }

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

    private bool Copy(AnswerPlan plan, Call call, in RhythmCells.Bar cell, Beats target)
    {
        if (cell.Phrase < 0) return CopyBar(plan, call, cell.Start, target);
        var notes = Archive!.Notes(cell.Phrase);
        var (bar, loudness) = (plan.Metre.Bar, 0.0);
        foreach (var note in notes) loudness += note.Velocity;

        // Its accents and lengths, at the call's loudness and articulation.
        var (louder, longer) = (call.Loudness - loudness / notes.Length, HoldShare.Of(call.Notes) / HoldShare.Of(notes));
        foreach (var note in notes)
        {
            if (note.Onset < cell.Start || note.Onset >= cell.Start + bar) continue;
            var duration = Beats.Max(new Beats((long)(note.Duration.Ticks * longer)), new Beats(1));
            Add(plan, note.Onset - cell.Start + target, duration, (byte)Math.Clamp(note.Velocity + louder, 1, 127), -1);
        }

        return true;
    }

    private static bool HasChords(Call call)
    {
        foreach (var note in call.Notes)
        {
            if (note.Beside != 0) return true;
        }

        return false;
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
