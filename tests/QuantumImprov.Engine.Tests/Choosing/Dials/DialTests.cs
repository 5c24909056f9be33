using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Choosing.Dials;

public class DialTests
{
    private const int Shots = 20_000;
    private static readonly int[] Tune = [67, 64, 60, 62, 64, 65, 67, 69, 67, 65, 64, 62, 60, 64, 67, 72, 71, 69, 67, 65, 64, 62, 64, 60];

    private static readonly DialSettings[] Turns =
        [new(1), new(.6), new(0), new(1, Phase: .4), new(1, Phase: 1), new(1, Novelty: .3), new(1, Novelty: 1), new(.5, .7, 0), new(.3, .5, .6)];

    [Fact]
    public void A_curve_says_where_a_share_of_the_way_is()
    {
        var curve = new DialCurve();
        Assert.Equal(.3, curve.Parameter(.3));
        var squares = Enumerable.Range(0, DialCurve.Steps + 1).Select(i => .4 * i * i / (DialCurve.Steps * DialCurve.Steps)).ToArray();
        curve.Take(squares);
        curve.Take(squares);
        Assert.Equal((2, .4), (curve.Contexts, Math.Round(curve.End, 12)));
        // A quarter of the way of a square is half of the parameter, which is one of the curve's points.
        Assert.Equal(.5, curve.Parameter(.25), 1e-12);
        Assert.Equal((0, 1, 0, 1), (curve.Parameter(0), curve.Parameter(1), curve.Parameter(-2), curve.Parameter(7)));
        // Between points it is straight: from 0 to .4 / Steps^2.
        Assert.Equal(.5 / DialCurve.Steps, curve.Parameter(.5 / (DialCurve.Steps * DialCurve.Steps)), 1e-12);
    }

    [Fact]
    public void A_curve_that_falls_back_is_read_at_its_first_rise_and_one_that_stays_at_nothing_is_not_read()
    {
        var curve = new DialCurve();
        var bent = Enumerable.Range(0, DialCurve.Steps + 1).Select(i => i == 2 ? .1 : i * .2 / DialCurve.Steps).ToArray();
        curve.Take(bent);
        var before = 0.0;
        for (var at = 0.0; at <= 1; at += .01)
        {
            Assert.True(curve.Parameter(at) >= before);
            before = curve.Parameter(at);
        }

        var still = new DialCurve();
        still.Take(new double[DialCurve.Steps + 1]);
        Assert.Equal(.7, still.Parameter(.7));
    }

    [Fact]
    public void The_sums_of_one_context_give_the_circuits_law_at_every_turn_of_each_dial()
    {
        var learned = ShippedRepertoire.Learn();
        var line = Heard(learned);
        var (laws, rho, candidates) = (new MemberLaws(learned.Members.Members.Length, Candidates.Capacity), new double[16], Octaves());
        laws.Begin(candidates.Count);
        learned.Members.Laws(line, candidates.Pitches, laws.Laws, laws.Confidence);
        laws.Complete();
        for (var i = 0; i < 16; i++) rho[i] = line.Memory[i / 4, i % 4].Real;
        var sums = new DialLaws(learned.Amplitudes, learned.Members.Phased.AsSpan(), Candidates.Capacity);
        sums.Take(laws, rho);
        foreach (var settings in Turns)
        {
            // Coherence and phase are one family, novelty another.
            if (settings.Novelty > 0 && settings.Coherence < 1) continue;
            Assert.True(learned.Council.Prepare(line, candidates, settings, 0));
            double[] circuit = new double[candidates.Count], law = new double[candidates.Count];
            learned.Council.WriteLaw(circuit);
            sums.Write(learned.Council.Dials.Turn(settings), law);
            for (var x = 0; x < law.Length; x++) Assert.Equal(circuit[x], law[x], 1e-10);
        }
    }

    // The family of 9 fails by chance once in 10,000.
    [Fact]
    public void Shots_follow_the_closed_form_however_the_dials_are_turned()
    {
        var learned = ShippedRepertoire.Learn();
        var (line, random) = (Heard(learned), new Xoshiro(31));
        foreach (var settings in Turns)
        {
            var candidates = Octaves();
            Assert.True(learned.Council.Prepare(line, candidates, settings, 0));
            var (law, counts) = (new double[candidates.Count], new int[candidates.Count]);
            learned.Council.WriteLaw(law);
            for (var i = 0; i < Shots; i++)
            {
                var shot = learned.Council.Shoot(random);
                Assert.True(shot.Kept);
                counts[shot.Symbol]++;
            }

            ChiSquare.AssertFollows(law, counts, 1e-4 / Turns.Length);
        }
    }

