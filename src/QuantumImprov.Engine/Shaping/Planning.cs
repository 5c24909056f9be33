using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// Makes the plan of an answer: as many whole bars as the call had, the call's own rhythm bar by bar on the metre's grid, an ending on a stable degree, on a
/// beat, held and followed by rest, and an arc of loudness. Everything is decided before the first pitch. Allocates nothing. [engine]
/// </summary>
public sealed class Planning(PlanningRules rules)
{
    private static readonly Beats ShortRest = new(Beats.PerQuarter / 2);

    /// <summary>How many bars an answer to <paramref name="call"/> has: as many as the call, within the preset's bounds.</summary>
    public int BarsFor(Call call, Metre metre)
    {
        var called = call.Notes.IsEmpty ? metre.Bar : call.End - call.Notes[0].Onset;
        return Math.Clamp((int)(called.Round(metre.Bar).Ticks / metre.Bar.Ticks), rules.LeastBars, rules.MostBars);
    }

    /// <summary>
    /// Plans <paramref name="bars"/> bars in the manner of <paramref name="call"/> that begin at <paramref name="start"/> on <paramref name="timeline"/>, in
    /// <paramref name="key"/>; <paramref name="ending"/> is the degree of the last note, or null to draw one from the repertoire's own endings. With <paramref name="notes"/> above 0 the
    /// answer has so many notes (at most <see cref="AnswerPlan.Capacity"/>) in as many bars as they take.
    /// </summary>
    public void Plan(AnswerPlan plan, Call call, int bars, Beats start, in Timeline timeline, Key key, int? ending, DegreeFlow flow, Xoshiro random, int notes = 0)
    {
        plan.Bars = notes > 0 ? int.MaxValue : bars;
        plan.Start = start;
        plan.End = notes > 0 ? new Beats(long.MaxValue / 2) : start + timeline.Metre.Bar * bars;
        plan.Key = key;
        plan.EndDegree = ending ?? DrawEnding(key.Mode, flow, random);
        plan.Range = RangeFor(call);
        flow.WriteMessages(key.Mode, plan.EndDegree, plan.Messages);
        FillRhythm(plan, call, timeline, random, notes > 0 ? notes : int.MaxValue);
        if (notes > 0) EndAfter(plan, notes, timeline);
        else End(plan, timeline);
        ShapeLoudness(plan, call.Loudness);
    }

    // Stable degrees only, as often as the repertoire ends on them.
    private static int DrawEnding(Mode mode, DegreeFlow flow, Xoshiro random)
    {
        ReadOnlySpan<int> stable = [0, mode == Mode.Major ? 4 : 3, 7];
        // The tonic's head start keeps a young repertoire from wandering off at its phrase ends.
        Span<double> weights = [flow.Endings(mode, 0) + 2, flow.Endings(mode, stable[1]) + .5, flow.Endings(mode, 7) + .5];
        var at = random.NextDouble() * (weights[0] + weights[1] + weights[2]);
        return at < weights[0] ? stable[0] : at < weights[0] + weights[1] ? stable[1] : stable[2];
    }

    // The call's own register with room to move, moved by the preset's octaves, inside the preset's range.
    private (int Low, int High) RangeFor(Call call)
    {
        var shift = 12 * rules.OctaveShift;
        var (low, high) = (call.Range.Low - 5 + shift, call.Range.High + 5 + shift);
        if (high - low < 14) (low, high) = ((low + high) / 2 - 7, (low + high) / 2 + 7);
        while (high > rules.High && low - 12 >= rules.Low - 6) (low, high) = (low - 12, high - 12);
        while (low < rules.Low && high + 12 <= rules.High + 6) (low, high) = (low + 12, high + 12);
        (low, high) = (Math.Max(low, rules.Low), Math.Min(high, rules.High));
        return high - low >= 11 ? (low, high) : (rules.Low, rules.High);
    }

    // Bars are counted from the answer's own beginning, the call's from its first beat: the answer begins as the call began, on the beat it enters on.
    private void FillRhythm(AnswerPlan plan, Call call, in Timeline timeline, Xoshiro random, int enough)
    {
        var bar = timeline.Metre.Bar;
        plan.Count = 0;
        var source = call.Notes.IsEmpty ? plan.Start : timeline.BarOrigin + (call.Notes[0].Onset - timeline.BarOrigin).Floor(timeline.Metre.Beat);
        var sourceBars = call.Notes.IsEmpty ? 1 : (int)((call.Notes[^1].Onset - source).Ticks / bar.Ticks) + 1;
        for (var index = 0; index < plan.Bars && plan.Count < enough; index++)
        {
            var target = plan.Start + bar * index;
            var from = random.NextDouble() < rules.Variation && index > 0 ? random.NextInt(sourceBars) : index % sourceBars;
            if (!CopyBar(plan, call, source + bar * from, target, bar) && !CopyBar(plan, call, Busiest(call, source, bar), target, bar))
                CopyBeats(plan, target, timeline, call.Loudness);
        }

        // An up-beat in the call is no reason to come in late.
        if (plan.Count > 0) plan.Store[0] = plan.Slots[0] with { Onset = plan.Start };
    }

