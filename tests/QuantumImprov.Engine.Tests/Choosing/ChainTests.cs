using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Choosing;

/// <summary>What holds for every chain behind the port.</summary>
public class ChainTests
{
    private const int Low = 55, High = 79, Shots = 20_000;
    private static readonly int[][] Pasts = [[], [60], [67, 64, 60], [62, 64, 65, 67, 69], [61, 66, 54, 73]];
    private static readonly double[] Coherences = [0, .5, 1];

    public static TheoryData<string> Kinds => ["council", "grover", "walk", "hidden"];

    // 60 tests of 20,000 shots; the family fails by chance once in 10,000.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Shots_follow_the_closed_form_in_every_context_at_every_coherence_and_under_favour(string kind)
    {
        var learned = Playing(kind);
        foreach (var past in Pasts)
        {
            foreach (var coherence in Coherences)
            {
                var (candidates, random) = (Shaped(), new Xoshiro(Xoshiro.Derive(3, (ulong)(past.Length * 10 + coherence * 2))));
                Assert.True(learned.Chain.Prepare(LineAfter(learned, past), candidates, DialSettings.Plain with { Coherence = coherence }, 0));
                var counts = new int[candidates.Count];
                var redraws = 0L;
                for (var i = 0; i < Shots; i++)
                {
                    var shot = learned.Chain.Shoot(random);
                    Assert.True(shot.Kept);
                    counts[shot.Symbol]++;
                    redraws += shot.Redraws;
                }

                ChiSquare.AssertFollows(Law(learned.Chain, candidates), counts, 1e-4 / (Kinds.Count * Pasts.Length * Coherences.Length));
                // Kept shots among all: five standard errors.
                var all = Shots + redraws;
                Assert.Equal(learned.Chain.KeptShare, Shots / (double)all, 5 * Math.Sqrt(.25 / all) + 1e-9);
            }
        }
    }

