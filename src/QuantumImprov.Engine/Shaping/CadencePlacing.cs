using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// Puts the ending where it belongs: on a beat of the bar on which the repertoire's phrases end, held, and followed by rest. Allocates nothing. [engine]
/// </summary>
internal static class CadencePlacing
{
    private const double Early = .25;
    private static readonly Beats ShortRest = new(Beats.PerQuarter / 2);

    /// <summary>The ending at <paramref name="last"/>, a felt beat, with that of another voice. What lies behind it is dropped; a note is put there if none is.</summary>
    internal static void EndAt(AnswerPlan plan, Beats last)
    {
        var kept = 0;
        while (kept < plan.Count && plan.Slots[kept].Onset < last) kept++;
        var velocity = kept < plan.Count ? plan.Slots[kept].Velocity : plan.Count > 0 ? plan.Slots[^1].Velocity : (byte)80;
        Put(plan, Math.Min(kept, AnswerPlan.Capacity - 1), last, velocity);
    }

    /// <summary>The ending within the last bar of the answer that leaves room to hold and to rest. What lies behind it is dropped; a note is put there if none is.</summary>
    internal static void EndIn(AnswerPlan plan, DegreeFlow flow, Xoshiro random)
    {
        var (bar, beat) = (plan.Metre.Bar, plan.Metre.Beat);
        var room = Beats.Min(beat + RestAfter(beat), bar);
        var latest = FloorToBeat(plan, plan.End - room);
        // One short bar: a shorter hold is better than an answer of a single note.
        if (latest <= plan.Start) latest = Beats.Max(plan.Start, FloorToBeat(plan, plan.End - beat));
        var earliest = Beats.Max(plan.Start + Beats.Min(beat, latest - plan.Start), latest - bar + beat);
        // Two notes before it, where there is room.
        if (plan.Count > 1) earliest = Beats.Max(earliest, Beats.Min(latest, FloorToBeat(plan, plan.Slots[1].Onset) + beat));
        EndAt(plan, Draw(plan, flow, earliest, latest, random));
    }

    /// <summary>The ending as note <paramref name="notes"/> of the answer, within a bar after the one before it; the answer then lasts as many bars as that takes.</summary>
    internal static void EndAfter(AnswerPlan plan, int notes, DegreeFlow flow, Xoshiro random)
    {
        var (bar, beat) = (plan.Metre.Bar, plan.Metre.Beat);
        var before = Math.Min(Math.Min(notes, AnswerPlan.Capacity) - 1, plan.Count);
        var earliest = before == 0 ? plan.Start : FloorToBeat(plan, plan.Slots[before - 1].Onset) + beat;
        var last = before == 0 ? plan.Start : Draw(plan, flow, earliest, earliest + bar - beat, random);
        plan.Bars = (int)((last + beat + ShortRest - plan.Start - new Beats(1)).Ticks / bar.Ticks) + 1;
        plan.End = plan.Start + bar * plan.Bars;
        Put(plan, before, last, before == 0 ? (byte)80 : plan.Slots[before - 1].Velocity);
    }

    private static void Put(AnswerPlan plan, int index, Beats last, byte velocity)
    {
        var beat = plan.Metre.Beat;
        var free = plan.End - last;
        var held = Beats.Min(beat * 2, free - Beats.Min(RestAfter(beat), new Beats(free.Ticks / 2)));
        // Who has played chords ends with one.
        var chord = false;
        for (var i = 0; i < index; i++) chord |= plan.Slots[i].Chord;
        plan.Store[index] = new Slot(last, held, velocity, Chord: chord);
        plan.Count = index + 1;
    }

    private static Beats RestAfter(Beats beat) => Beats.Max(ShortRest, new Beats(beat.Ticks / 2));

    private static Beats FloorToBeat(AnswerPlan plan, Beats at) => plan.BarOrigin + (at - plan.BarOrigin).Floor(plan.Metre.Beat);

    // One of the beats from earliest to latest, as often as phrases end there.
    private static Beats Draw(AnswerPlan plan, DegreeFlow flow, Beats earliest, Beats latest, Xoshiro random)
    {
        var beat = plan.Metre.Beat;
        var beats = (int)(plan.Metre.Bar.Ticks / beat.Ticks);
        var total = 0.0;
        for (var at = earliest; at <= latest; at += beat) total += Weight(at);
        var left = random.NextDouble() * total;
        if (total <= 0) return latest;
        for (var at = latest; at >= earliest; at -= beat)
        {
            left -= Weight(at);
            if (left < 0) return at;
        }

        return latest;

        // An ending long before the last moment leaves the answer's bar empty.
        double Weight(Beats at) => flow.EndingsAt(beats, Index(at)) * ((latest - at).Ticks * 2 >= plan.Metre.Bar.Ticks ? Early : 1);

        int Index(Beats at) => (int)((at - plan.BarOrigin).Modulo(plan.Metre.Bar).Ticks / beat.Ticks) % beats;
    }
}
