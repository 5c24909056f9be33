using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class PlanningTests
{
    private static readonly Metre[] Metres = [Metre.Of(4, 4), Metre.Of(3, 4), Metre.Of(6, 8), Metre.Of(2, 4), Metre.Of(5, 4), Metre.Of(7, 8), Metre.Of(12, 8), Metre.Of(2, 2), Metre.Of(1, 4)];

    private static readonly Gen<PlanningRules> Rules =
        Gen.Select(
            Gen.Select(Gen.Int[1, 16], Gen.Int[1, 16], Gen.Int[0, 115], Gen.Int[12, 127], Gen.Int[-3, 3], Gen.Double[0, 1], Gen.Double[.25, 2])
                .Select((a, b, low, span, octave, variation, loudness) => new PlanningRules(Math.Min(a, b), Math.Max(a, b), low, Math.Min(127, low + span), octave, variation, loudness)),
            Gen.OneOf(Gen.Const(.5), Gen.Double[0, 1]),
            Gen.Double[0, 1],
            Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1]),
            Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1]))
            .Select((rules, density, dynamics, swing, quantise) => rules with { Density = density, Dynamics = dynamics, Swing = swing, Quantise = quantise });

    // Sixteenths between notes; anything from nothing to a very long call.
    private static readonly Gen<(int Gap, int Length, int Pitch, int Velocity)[]> Calls =
        Gen.OneOf(
            Gen.Select(Gen.Int[1, 8], Gen.Int[1, 12], Gen.Int[40, 90], Gen.Int[1, 127]).Array[0, 40],
            Gen.Select(Gen.Int[1, 40], Gen.Int[1, 60], Gen.Int[0, 127], Gen.Int[1, 127]).Array[0, 700]);

    private sealed record Case(PlanningRules Rules, CallNote[] Notes, Timeline Timeline, Beats Start, Key Key, ulong Seed);

    private static readonly Gen<Case> Cases = Gen.Select(
        Gen.Select(Rules, Calls),
        Gen.Select(Gen.Int[0, Metres.Length - 1], Gen.Double[Tempo.Slowest, Tempo.Fastest], Gen.Int[0, 4_000], Gen.Long[-100_000, 100_000]),
        Gen.Select(Gen.Int[0, 11], Gen.Bool, Gen.ULong)).Select((music, time, rest) =>
    {
        var timeline = new Timeline(Tempo.FromBpm(time.Item2), Metres[time.Item1], default, default, new Beats(time.Item4));
        var at = timeline.BarOrigin + new Beats(Beats.PerQuarter / 4) * time.Item3;
        var notes = new List<CallNote>();
        foreach (var (gap, length, pitch, velocity) in music.Item2)
        {
            notes.Add(new CallNote(at, new Beats(Beats.PerQuarter / 4 * length), (byte)pitch, (byte)velocity));
            at += new Beats(Beats.PerQuarter / 4 * gap);
        }

        return new Case(music.Item1, [.. notes], timeline, timeline.NextBeat(at), new Key(rest.Item1, rest.Item2 ? Mode.Minor : Mode.Major), rest.Item3);
    });

    // 4,000 random calls, presets, metres, tempos, starts and seeds.
    [Fact]
    public void Every_plan_is_whole_bars_of_sound_slots_that_end_on_a_stable_degree_on_a_beat_held_and_followed_by_rest() =>
        Cases.Sample(c =>
        {
            var (plan, planning, call, flow) = (new AnswerPlan(), new Planning(c.Rules), new Call(), new DegreeFlow());
            call.Take(c.Notes);
            var bars = planning.BarsFor(call, c.Timeline.Metre);
            Assert.InRange(bars, c.Rules.LeastBars, c.Rules.MostBars);
            planning.Plan(plan, call, call, bars, c.Start, c.Timeline, c.Key, null, flow, .25, 0, new Xoshiro(c.Seed));

            Assert.Equal(bars, plan.Bars);
            Assert.Equal(c.Start, plan.Start);
            Assert.Equal(c.Start + c.Timeline.Metre.Bar * bars, plan.End);
            Assert.Equal(Beats.Zero, (plan.FirstBar - c.Timeline.BarOrigin).Modulo(c.Timeline.Metre.Bar));
            Assert.Equal(c.Start, plan.Slots[0].Onset);
            for (var i = 0; i < plan.Count; i++)
            {
                var slot = plan.Slots[i];
                Assert.True(slot.Duration > Beats.Zero);
                Assert.InRange(slot.Velocity, 1, 127);
                var next = i + 1 < plan.Count ? plan.Slots[i + 1].Struck : plan.End;
                Assert.True(slot.Struck < next && slot.Struck + slot.Duration <= next, $"slot {i} of {plan.Count} runs into what follows");
            }

            var last = plan.Slots[^1];
            Assert.Equal(Beats.Zero, (last.Onset - c.Timeline.BarOrigin).Modulo(c.Timeline.Metre.Beat));
            Assert.True(last.Onset + last.Duration < plan.End, "no rest after the ending");
            Assert.True(last.Duration >= new Beats(c.Timeline.Metre.Beat.Ticks / 2), "the ending is not held");

            Assert.True(plan.Range.Low >= c.Rules.Low && plan.Range.High <= c.Rules.High, "outside the preset's range");
            Assert.True(plan.Range.High - plan.Range.Low >= 11, "fewer than twelve pitches");
            Assert.Contains(plan.EndDegree, new[] { 0, c.Key.Mode == Mode.Major ? 4 : 3, 7 });
        }, iter: 4_000);

    [Fact]
    public void An_answer_has_as_many_bars_as_the_call_within_the_presets_bounds()
    {
        var planning = new Planning(new PlanningRules(2, 4, 48, 88, 0, 0, 1));
        foreach (var (quarters, bars) in new[] { (1, 2), (7, 2), (8, 2), (11, 3), (16, 4), (40, 4) })
        {
            var call = new Call();
            call.Take([new CallNote(Beats.Of(4), Beats.Quarter, 60, 80), new CallNote(Beats.Of(3 + quarters), Beats.Quarter, 60, 80)]);
            Assert.Equal(bars, planning.BarsFor(call, default));
        }
    }

    [Fact]
    public void Without_variation_the_answer_takes_up_the_rhythm_of_the_call_bar_by_bar()
    {
        double[] onsets = [0, 1.5, 2, 3, 4, 4.5, 5, 6, 7];
        var (plan, call) = (new AnswerPlan(), new Call());
        call.Take([.. onsets.Select(q => new CallNote(Beats.Of(8) + Beats.FromQuarters(q), Beats.Of(1, 4), 60, 80))]);
        new Planning(new PlanningRules(1, 4, 48, 88, 0, 0, 1, Motif: 0)).Plan(plan, call, call, 2, Beats.Of(20), default, default, null, EndingOnTheThirdBeat(), .25, 0, new Xoshiro(1));
        // The ending takes the third beat of the last bar; what lies behind it is silence.
        Assert.Equal([0, 1.5, 2, 3, 4, 4.5, 5, 6], plan.Slots.ToArray().Select(s => (s.Onset - plan.Start).Quarters));
    }

    [Fact]
    public void An_answer_that_enters_within_a_bar_keeps_the_places_of_the_call()
    {
        double[] onsets = [0, 1.5, 2, 3, 4, 4.5, 5, 6, 7];
        var (plan, call) = (new AnswerPlan(), new Call());
        call.Take([.. onsets.Select(q => new CallNote(Beats.Of(8) + Beats.FromQuarters(q), Beats.Of(1, 4), 60, 80))]);
        new Planning(new PlanningRules(1, 4, 48, 88, 0, 0, 1, Motif: 0)).Plan(plan, call, call, 2, Beats.Of(17), default, default, null, EndingOnTheThirdBeat(), .25, 0, new Xoshiro(1));
        // Within the bar: the call's 1.5 comes at once on the beat, then 2 and 3; its second bar; of its first bar what is left before the ending.
        Assert.Equal([17, 18, 19, 20, 20.5, 21, 22], plan.Slots.ToArray().Select(s => s.Onset.Quarters));
    }

    // On the last beat of a bar: that beat as the call's last bar has it, then its bars from the first one on, each over its own chord.
    [Fact]
    public void An_answer_that_enters_past_the_middle_of_a_bar_leads_up_to_the_next()
    {
        (double At, int Pitch)[] tune = [(0, 60), (1.5, 64), (2, 67), (3, 64), (4, 67), (4.5, 71), (5, 74), (6, 67), (7.5, 71)];
        var (plan, call) = (new AnswerPlan(), new Call());
        call.Take([.. tune.Select(n => new CallNote(Beats.Of(8) + Beats.FromQuarters(n.At), Beats.Of(1, 4), (byte)n.Pitch, 80))]);
        Plan(Beats.Of(19));
        Assert.Equal([19, 20, 21.5, 22, 23, 24, 24.5, 25, 26], plan.Slots.ToArray().Select(s => s.Onset.Quarters));
        Assert.Equal([8, 0, 1, 2, 3, 4, 5, 6, -1], plan.Slots.ToArray().Select(s => (int)s.Source));
        const int C = 1 << 0 | 1 << 4 | 1 << 7, G = 1 << 7 | 1 << 11 | 1 << 2;
        Assert.Equal([G, C, C, C, C], Enumerable.Range(0, 5).Select(plan.ChordUnder));
        Assert.Equal(Beats.Of(20), plan.FirstBar);
        // With an upbeat of its own: that.
        call.Take([new CallNote(Beats.Of(7), Beats.Of(1, 2), 55, 80), .. call.Notes.ToArray()]);
        Plan(Beats.Of(19));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, -1], plan.Slots.ToArray().Select(s => (int)s.Source));
        // Over its own chord as before, though the upbeat stands in another bar.
        Assert.Equal([C, C, C, C], Enumerable.Range(1, 4).Select(plan.ChordUnder));
        // On the second beat it is late for the first bar.
        Plan(Beats.Of(17));
        Assert.Equal(Beats.Of(16), plan.FirstBar);

        void Plan(Beats start) => new Planning(new PlanningRules(1, 4, 48, 88, 0, 0, 1, Motif: 0)).Plan(plan, call, call, 3, start, default, default, 0, EndingOnTheThirdBeat(), .25, 0, new Xoshiro(1));
    }

    // A repertoire that always ends on the third beat of four.
    internal static DegreeFlow EndingOnTheThirdBeat()
    {
        var flow = new DegreeFlow();
        for (var i = 0; i < 100_000; i++) flow.HearEnding(default, 60, new NoteTime(48, 24, 48, 96, 24));
        return flow;
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(6, 8)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    public void An_answer_of_one_bar_is_more_than_its_ending(int numerator, int denominator)
    {
        var (metre, plan, call) = (Metre.Of(numerator, denominator), new AnswerPlan(), new Call());
        call.Take([.. Enumerable.Range(0, (int)(metre.Bar.Quarters * 2)).Select(i => new CallNote(Beats.Of(i, 2), Beats.Of(1, 2), 60, 80))]);
        new Planning(new PlanningRules(1, 4, 48, 88, 0, 0, 1)).Plan(plan, call, call, 1, metre.Bar * 2, new Timeline(default, metre, default, default), default, null, new DegreeFlow(), .25, 0, new Xoshiro(1));
        Assert.True(plan.Count >= 3, $"{plan.Count} notes in one bar of {metre}");
    }

    // Two notes in a bar once in a hundred thousand bars: looked for bar by bar this would take minutes.
    [Fact]
    public void A_rhythm_is_found_in_a_call_of_few_notes_and_very_many_bars()
    {
        var (metre, plan, call) = (Metre.Of(1, 32), new AnswerPlan(), new Call());
        var far = metre.Bar * 100_000_000;
        call.Take([
            .. Enumerable.Range(0, 1_000).Select(i => new CallNote(metre.Bar * 100_000L * i, Beats.Of(1, 32), 60, 80)),
            new CallNote(far * 2, new Beats(100), 60, 80),
            new CallNote(far * 2 + new Beats(metre.Bar.Ticks / 4), new Beats(100), 60, 80)]);
        new Planning(new PlanningRules(16, 16, 48, 88, 0, 1, 1)).Plan(plan, call, call, 16, far * 3, new Timeline(default, metre, default, default), default, null, new DegreeFlow(), .25, 0, new Xoshiro(1));
        Assert.Equal(metre.Bar.Ticks / 4, (plan.Slots[1].Onset - plan.Slots[0].Onset).Ticks);
    }

    [Fact]
    public void Loudness_follows_the_performer_and_the_preset()
    {
        double Mean(byte velocity, double loudness)
        {
            var (plan, call) = (new AnswerPlan(), new Call());
            call.Take([.. Enumerable.Range(0, 8).Select(i => new CallNote(Beats.Of(i), Beats.Of(1, 2), 60, velocity))]);
            new Planning(new PlanningRules(1, 4, 48, 88, 0, 0, loudness)).Plan(plan, call, call, 2, Beats.Of(9), default, default, null, new DegreeFlow(), .25, 0, new Xoshiro(1));
            return plan.Slots.ToArray().Average(s => s.Velocity);
        }

        Assert.Equal(60, Mean(60, 1), 5.0);
        Assert.Equal(100, Mean(100, 1), 5.0);
        Assert.Equal(Mean(60, 1) * .5, Mean(60, .5), 1.0);
    }

    [Fact]
    public void The_octave_moves_the_register()
    {
        var registers = new[] { -1, 0, 1 }.Select(octave =>
        {
            var (plan, call) = (new AnswerPlan(), new Call());
            call.Take([new CallNote(default, Beats.Quarter, 60, 80), new CallNote(Beats.Quarter, Beats.Quarter, 67, 80)]);
            new Planning(new PlanningRules(1, 4, 24, 108, octave, 0, 1)).Plan(plan, call, call, 1, Beats.Of(4), default, default, null, new DegreeFlow(), .25, 0, new Xoshiro(1));
            return plan.Range;
        });
        Assert.Equal([(43, 60), (55, 72), (67, 84)], registers);
    }

    // The room to move around it is cut off, not the octave changed.
    [Fact]
    public void A_call_that_nearly_touches_the_bounds_is_answered_where_it_was_and_one_beyond_an_octave_away()
    {
        Assert.Equal((61, 88), RangeOf(66, 84));
        Assert.Equal((48, 72), RangeOf(50, 67));
        Assert.Equal((60, 82), RangeOf(77, 89));
        Assert.Equal((52, 68), RangeOf(45, 51));
        // A few notes at a bound have their octave, too.
        Assert.Equal((48, 62), RangeOf(48, 52));
        Assert.Equal((74, 88), RangeOf(86, 88));

        static (int, int) RangeOf(byte low, byte high)
        {
            var (plan, call) = (new AnswerPlan(), new Call());
            call.Take([new CallNote(default, Beats.Quarter, low, 80), new CallNote(Beats.Quarter, Beats.Quarter, high, 80)]);
            new Planning(new PlanningRules(1, 4, 48, 88, 0, 0, 1)).Plan(plan, call, call, 1, Beats.Of(4), default, default, null, new DegreeFlow(), .25, 0, new Xoshiro(1));
            return plan.Range;
        }
    }

    // 3,000 plans; a repertoire that ends on the third nine times in ten. Off by five standard errors at most.
    [Fact]
    public void Endings_are_drawn_as_the_repertoire_ends()
    {
        var (flow, random, key) = (new DegreeFlow(), new Xoshiro(33), new Key(2, Mode.Major));
        for (var i = 0; i < 90; i++) flow.HearEnding(key, 66, default(NoteTime) with { Bar = 96, Beat = 24 });
        for (var i = 0; i < 10; i++) flow.HearEnding(key, 62, default(NoteTime) with { Bar = 96, Beat = 24 });
        var (plan, call, planning) = (new AnswerPlan(), new Call(), new Planning(new PlanningRules(1, 4, 48, 88, 0, 0, 1)));
        call.Take([new CallNote(default, Beats.Quarter, 60, 80)]);
        var counts = new int[12];
        for (var i = 0; i < 3_000; i++)
        {
            planning.Plan(plan, call, call, 1, Beats.Of(4), default, key, null, flow, .25, 0, random);
            counts[plan.EndDegree]++;
        }

        double[] weights = [10 + .2 + 2, 90 + .2 + .5, .2 + .5];
        foreach (var (degree, weight) in new[] { 0, 4, 7 }.Zip(weights))
        {
            var share = weight / weights.Sum();
            Assert.Equal(share, counts[degree] / 3_000.0, 5 * Math.Sqrt(share * (1 - share) / 3_000));
        }
    }
}