    // The call's notes of one bar as slots of another, as far as they fall into the answer; false when the source bar is nearly empty.
    private static bool CopyBar(AnswerPlan plan, Call call, Beats source, Beats target, Beats bar)
    {
        var found = 0;
        foreach (var note in call.Notes)
        {
            if (note.Onset >= source && note.Onset < source + bar) found++;
        }

        if (found < 2) return false;
        foreach (var note in call.Notes)
        {
            if (note.Onset >= source && note.Onset < source + bar) Add(plan, note.Onset - source + target, note.Duration, note.Velocity);
        }

        return true;
    }

    // One pass, since an hour of scattered notes has more bars than notes.
    private static Beats Busiest(Call call, Beats source, Beats bar)
    {
        var (best, most, here, count) = (source, 0, source, 0);
        foreach (var note in call.Notes)
        {
            var start = source + (note.Onset - source).Floor(bar);
            count = start == here ? count + 1 : 1;
            here = start;
            if (count > most) (best, most) = (here, count);
        }

        return best;
    }

    // A call of one or two notes has no rhythm to take up: plain beats.
    private static void CopyBeats(AnswerPlan plan, Beats target, in Timeline timeline, double loudness)
    {
        for (var at = target; at < target + timeline.Metre.Bar; at += timeline.Metre.Beat) Add(plan, at, timeline.Metre.Beat, (byte)loudness);
    }

    private static void Add(AnswerPlan plan, Beats onset, Beats duration, byte velocity)
    {
        if (onset < plan.Start || onset >= plan.End || plan.Count == AnswerPlan.Capacity) return;
        if (plan.Count > 0 && onset <= plan.Store[plan.Count - 1].Onset) return;
        plan.Store[plan.Count++] = new Slot(onset, duration, velocity);
    }

    // So many notes: the last of them on the first strong beat after the one before it.
    private static void EndAfter(AnswerPlan plan, int notes, in Timeline timeline)
    {
        var (bar, beat) = (timeline.Metre.Bar, timeline.Metre.Beat);
        var half = bar.Ticks / beat.Ticks % 2 == 0 ? new Beats(bar.Ticks / 2) : bar;
        var before = Math.Min(notes, AnswerPlan.Capacity) - 1;
        var last = before == 0 ? plan.Start : plan.Start + (plan.Slots[before - 1].Onset - plan.Start).Floor(half) + half;
        plan.Count = before;
        plan.Bars = (int)((last + beat + ShortRest - plan.Start - new Beats(1)).Ticks / bar.Ticks) + 1;
        plan.End = plan.Start + bar * plan.Bars;
        plan.Store[before] = new Slot(last, Beats.Min(beat * 2, plan.End - ShortRest - last), before == 0 ? (byte)80 : plan.Slots[before - 1].Velocity);
        plan.Count = before + 1;
        ShortenOverlaps(plan);
    }

    // No note runs into the next: a legato call gives a legato answer, not a blur.
    private static void ShortenOverlaps(AnswerPlan plan)
    {
        for (var i = 0; i < plan.Count - 1; i++) plan.Store[i] = plan.Slots[i] with { Duration = Beats.Min(plan.Slots[i].Duration, plan.Slots[i + 1].Onset - plan.Slots[i].Onset) };
    }

    // The ending: the latest strong beat that leaves room to hold and to rest. What lies behind it is dropped; a note is put there if none is.
    private static void End(AnswerPlan plan, in Timeline timeline)
    {
        var (bar, beat) = (timeline.Metre.Bar, timeline.Metre.Beat);
        var room = Beats.Min(beat + Beats.Max(ShortRest, new Beats(beat.Ticks / 2)), bar);
        var half = bar.Ticks / beat.Ticks % 2 == 0 ? new Beats(bar.Ticks / 2) : bar;
        var last = plan.Start + (plan.End - room - plan.Start).Floor(half);
        if (last <= plan.Start) last = plan.Start + Beats.Max(Beats.Zero, (plan.End - room - plan.Start).Floor(beat));
        // One bar of two beats: a shorter hold is better than an answer of a single note.
        if (last <= plan.Start) last = plan.Start + Beats.Max(Beats.Zero, (plan.End - beat - plan.Start).Floor(beat));
        var kept = 0;
        while (kept < plan.Count && plan.Slots[kept].Onset < last) kept++;
        var velocity = kept < plan.Count ? plan.Slots[kept].Velocity : plan.Count > 0 ? plan.Slots[^1].Velocity : (byte)80;
        kept = Math.Min(kept, AnswerPlan.Capacity - 1);
        var free = plan.End - last;
        var held = Beats.Min(beat * 2, free - Beats.Min(Beats.Max(ShortRest, new Beats(beat.Ticks / 2)), new Beats(free.Ticks / 2)));
        plan.Store[kept] = new Slot(last, held, velocity);
        plan.Count = kept + 1;
        ShortenOverlaps(plan);
    }

    // Half the performer's own accents, half an arc that rises to two thirds of the way and settles.
    private void ShapeLoudness(AnswerPlan plan, double loudness)
    {
        for (var i = 0; i < plan.Count; i++)
        {
            var at = plan.Count == 1 ? 1 : i / (double)(plan.Count - 1);
            var arc = at < .67 ? -6 + 14 * at / .67 : 8 - 16 * (at - .67) / .33;
            var velocity = (loudness + plan.Slots[i].Velocity) / 2 + arc;
            plan.Store[i] = plan.Slots[i] with { Velocity = (byte)Math.Clamp(velocity * rules.Loudness, 1, 127) };
        }
    }
}
