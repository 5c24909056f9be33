using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Choosing;

public class CouncilChainTests
{
    private const int Low = 52, High = 83, Shots = 20_000;
    private static readonly int[][] Pasts = [[], [60], [67, 64, 60], [62, 64, 65, 67, 69], [60, 60, 67, 67, 69, 69, 67], [61, 66, 54, 73]];
    private static readonly double[] Coherences = [0, .5, 1];

    // 18 tests of 20,000 shots; the family fails by chance once in 10,000.
    [Fact]
    public void Measured_pitches_follow_the_closed_form_in_every_context_and_at_every_coherence()
    {
        var learned = ShippedRepertoire.Learn();
        foreach (var past in Pasts)
        {
            foreach (var coherence in Coherences)
            {
                var (candidates, random) = (AllOf(), new Xoshiro(Xoshiro.Derive(9, (ulong)(past.Length * 10 + coherence * 2))));
                Assert.True(learned.Council.Prepare(LineAfter(learned, past), candidates, coherence, 0));
                var counts = new int[candidates.Count];
                for (var i = 0; i < Shots; i++)
                {
                    var shot = learned.Council.Shoot(random);
                    Assert.True(shot.Kept && shot.Redraws <= CouncilStep.MaxRedraws);
                    counts[shot.Symbol]++;
                }

                ChiSquare.AssertFollows(Law(learned, candidates, coherence), counts, 1e-4 / (Pasts.Length * Coherences.Length));
            }
        }
    }

    [Fact]
    public void Choosing_measures_the_same_law_as_shooting()
    {
        var learned = ShippedRepertoire.Learn();
        var (candidates, random) = (AllOf(), new Xoshiro(3));
        Assert.True(learned.Council.Prepare(LineAfter(learned, [67, 64]), candidates, 1, .03));
        var law = Law(learned, candidates, 1);
        var pitches = candidates.Pitches.ToArray();
        var counts = new int[pitches.Length];
        for (var i = 0; i < 4_000; i++)
        {
            var choice = learned.Council.Choose(LineAfter(learned, [67, 64]), AllOf(), 1, .03, random);
            counts[Array.IndexOf(pitches, choice.Pitch)]++;
        }

        ChiSquare.AssertFollows(law, counts, 1e-4);
    }

    [Fact]
    public void The_coherence_dial_moves_the_law()
    {
        var learned = ShippedRepertoire.Learn();
        var candidates = AllOf();
        Assert.True(learned.Council.Prepare(LineAfter(learned, [62, 64, 65]), candidates, 1, 0));
        var (coherent, classical) = (Law(learned, candidates, 1), Law(learned, candidates, 0));
        Assert.True(coherent.Zip(classical).Sum(p => Math.Abs(p.First - p.Second)) / 2 > .01);
    }

    [Fact]
    public void Favour_damps_the_law_in_exact_proportion()
    {
        var learned = ShippedRepertoire.Learn();
        var random = new Xoshiro(8);
        foreach (var coherence in Coherences)
        {
            var line = LineAfter(learned, [67, 65, 64]);
            var (free, shaped) = (AllOf(), AllOf());
            Assert.True(learned.Council.Prepare(line, free, coherence, 0));
            var expected = Law(learned, free, coherence);
            for (var i = 0; i < expected.Length; i++) expected[i] *= shaped.Favour[i] = .05 + 2 * random.NextDouble();
            var total = expected.Sum();
            Assert.True(learned.Council.Prepare(line, shaped, coherence, 0));
            var law = Law(learned, shaped, coherence);
            for (var i = 0; i < law.Length; i++) Assert.Equal(expected[i] / total, law[i], 1e-12);
        }
    }

    [Fact]
    public void A_forbidden_candidate_is_never_measured()
    {
        var learned = ShippedRepertoire.Learn();
        var random = new Xoshiro(5);
        foreach (var coherence in Coherences)
        {
            for (var i = 0; i < 500; i++)
            {
                var candidates = AllOf();
                foreach (var pitch in candidates.Pitches) candidates.Favour[pitch - Low] = pitch % 3 == i % 3 ? 1 : 0;
                Assert.Equal(i % 3, learned.Council.Choose(LineAfter(learned, [67, 64]), candidates, coherence, .01, random).Pitch % 3);
            }
        }
    }

    [Fact]
    public void The_tail_is_cut_at_its_share_of_the_likeliest_and_no_further()
    {
        var learned = ShippedRepertoire.Learn();
        foreach (var tail in new[] { .001, .03, .2, 1 })
        {
            var (whole, cut) = (AllOf(), AllOf());
            var line = LineAfter(learned, [60, 62, 64, 65]);
            Assert.True(learned.Council.Prepare(line, whole, 1, 0));
            var law = Law(learned, whole, 1);
            Assert.True(learned.Council.Prepare(line, cut, 1, tail));
            var kept = whole.Pitches.ToArray().Where((_, i) => law[i] >= tail * law.Max());
            Assert.Equal(kept, cut.Pitches.ToArray());
        }
    }

    [Fact]
    public void With_nothing_left_to_choose_the_partner_rests()
    {
        var learned = new LearnedMusic();
        var candidates = AllOf();
        candidates.Favour.Clear();
        var decision = learned.Council.Choose(learned.Members.NewLine(), candidates, 1, .03, new Xoshiro(1));
        Assert.Equal(-1, decision.Pitch);
        var none = new Candidates();
        none.Fill(80, 70);
        Assert.Equal(-1, learned.Council.Choose(learned.Members.NewLine(), none, 1, .03, new Xoshiro(1)).Pitch);
    }

    [Fact]
    public void A_single_candidate_is_chosen_without_a_note_qubit()
    {
        var learned = ShippedRepertoire.Learn();
        var candidates = new Candidates();
        candidates.Fill(66, 66);
        Assert.Equal(66, learned.Council.Choose(learned.Members.NewLine(), candidates, .5, .03, new Xoshiro(1)).Pitch);
        Assert.Equal(0, learned.Council.NoteQubits);
    }

    [Fact]
    public void Redraws_are_as_many_as_the_kept_share_says_and_bounded()
    {
        var learned = ShippedRepertoire.Learn();
        var candidates = AllOf();
        Assert.True(learned.Council.Prepare(LineAfter(learned, [60, 64]), candidates, .5, 0));
        var random = new Xoshiro(2);
        var redraws = 0L;
        for (var i = 0; i < Shots; i++)
        {
            var shot = learned.Council.Shoot(random);
            Assert.InRange(shot.Redraws, 0, CouncilStep.MaxRedraws);
            redraws += shot.Redraws;
        }

        // Redraws before a kept shot are geometric: mean (1 - k) / k, variance (1 - k) / k^2. Five standard errors.
        var kept = learned.Council.KeptShare;
        Assert.Equal((1 - kept) / kept, redraws / (double)Shots, 5 * Math.Sqrt((1 - kept) / Shots) / kept);
    }

    private static double[] Law(LearnedMusic learned, Candidates candidates, double coherence)
    {
        var law = new double[candidates.Count];
        learned.Council.WriteLaw(coherence, law);
        Assert.Equal(1, law.Sum(), 1e-12);
        return law;
    }

    private static MelodicLine LineAfter(LearnedMusic learned, int[] past)
    {
        var line = learned.Members.NewLine();
        foreach (var pitch in past) learned.Members.Follow(line, pitch);
        return line;
    }

    private static Candidates AllOf()
    {
        var candidates = new Candidates();
        candidates.Fill(Low, High);
        return candidates;
    }
}
