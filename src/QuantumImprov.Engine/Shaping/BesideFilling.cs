using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Shaping;

/// <summary>Fills one bar beside a performer who plays on: his own rhythm, where he leaves room for it. Allocates nothing. [engine]</summary>
internal static class BesideFilling
{
    // With so many notes a beat the performer leaves no room at all.
    private const double FullBusy = 3;

    // Bars back in which a rhythm is looked for, and how near an onset of his takes a place.
    private const int BarsBack = 4;
    private static readonly Beats Near = new(Beats.PerQuarter / 8);

    /// <summary>Slots in the plan's one bar; none when the performer leaves no room.</summary>
    internal static void Fill(AnswerPlan plan, Call call, double busy, Xoshiro random)
    {
        var bar = plan.Metre.Bar;
        plan.Count = 0;
        var model = Busiest(plan, call, bar);
        if (model is null) AddBeats(plan, call, busy, random);
        else
        {
            for (var i = 0; i < call.Notes.Length; i++)
            {
                var note = call.Notes[i];
                if (note.Onset < model || note.Onset >= model + bar) continue;
                Add(plan, call, plan.Start + (note.Onset - model.Value), note.Duration, note.Velocity, note.Push, busy, random);
            }
        }
    }

    private static void AddBeats(AnswerPlan plan, Call call, double busy, Xoshiro random)
    {
        for (var at = plan.Start; at < plan.End; at += plan.Metre.Beat) Add(plan, call, at, plan.Metre.Beat, (byte)call.Loudness, default, busy, random);
    }

    // Where the performer played a bar ago he is likely to play again: that place is his, unless he plays little. The busier he is, the fewer of the other places are taken.
    private static void Add(AnswerPlan plan, Call call, Beats at, Beats duration, byte velocity, Beats push, double busy, Xoshiro random)
    {
        var thinned = random.NextDouble() < Math.Min(.9, busy / FullBusy);
        if (thinned || (busy > .5 && IsHis(call, at - plan.Metre.Bar))) return;
        plan.Store[plan.Count++] = new Slot(at, duration, velocity, Push: push);
    }

    private static bool IsHis(Call call, Beats at)
    {
        foreach (var note in call.Notes)
        {
            if (note.Onset > at - Near && note.Onset < at + Near) return true;
        }

        return false;
    }

    private static Beats? Busiest(AnswerPlan plan, Call call, Beats bar)
    {
        Beats? best = null;
        var most = 1;
        for (var back = 1; back <= BarsBack; back++)
        {
            var (line, count) = (plan.Start - bar * back, 0);
            foreach (var note in call.Notes) count += note.Onset >= line && note.Onset < line + bar ? 1 : 0;
            if (count <= most) continue;
            (best, most) = (line, count);
        }

        return best;
    }
}
