using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// Decides in which form the opening of the call returns at the opening of the answer, and writes the pitches that form wants into the answer's slots. They are wishes: shaping damps what differs
/// from them, and the note is measured all the same. Allocates nothing. [engine]
/// </summary>
public static class MotifPlanning
{
    /// <summary>The fewest and the most notes of a motif.</summary>
    public const int Fewest = 3, Most = 8;

    // How far a form may be moved to fit the range, in steps of the key.
    private const int MostShift = 7;

    private const double TransposedShare = .4, InvertedShare = .25, AugmentedShare = .15;

    /// <summary>Draws a form: as it was with the probability <paramref name="sameness"/> (0 to 1), which the repertoire suggests.</summary>
    internal static MotifForm Draw(double sameness, Xoshiro random)
    {
        if (random.NextDouble() < sameness) return MotifForm.Same;
        return random.NextDouble() switch
        {
            < TransposedShare => MotifForm.Transposed,
            < TransposedShare + InvertedShare => MotifForm.Inverted,
            < TransposedShare + InvertedShare + AugmentedShare => MotifForm.Augmented,
            _ => MotifForm.RhythmOnly,
        };
    }

    /// <summary>Makes room for an augmented motif: the answer begins with the opening's notes at twice their distance. False, and nothing is changed, when there is no room for it.</summary>
    internal static bool Stretch(AnswerPlan plan, Call call)
    {
        var bar = plan.Metre.Bar;
        var length = OpeningOf(call, bar);
        var from = Beats.Max(plan.Start, plan.FirstBar);
        if (length < Fewest || plan.End - from < bar * 3) return false;
        var origin = call.Notes[0].Onset;
        var over = from + Beats.Max(bar, (call.Notes[length - 1].Onset + call.Notes[length - 1].Duration - origin) * 2).Ceiling(plan.Metre.Beat);
        var (lead, kept) = (0, 0);
        while (lead < plan.Count && plan.Slots[lead].Onset < from) lead++;
        while (kept < plan.Count && plan.Slots[kept].Onset < over) kept++;
        if (kept == plan.Count) return false;
        var rest = Math.Min(plan.Count - kept, AnswerPlan.Capacity - lead - length);
        plan.Store.Slice(kept, rest).CopyTo(plan.Store[(lead + length)..]);
        for (var i = 0; i < length; i++)
        {
            var note = call.Notes[i];
            plan.Store[lead + i] = new Slot(from + (note.Onset - origin) * 2, note.Duration * 2, note.Velocity, (short)i, Push: note.Push, Chord: note.Beside != 0);
        }

        plan.Count = lead + length + rest;
        return true;
    }

    /// <summary>Writes what the plan's form wants into the slots that have the opening's rhythm, the first ones or those after what leads up to them; gives where they begin, how many there are, and the steps of the key it was moved by.</summary>
    internal static (int Place, int Notes, int Steps) Aim(AnswerPlan plan, Call call, Xoshiro random)
    {
        if (plan.Motif is MotifForm.None or MotifForm.RhythmOnly) return default;
        var opening = OpeningOf(call, plan.Metre.Bar);
        var (place, notes) = (0, 0);
        var first = 0;
        while (first < plan.Count && plan.Slots[first].Onset < plan.FirstBar) first++;
        // What leads up to the bar line is of the motif where the call began so, not where it is taken from the call's end.
        while (place < first && !(IsOfOpening(place) && first < plan.Count && plan.Slots[place].Source < plan.Slots[first].Source)) place++;
        // The last place belongs to the ending.
        while (place + notes < plan.Count - 1 && IsOfOpening(place + notes) && (notes == 0 || plan.Slots[place + notes].Source > plan.Slots[place + notes - 1].Source)) notes++;
        if (notes < Fewest) return default;
        var octaves = OctavesBetween(call.Range, plan.Range);
        var drawn = plan.Motif == MotifForm.Transposed ? random.NextInt(2) == 0 ? 1 + random.NextInt(4) : -1 - random.NextInt(4) : 0;
        for (var apart = 0; apart <= MostShift; apart++)
        {
            // What returns as it was, or stretched, is not moved.
            if (apart > 0 && plan.Motif is MotifForm.Same or MotifForm.Augmented) break;
            foreach (var steps in (ReadOnlySpan<int>)[drawn + apart, drawn - apart])
            {
                if (plan.Motif == MotifForm.Transposed && steps == 0) continue;
                if (TryAim(plan, call, place, notes, octaves, steps)) return (place, notes, steps);
            }
        }

        return default;

        bool IsOfOpening(int index) => plan.Slots[index].Source >= 0 && plan.Slots[index].Source < opening;
    }

    // False, and nothing is written, when a pitch lies outside the plan's range.
    private static bool TryAim(AnswerPlan plan, Call call, int place, int notes, int octaves, int steps)
    {
        for (var write = 0; write < 2; write++)
        {
            for (var i = place; i < place + notes; i++)
            {
                var slot = plan.Slots[i];
                var pitch = call.Notes[slot.Source].Pitch;
                var form = plan.Motif == MotifForm.Inverted ? DiatonicSteps.Mirror(plan.Key, pitch, call.Notes[plan.Slots[place].Source].Pitch) : pitch;
                var target = octaves + (steps == 0 ? form : DiatonicSteps.Move(plan.Key, form, steps));
                if (target < plan.Range.Low || target > plan.Range.High) return false;
                if (write == 1) plan.Store[i] = slot with { Target = (short)target };
            }
        }

        return true;
    }

    // The notes of the first bar after the call's beginning, or of two bars where that is too few.
    private static int OpeningOf(Call call, Beats bar)
    {
        var count = 0;
        foreach (var within in (ReadOnlySpan<long>)[1, 2])
        {
            count = 0;
            while (count < call.Notes.Length && count < Most && call.Notes[count].Onset - call.Notes[0].Onset < bar * within) count++;
            if (count >= Fewest) break;
        }

        return count;
    }

    internal static int OctavesBetween((int Low, int High) call, (int Low, int High) plan)
    {
        var apart = (plan.Low + plan.High - call.Low - call.High) / 2.0;
        return (int)Math.Round(apart / 12) * 12;
    }
}