    [Theory]
    [InlineData(0, .02)]
    [InlineData(1, .09)]
    [InlineData(2, .2)]
    public void Equal_turns_change_the_law_of_coming_contexts_by_equal_amounts(int dial, double least)
    {
        var learned = ShippedRepertoire.Learn();
        var line = learned.Members.NewLine();
        const int Steps = 5;
        var (sums, contexts) = (new double[Steps + 1], 0);
        var random = new Xoshiro(77);
        for (var note = 0; note < 1800; note++)
        {
            if (note % 24 == 0) line.Restart();
            // A tune that comes back, in varying keys, with a wrong note now and then.
            var pitch = Tune[note % 24] + note / 48 % 5 + (random.NextInt(9) == 0 ? random.NextInt(3) - 1 : 0);
            if (note > 600 && note % 7 == 0)
            {
                contexts++;
                var from = Law(learned, line, 0);
                for (var step = 1; step <= Steps; step++) sums[step] += DialLaws.Variation(from, Law(learned, line, step / (double)Steps));
            }

            learned.Council.Hear(line, pitch, LearnedMusic.LiveRate);
            learned.Members.Learn(line, pitch, live: true);
        }

        var end = sums[Steps] / contexts;
        Assert.True(end > least, $"The end is at {end:0.000}.");
        for (var step = 1; step <= Steps; step++) Assert.Equal(1.0 / Steps, (sums[step] - sums[step - 1]) / contexts / end, .06);

        double[] Law(LearnedMusic from, MelodicLine at, double turned)
        {
            var candidates = Octaves();
            Assert.True(from.Council.Prepare(at, candidates, dial switch { 0 => new DialSettings(1 - turned), 1 => new DialSettings(1, turned), _ => new DialSettings(1, 0, turned) }, 0));
            var law = new double[candidates.Count];
            from.Council.WriteLaw(law);
            return law;
        }
    }

    [Fact]
    public void A_memory_moves_on_as_the_councils_does_at_any_coherence()
    {
        var learned = ShippedRepertoire.Learn();
        var line = Heard(learned);
        var (laws, candidates) = (new MemberLaws(learned.Members.Members.Length, Candidates.Capacity), Octaves());
        laws.Begin(candidates.Count);
        learned.Members.Laws(line, candidates.Pitches, laws.Laws, laws.Confidence);
        laws.Complete();
        foreach (var coherence in new[] { 0, .3, 1.0 })
        {
            var rho = new double[16];
            for (var i = 0; i < 16; i++) rho[i] = line.Memory[i / 4, i % 4].Real;
            var sums = new DialLaws(learned.Amplitudes, learned.Members.Phased.AsSpan(), Candidates.Capacity);
            sums.Take(laws, rho);
            sums.Move(7, coherence, rho);

            var (memory, operators) = (new CouncilMemory(2), new MemoryOperators(laws.Members, 2));
            memory.CopyFrom(line.Memory);
            for (var k = 0; k < laws.Members; k++) operators.Set(k, learned.Amplitudes.Steps.Slice(16 * k, 16));
            double[] weights = new double[laws.Members], rows = new double[laws.Members * candidates.Count];
            learned.Amplitudes.Temper(laws, 0, 1, weights, rows);
            memory.Hear(new CouncilTerms(rows, weights, laws.Members, candidates.Count, coherence) { Operators = operators }, 7);
            for (var i = 0; i < 16; i++) Assert.Equal(memory[i / 4, i % 4].Real, rho[i], 1e-10);
        }
    }

    [Fact]
    public void Deciding_with_turned_dials_allocates_nothing()
    {
        var learned = ShippedRepertoire.Learn();
        var (line, candidates, random) = (Heard(learned), new Candidates(), new Xoshiro(3));
        Decide(500);
        Assert.Equal(0, Allocated.By(() => Decide(200)));

        void Decide(int times)
        {
            for (var i = 0; i < times; i++)
            {
                candidates.Fill(55, 79);
                learned.Council.Choose(line, candidates, new DialSettings(.7, .6, .3), .03, random);
            }
        }
    }

    private static MelodicLine Heard(LearnedMusic learned)
    {
        var line = learned.Members.NewLine();
        foreach (var pitch in Tune)
        {
            learned.Council.Hear(line, pitch, LearnedMusic.LiveRate);
            learned.Members.Learn(line, pitch, live: true);
        }

        return line;
    }

    private static Candidates Octaves()
    {
        var candidates = new Candidates();
        candidates.Fill(55, 79);
        return candidates;
    }
}
