using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

/// <summary>What the dials do to the rhythm and the loudness of an answer.</summary>
public class RhythmDialTests
{
    private static readonly PlanningRules Plain = new(1, 8, 36, 96, 0, 0, 1);

    [Fact]
    public void More_density_is_more_notes_and_the_middle_is_the_call()
    {
        // Half of its notes are quarters, half eighths.
        var call = Called([.. Enumerable.Range(0, 8).SelectMany(bar => new[] { 0, 1, 2, 2.5, 3, 3.5 }.Select(at => (bar * 4 + at, at < 2 ? 1 : .5)))]);
        double[] counts = [.. new[] { 0, .25, .5, .75, 1 }.Select(density => Enumerable.Range(0, 50).Average(seed => Planned(call, Plain with { Density = density }, (ulong)seed).Length))];
        for (var i = 0; i + 1 < counts.Length; i++) Assert.True(counts[i + 1] > counts[i] * 1.1, string.Join(", ", counts));
        Assert.InRange(counts[0], 8, 24);
        Assert.InRange(counts[4], 52, 64);
        var middle = Planned(call, Plain, 7);
        Assert.Equal(call.Notes.ToArray().Take(middle.Length - 1).Select(n => n.Onset - call.Notes[0].Onset), middle.SkipLast(1).Select(s => s.Onset - middle[0].Onset));
    }

    // A performer who builds up is gone along with in density above the dial's middle, who lets go as well.
    [Theory]
    [InlineData(.5, 0)]
    [InlineData(1, .5)]
    [InlineData(.75, .25)]
    public void Above_the_middle_of_responsiveness_building_up_is_more_density(double responsiveness, double more)
    {
        var call = Called([.. Enumerable.Range(0, 8).SelectMany(bar => new[] { 0, 1, 2, 2.5, 3, 3.5 }.Select(at => (bar * 4 + at, at < 2 ? 1 : .5)))]);
        for (var seed = 1UL; seed <= 20; seed++)
        {
            Assert.Equal(Planned(call, Plain with { Density = .5 + more }, seed).Length, Planned(call, Plain with { Responsiveness = responsiveness }, seed, rise: 1).Length);
            Assert.Equal(Planned(call, Plain with { Density = .5 - more }, seed).Length, Planned(call, Plain with { Responsiveness = responsiveness }, seed, rise: -1).Length);
        }
    }

    [Fact]
    public void What_is_left_of_a_thin_answer_stands_on_beats_and_sounds_over_what_was_left_out()
    {
        var call = Called([.. Enumerable.Range(0, 64).Select(i => (i * .5, .5))]);
        var slots = Planned(call, Plain with { Density = 0, Motif = 0 }, 3);
        Assert.All(slots, s => Assert.Equal(Beats.Zero, s.Onset.Modulo(Beats.Quarter)));
        // But for a breath before every fourth bar line.
        var breath = Beats.Of(1, 4);
        Assert.All(slots.Zip(slots.Skip(1)).SkipLast(1), pair => Assert.True(pair.First.Onset + pair.First.Duration >= pair.Second.Onset - breath));
    }

    [Fact]
    public void A_thick_answer_divides_long_notes_on_the_grid_and_leaves_short_ones()
    {
        var call = Called([.. Enumerable.Range(0, 32).Select(i => ((double)i, 1.0))]);
        var slots = Planned(call, Plain with { Density = 1, Motif = 0 }, 3);
        Assert.All(slots, s => Assert.Equal(Beats.Zero, s.Onset.Modulo(Beats.Of(1, 2))));
        Assert.True(slots.Length > 55, $"{slots.Length} notes");
        var short16 = Called([.. Enumerable.Range(0, 64).Select(i => (i * .5, .25))]);
        Assert.Equal(Planned(short16, Plain with { Motif = 0 }, 3), Planned(short16, Plain with { Density = 1, Motif = 0 }, 3));
    }

    [Theory]
    [InlineData(0, 0, .05, .05)]
    [InlineData(0, 1, 0, 0)]
    [InlineData(1, 1, 0, 1 / 6.0)]
    [InlineData(.5, 1, 0, 1 / 12.0)]
    [InlineData(1, 0, .05, 1 / 6.0)]
    public void Swing_delays_the_second_half_of_the_beat_and_quantising_takes_the_performers_timing_away(double swing, double quantise, double onBeat, double offBeat)
    {
        var call = Called([.. Enumerable.Range(0, 32).Select(i => (i * .5, .3))], push: .05);
        foreach (var slot in Planned(call, Plain with { Swing = swing, Quantise = quantise }, 3)[1..^1])
            Assert.Equal(slot.Onset.Modulo(Beats.Quarter) == Beats.Zero ? onBeat : offBeat, slot.Push.Quarters, 1e-3);
    }

    [Fact]
    public void What_is_swung_already_is_not_swung_again_and_a_beat_of_three_has_no_half()
    {
        var swung = Called([.. Enumerable.Range(0, 32).Select(i => (i * .5, .3))], push: .16);
        Assert.All(Planned(swung, Plain with { Swing = 1 }, 3)[1..^1], s => Assert.InRange(s.Push.Quarters, .16, 1 / 6.0 + 1e-3));
        var jig = Called([.. Enumerable.Range(0, 24).Select(i => (i * .5, .3))]);
        Assert.All(Planned(jig, Plain with { Swing = 1 }, 3, Metre.Of(6, 8)), s => Assert.Equal(Beats.Zero, s.Push));
    }

    [Theory]
    [InlineData(1, 30, 110, true)]
    [InlineData(0, 30, 110, false)]
    public void Loudness_follows_the_performer_as_far_as_the_dial_says(double dynamics, byte soft, byte loud, bool follows)
    {
        var (quiet, strong) = (Mean(soft), Mean(loud));
        if (follows) Assert.InRange(strong - quiet, 60, 90);
        else Assert.Equal(quiet, strong);
        Assert.InRange(Mean(72), 65, 80);

        double Mean(byte velocity) => Planned(Called([.. Enumerable.Range(0, 16).Select(i => (i * .5, .5))], velocity: velocity), Plain with { Dynamics = dynamics }, 5).Average(s => s.Velocity);
    }

    private static Call Called((double At, double Length)[] notes, double push = 0, byte velocity = 80)
    {
        var call = new Call();
        call.Take([.. notes.Select((n, i) => new CallNote(Beats.FromQuarters(n.At), Beats.FromQuarters(n.Length), (byte)(60 + i * 5 % 12), velocity, Beats.FromQuarters(push)))]);
        return call;
    }

    private static Slot[] Planned(Call call, PlanningRules rules, ulong seed, Metre metre = default, double rise = 0)
    {
        var (plan, planning) = (new AnswerPlan(), new Planning(rules));
        var start = metre.Bar * 8;
        planning.Plan(plan, call, call, planning.BarsFor(call, metre), start, new Timeline(default, metre, default, default), default, null, new DegreeFlow(), .25, rise, new Xoshiro(seed));
        return plan.Slots.ToArray();
    }
}
