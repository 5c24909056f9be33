using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>What outlasts one answer: phrases of minutes ago, and answers that were cut short.</summary>
public class LargerFormTests
{
    private static readonly string[] Phrases = ["C4 D4 E4 G4 E4:2 C4:2", "G4:.5 A4:.5 B4 C5 G4 E4:2 G4:2", "E4 C4 F4 D4 G4:2 C4:2", "C5 B4:.5 A4:.5 G4 F4 E4:2 D4:2"];

    [Fact]
    public void An_earlier_phrase_is_remembered_now_and_then_but_not_before_there_are_some()
    {
        var plans = Concert(60, interrupting: false);
        Assert.All(plans.Take(4), plan => Assert.False(plan.Recalls));
        Assert.All(plans, plan => Assert.False(plan.TakesUp));
        Assert.InRange(plans.Count(p => p.Recalls), 1, plans.Count / 4);
    }

    [Fact]
    public void What_was_cut_short_is_taken_up_about_every_other_time()
    {
        var plans = Concert(60, interrupting: true);
        Assert.InRange(plans.Count(p => p.TakesUp), plans.Count / 6, plans.Count * 2 / 3);
        var same = plans.Where(p => p.TakesUp && p.Motif == MotifForm.Same).ToList();
        Assert.NotEmpty(same);

        // An answer that begins where the first of them would not fit in the bar begins with a later one; in the performer's register by now.
        Assert.All(same, plan =>
        {
            var moved = plan.Targets.Zip(plan.Unplayed.Skip(plan.First), (target, unplayed) => target - unplayed).Distinct().ToList();
            Assert.Equal(0, Assert.Single(moved) % 12);
        });
    }

    [Fact]
    public void With_no_motif_nothing_is_remembered_or_taken_up() =>
        Assert.All(Concert(40, interrupting: true, new Preset { Motif = 0 }), plan => Assert.False(plan.Recalls || plan.TakesUp));

    // The second call is twice as dense and half as loud again as the first: half of an answer's accents are the performer's, and of those a fifth of the rise is gone along with in the dial's middle.
    [Fact]
    public void A_performer_who_builds_up_is_gone_along_with_as_far_as_responsiveness_says()
    {
        double[] loud = [.. new[] { 0, .5, 1 }.Select(r => Enumerable.Range(1, 20).Average(seed => Answered(r, (ulong)seed).Loudness))];
        double[] notes = [.. new[] { 0, .5, 1 }.Select(r => Enumerable.Range(1, 20).Average(seed => Answered(r, (ulong)seed).Notes))];
        Assert.Equal(1.05, loud[1] / loud[0], .01);
        Assert.Equal(1.1, loud[2] / loud[0], .015);
        Assert.Equal(notes[0], notes[1]);
        Assert.True(notes[2] > notes[0] * 1.1, string.Join(", ", notes));

        static (double Loudness, int Notes) Answered(double responsiveness, ulong seed)
        {
            var script = new ScriptedPerformance().Play("C4 D4 E4 G4 E4:2 C4:2", 50).Rest(12).Play("C4:.5 D4:.5 E4:.5 F4:.5 G4 E4 C4:.5 D4:.5 E4:.5 G4:.5 E4 C4", 75).Rest(12);
            var played = VirtualConcert.Play(Session.Concert.Session(script, seed, new Preset { Motif = 0, Responsiveness = responsiveness }), script.ToPerformance());
            var last = played.Where(m => m.Message.IsNoteOn && m.At > new HostTime(14_000_000_000)).ToList();
            return (last.Average(m => (double)m.Message.Data2), last.Count);
        }
    }

    // Each phrase has two bars and as many of rest; who interrupts, comes in after the answer's first bar.
    private static List<Seen> Concert(int phrases, bool interrupting, Preset? preset = null)
    {
        var script = new ScriptedPerformance();
        for (var i = 0; i < phrases; i++) script.Play(Phrases[i % Phrases.Length]).Rest(interrupting ? 3 : 12);
        var performance = script.ToPerformance();
        using var session = new ImprovSession(new SessionSetup(preset ?? new Preset(), ShippedRepertoire.Learn(), 3, performance.Map.At(Beats.Zero).Tempo, Metre.Of(4, 4), default));
        var seen = new List<Seen>();
        session.Pipeline.Answering.Planned += plan => seen.Add(new Seen(
            plan.Recalls,
            plan.TakesUp,
            plan.Motif,
            plan.Slots[plan.MotifPlace].Source,
            [.. session.Pipeline.Ahead.Unplayed.ToArray().Select(n => (int)n.Pitch)],
            [.. plan.Slots[plan.MotifPlace..].ToArray().TakeWhile(s => s.Target >= 0).Select(s => (int)s.Target)]));
        VirtualConcert.Play(session, performance);
        Assert.True(seen.Count >= phrases * 9 / 10, $"{seen.Count} answers");
        return seen;
    }

    private sealed record Seen(bool Recalls, bool TakesUp, MotifForm Motif, int First, int[] Unplayed, int[] Targets);
}
