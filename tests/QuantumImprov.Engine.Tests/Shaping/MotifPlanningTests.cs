using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class MotifPlanningTests
{
    // A bar of C E G E D F, then another; in C major.
    private static readonly (double At, int Pitch)[] Tune = [(0, 60), (1, 64), (1.5, 67), (2, 64), (3, 62), (3.5, 65), (4, 64), (5, 62), (6, 60), (7, 60)];

    [Fact]
    public void Every_form_asks_for_what_its_name_says()
    {
        var seen = new Dictionary<MotifForm, AnswerPlan>();
        for (var seed = 0UL; seed < 300; seed++)
        {
            var plan = Planned(seed, .25);
            seen.TryAdd(plan.Motif, plan);
            var targets = Targets(plan);
            int[] opening = [60, 64, 67, 64, 62, 65];
            switch (plan.Motif)
            {
                case MotifForm.Same:
                    Assert.Equal(opening, targets);
                    break;
                case MotifForm.Transposed:
                    Assert.NotEqual(0, plan.MotifSteps);
                    Assert.Equal(opening.Select(p => DiatonicSteps.Move(plan.Key, p, plan.MotifSteps)), targets);
                    break;
                case MotifForm.Inverted:
                    Assert.Equal(opening.Select(p => DiatonicSteps.Move(plan.Key, DiatonicSteps.Mirror(plan.Key, p, 60), plan.MotifSteps)), targets);
                    break;
                case MotifForm.Augmented:
                    Assert.Equal(opening, targets);
                    Assert.Equal([0, 2, 3, 4, 6, 7], plan.Slots[..6].ToArray().Select(s => (s.Onset - plan.Start).Quarters));
                    break;
                case MotifForm.RhythmOnly:
                    Assert.Empty(targets);
                    break;
            }

            // The ending belongs to the cadence.
            Assert.Equal(-1, plan.Slots[^1].Target);
            Assert.All(targets, t => Assert.InRange(t, plan.Range.Low, plan.Range.High));
            if (targets.Length > 0) Assert.InRange(targets.Length, MotifPlanning.Fewest, MotifPlanning.Most);
        }

        Assert.Equal([MotifForm.Same, MotifForm.Transposed, MotifForm.Inverted, MotifForm.Augmented, MotifForm.RhythmOnly], seen.Keys.Where(f => f != MotifForm.None).Order());
        Assert.Matches("^4 bars, answers your opening upside down, ends on the (tonic|third|fifth) of C major$", seen[MotifForm.Inverted].InWords());
        Assert.Matches("^4 bars, takes your opening [1-9] steps? (up|down), ends on", seen[MotifForm.Transposed].InWords());
    }

    // 4,000 plans; five standard errors.
    [Fact]
    public void The_opening_returns_as_it_was_as_often_as_the_repertoire_repeats_itself()
    {
        foreach (var share in new[] { .1, .5 })
        {
            var same = Enumerable.Range(0, 4_000).Count(seed => Planned((ulong)seed, share).Motif == MotifForm.Same) / 4_000.0;
            Assert.Equal(share, same, 5 * Math.Sqrt(share * (1 - share) / 4_000));
        }
    }

    [Fact]
    public void With_the_dial_at_nothing_and_in_a_single_bar_no_motif_is_sought()
    {
        for (var seed = 0UL; seed < 50; seed++)
        {
            Assert.Empty(Targets(Planned(seed, 1, motif: 0)));
            Assert.Equal(MotifForm.None, Planned(seed, 1, bars: 1).Motif);
        }

        Assert.Equal(0, Planned(1, .4, motif: 0).Returning);
        Assert.Equal(.4, Planned(1, .4).Returning, 1e-12);
        Assert.Equal(1, Planned(1, .4, motif: 1).Returning);
    }

    [Fact]
    public void An_octave_shift_moves_the_motif_with_it()
    {
        var plan = Enumerable.Range(0, 100).Select(seed => Planned((ulong)seed, 1, octave: 1)).First(p => p.Motif == MotifForm.Same);
        Assert.Equal([72, 76, 79, 76, 74, 77], Targets(plan));
    }

    // On the last beat of a bar: what leads up to the opening has no pitch that is wanted.
    [Fact]
    public void The_opening_returns_after_what_leads_up_to_it()
    {
        var plan = Enumerable.Range(0, 100).Select(seed => Planned((ulong)seed, 1, start: 11)).First(p => p.Motif == MotifForm.Same);
        Assert.Equal((1, 6), (plan.MotifPlace, plan.MotifNotes));
        Assert.Equal([60, 64, 67, 64, 62, 65], Targets(plan));
        Assert.Equal(Beats.Of(4), plan.OpeningEnds);
        Assert.Equal((-1, Beats.Of(12)), (plan.Slots[0].Target, plan.Slots[1].Onset));
    }

    // A bar whose opening has its last note, too: the one that leads up is not the motif's.
    [Fact]
    public void What_leads_up_is_no_part_of_the_motif_though_it_is_of_the_opening()
    {
        (double At, int Pitch)[] bar = [(0, 60), (1, 64), (2, 67), (3, 64)];
        for (var seed = 0UL; seed < 50; seed++)
        {
            var plan = Planned(seed, 1, bars: 3, start: 11, tune: bar);
            Assert.Equal((MotifForm.Same, 1, 4), (plan.Motif, plan.MotifPlace, plan.MotifNotes));
        }
    }

    [Fact]
    public void A_stretched_opening_begins_on_the_bar_line_too()
    {
        var plan = Enumerable.Range(0, 200).Select(seed => Planned((ulong)seed, 0, start: 11)).First(p => p.Motif == MotifForm.Augmented);
        Assert.Equal(1, plan.MotifPlace);
        Assert.Equal([11, 12, 14, 15, 16, 18, 19], plan.Slots[..7].ToArray().Select(s => s.Onset.Quarters));
    }

    private static int[] Targets(AnswerPlan plan) => [.. plan.Slots.ToArray().Where(s => s.Target >= 0).Select(s => (int)s.Target)];

    private static AnswerPlan Planned(ulong seed, double returning, double motif = .5, int bars = 4, int octave = 0, int start = 8, (double At, int Pitch)[]? tune = null)
    {
        var (plan, call) = (new AnswerPlan(), new Call());
        call.Take([.. (tune ?? Tune).Select(n => new CallNote(Beats.FromQuarters(n.At), Beats.Of(1, 2), (byte)n.Pitch, 80))]);
        var rules = new PlanningRules(1, 4, 36, 96, octave, 0, 1, motif);
        new Planning(rules).Plan(plan, call, call, bars, Beats.Of(start), default, default, 0, new DegreeFlow(), returning, 0, new Xoshiro(seed));
        return plan;
    }
}