    // The circuit that is drawn has, simulated gate by gate and post-selected on the bits above the note, the law that the chain samples.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_circuit_that_is_drawn_has_the_law_that_is_sampled(string kind)
    {
        var learned = Playing(kind);
        foreach (var past in Pasts)
        {
            var candidates = Shaped();
            // Ten candidates keep the dense reference within reach.
            for (var x = 0; x < candidates.Count; x++) candidates.Favour[x] = Math.Abs(candidates.Pitches[x] - 65) <= 5 ? candidates.Favour[x] : 0;
            Assert.True(learned.Chain.Prepare(LineAfter(learned, past), candidates, DialSettings.Plain, 0));
            var law = Law(learned.Chain, candidates);
            var drawn = new double[law.Length];
            var notes = learned.Chain.NoteQubits;
            foreach (var (bits, p) in DenseReference.Law(learned.Chain.ToCircuit()))
            {
                var symbol = Decode(learned.Chain, candidates, LineAfter(learned, past), (int)(bits & ((1UL << notes) - 1)));
                if (bits >> notes == 0 && symbol >= 0) drawn[symbol] += p;
            }

            var kept = drawn.Sum();
            for (var x = 0; x < law.Length; x++) Assert.Equal(law[x], drawn[x] / kept, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_shaping_forbids_never_comes_and_the_tail_is_cut(string kind)
    {
        var learned = Playing(kind);
        var random = new Xoshiro(8);
        var line = LineAfter(learned, [67, 64, 60]);
        for (var i = 0; i < 2_000; i++)
        {
            var candidates = Shaped();
            var decision = learned.Chain.Choose(line, candidates, DialSettings.Plain with { Coherence = i % 3 / 2.0 }, i % 2 * .05, random);
            Assert.True(decision.Kept);
            Assert.NotEqual(1, decision.Pitch % 3);
            Assert.InRange(decision.Pitch, Low, High);
        }

        var (whole, cut) = (Shaped(), Shaped());
        Assert.True(learned.Chain.Prepare(line, whole, DialSettings.Plain, 0));
        Assert.True(learned.Chain.Prepare(line, cut, DialSettings.Plain, .2));
        Assert.InRange(cut.Count, 1, whole.Count - 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Deciding_allocates_nothing(string kind)
    {
        var learned = Playing(kind);
        var (line, candidates, random) = (LineAfter(learned, [67, 64, 60]), new Candidates(), new Xoshiro(8));
        // So long that every way has been taken before it is counted: the runtime charges the first time to whoever takes it.
        Decide(3_000);
        Assert.Equal(0, Allocated.By(() => Decide(1_000)));

        void Decide(int times)
        {
            for (var i = 0; i < times; i++)
            {
                candidates.Fill(Low, High);
                var decision = learned.Chain.Choose(line, candidates, DialSettings.Plain, .03, random);
                learned.Members.Follow(line, decision.Pitch);
            }
        }
    }

    [Fact]
    public void Amplification_brings_the_notes_played_lately_to_the_mass_that_was_asked_for()
    {
        var learned = Playing("grover");
        var line = LineAfter(learned, [60, 62, 67]);
        var candidates = new Candidates();
        candidates.Fill(Low, High);
        Assert.True(learned.Chain.Prepare(line, candidates, DialSettings.Plain with { Coherence = 0 }, 0));
        var plain = Law(learned.Chain, candidates);
        var inside = Inside(plain);
        Assert.True(learned.Chain.Prepare(line, candidates, DialSettings.Plain, 0));
        var raised = Law(learned.Chain, candidates);
        Assert.Equal(inside + .6 * (1 - inside), Inside(raised), 1e-9);
        // Relative weights on either side stay.
        for (var x = 1; x < plain.Length; x++)
        {
            var same = Enumerable.Range(0, x).Where(y => Marked(y) == Marked(x)).DefaultIfEmpty(-1).Last();
            if (same >= 0) Assert.Equal(plain[x] / plain[same], raised[x] / raised[same], 1e-6 * plain[x] / plain[same]);
        }

        bool Marked(int x) => candidates.Pitches[x] % 12 is 0 or 2 or 7;
        double Inside(double[] law) => law.Where((_, x) => Marked(x)).Sum();
    }

    [Fact]
    public void The_hidden_chain_hears_its_memory_and_learns_from_a_phrase()
    {
        var learned = Playing("hidden");
        int[] turn = [.. Enumerable.Range(0, 24).Select(i => i % 2 == 0 ? 60 : 66)];
        var before = Chance();
        for (var i = 0; i < 20; i++) learned.Chain.EndPhrase(turn);
        Assert.True(Chance() > 3 * before, $"The tritone had {before} and has {Chance()}.");

        var candidates = Shaped();
        Assert.True(learned.Chain.Prepare(LineAfter(learned, [60, 62, 64, 65, 67]), candidates, DialSettings.Plain, 0));
        var rising = Law(learned.Chain, candidates);
        candidates = Shaped();
        Assert.True(learned.Chain.Prepare(LineAfter(learned, [74, 72, 71, 69, 67]), candidates, DialSettings.Plain, 0));
        Assert.True(rising.Zip(Law(learned.Chain, candidates)).Max(p => Math.Abs(p.First - p.Second)) > .005);

        double Chance()
        {
            var all = new Candidates();
            all.Fill(Low, High);
            Assert.True(learned.Chain.Prepare(LineAfter(learned, [60, 66, 60]), all, DialSettings.Plain, 0));
            return Law(learned.Chain, all)[all.IndexOf(66)];
        }
    }

    [Fact]
    public void Three_steps_of_the_walk_are_another_law_than_the_plain_chain_and_two_are_the_same()
    {
        var learned = ShippedRepertoire.Learn();
        var laws = new Dictionary<int, double[]>();
        foreach (var steps in new[] { 2, 3, 5 })
        {
            learned.PlayWith(new Preset { Chain = "walk", Steps = steps });
            var candidates = Shaped();
            Assert.True(learned.Chain.Prepare(LineAfter(learned, [64, 62]), candidates, DialSettings.Plain, 0));
            laws[steps] = Law(learned.Chain, candidates);
            candidates = Shaped();
            Assert.True(learned.Chain.Prepare(LineAfter(learned, [64, 62]), candidates, DialSettings.Plain with { Coherence = 0 }, 0));
            laws[0] = Law(learned.Chain, candidates);
        }

        Assert.True(Distance(2, 0) < 1e-9);
        Assert.True(Distance(3, 0) > .02);
        Assert.True(Distance(5, 3) > .02);

        double Distance(int a, int b) => laws[a].Zip(laws[b]).Sum(p => Math.Abs(p.First - p.Second)) / 2;
    }

    // 0 and 2 steps are the plain chain, 1 stands still; the others are what the law's diagonal says.
    [Fact]
    public void How_often_a_pitch_follows_itself_is_told_by_the_number_of_steps()
    {
        var learned = Playing("walk");
        var candidates = new Candidates();
        candidates.Fill(Low, High);
        Assert.True(learned.Chain.Prepare(LineAfter(learned, [64]), candidates, DialSettings.Plain, 0));
        var repetition = Assert.IsType<WalkChain>(learned.Chain).Repetition(6);
        Assert.Equal(1, repetition[1], 1e-9);
        Assert.Equal(repetition[0], repetition[2], 1e-9);
        Assert.All(repetition, r => Assert.InRange(r, 0, 1 + 1e-9));
        Assert.NotEqual(repetition[2], repetition[3], 1e-3);
    }

    // One code a candidate, but for the hidden chain, whose codes are steps from the last pitch.
    private static int Decode(IChain chain, Candidates candidates, MelodicLine line, int code)
    {
        if (chain.Kind != "hidden") return code < candidates.Count ? code : -1;
        var from = line.Context.AtStart ? candidates.Pitches[candidates.Count / 2] : line.Context.Previous;
        return Math.Max(-1, candidates.IndexOf(from + code - HiddenChain.WidestStep));
    }

    private static LearnedMusic Playing(string kind)
    {
        var learned = ShippedRepertoire.Learn();
        learned.PlayWith(new Preset { Chain = kind });
        Assert.Equal(kind, learned.Chain.Kind);
        return learned;
    }

    // A third is forbidden, a third damped.
    private static Candidates Shaped()
    {
        var candidates = new Candidates();
        candidates.Fill(Low, High);
        for (var x = 0; x < candidates.Count; x++) candidates.Favour[x] = (candidates.Pitches[x] % 3) switch { 0 => 1, 1 => 0, _ => .3 };
        return candidates;
    }

    private static double[] Law(IChain chain, Candidates candidates)
    {
        var law = new double[candidates.Count];
        chain.WriteLaw(law);
        Assert.Equal(1, law.Sum(), 1e-9);
        return law;
    }

    private static MelodicLine LineAfter(LearnedMusic learned, int[] past)
    {
        var line = learned.Members.NewLine();
        foreach (var pitch in past) learned.Members.Follow(line, pitch);
        return line;
    }
}
