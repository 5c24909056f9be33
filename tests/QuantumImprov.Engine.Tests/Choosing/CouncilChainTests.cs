using QuantumImprov.Engine.Choosing.Dials;
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
                Assert.True(learned.Council.Prepare(LineAfter(learned, past), candidates, DialSettings.Plain with { Coherence = coherence }, 0));
                var counts = new int[candidates.Count];
                for (var i = 0; i < Shots; i++)
                {
                    var shot = learned.Council.Shoot(random);
                    Assert.True(shot.Kept && shot.Redraws <= CouncilStep.MaxRedraws);
                    counts[shot.Symbol]++;
                }

                ChiSquare.AssertFollows(Law(learned, candidates), counts, 1e-4 / (Pasts.Length * Coherences.Length));
            }
        }
    }

    [Fact]
    public void Choosing_measures_the_same_law_as_shooting()
    {
        var learned = ShippedRepertoire.Learn();
        var (candidates, random) = (AllOf(), new Xoshiro(3));
        Assert.True(learned.Council.Prepare(LineAfter(learned, [67, 64]), candidates, DialSettings.Plain, .03));
        var law = Law(learned, candidates);
        var pitches = candidates.Pitches.ToArray();
        var counts = new int[pitches.Length];
        for (var i = 0; i < 4_000; i++)
        {
            var choice = learned.Council.Choose(LineAfter(learned, [67, 64]), AllOf(), DialSettings.Plain, .03, random);
            counts[Array.IndexOf(pitches, choice.Pitch)]++;
        }

        ChiSquare.AssertFollows(law, counts, 1e-4);
    }

    // Two notes in a row, the memory unmeasured in between: pairs follow the product of the first law and the second one after the filter. 3 tests of 6,000 pairs; false alarm 1e-4 in all.
    [Fact]
    public void Notes_that_are_measured_one_after_the_other_follow_the_law_of_the_phrase()
    {
        var learned = ShippedRepertoire.Learn();
        var start = LineAfter(learned, []);
        foreach (var pitch in new[] { 60, 64, 67, 65 })
        {
            learned.Council.Hear(start, pitch, 0);
            learned.Members.Follow(start, pitch);
        }

        foreach (var coherence in Coherences)
        {
            var law = new double[9];
            for (var first = 0; first < 3; first++)
            {
                var (line, candidates) = (Copy(start), Three());
                Assert.True(learned.Council.Prepare(line, candidates, DialSettings.Plain with { Coherence = coherence }, 0));
                var p = Law(learned, candidates)[first];
                learned.Council.Sound(line, first);
                learned.Members.Follow(line, candidates.Pitches[first]);
                Assert.True(learned.Council.Prepare(line, candidates = Three(), DialSettings.Plain with { Coherence = coherence }, 0));
                for (var second = 0; second < 3; second++) law[3 * first + second] = p * Law(learned, candidates)[second];
            }

            var (counts, random) = (new int[9], new Xoshiro(17));
            for (var i = 0; i < 6_000; i++)
            {
                var (line, pair) = (Copy(start), 0);
                for (var note = 0; note < 2; note++)
                {
                    var candidates = Three();
                    var decision = learned.Council.Choose(line, candidates, DialSettings.Plain with { Coherence = coherence }, 0, random);
                    Assert.True(decision.Kept && line.Memory.HoldsRegister);
                    pair = 3 * pair + candidates.IndexOf(decision.Pitch);
                    learned.Members.Follow(line, decision.Pitch);
                }

                counts[pair]++;
            }

            ChiSquare.AssertFollows(law, counts, 1e-4 / Coherences.Length);
        }

        MelodicLine Copy(MelodicLine line)
        {
            var copy = learned.Members.NewLine();
            copy.CopyFrom(line);
            return copy;
        }

        static Candidates Three()
        {
            var candidates = new Candidates();
            candidates.Fill(62, 64);
            return candidates;
        }
    }

    [Fact]
    public void What_was_heard_before_is_in_the_memory_and_a_new_line_has_forgotten_it()
    {
        var learned = ShippedRepertoire.Learn();
        var (line, fresh) = (learned.Members.NewLine(), learned.Members.NewLine());
        foreach (var pitch in new[] { 60, 62, 64, 65, 67 })
        {
            learned.Council.Hear(line, pitch, 0);
            learned.Members.Follow(line, pitch);
            learned.Members.Follow(fresh, pitch);
        }

        // The paths stand in the same place; what foretold the notes so far, and the memory, differ.
        Assert.NotEqual(line.Memory[0, 1], fresh.Memory[0, 1]);
        Assert.False(line.Memory.HoldsRegister);
        line.Restart();
        Assert.Equal(fresh.Memory[0, 1], line.Memory[0, 1]);
    }

    [Fact]
    public void The_coherence_dial_moves_the_law()
    {
        var learned = ShippedRepertoire.Learn();
        var candidates = AllOf();
        Assert.True(learned.Council.Prepare(LineAfter(learned, [62, 64, 65]), candidates, DialSettings.Plain, 0));
        var coherent = Law(learned, candidates);
        Assert.True(learned.Council.Prepare(LineAfter(learned, [62, 64, 65]), candidates, DialSettings.Plain with { Coherence = 0 }, 0));
        var classical = Law(learned, candidates);
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
            Assert.True(learned.Council.Prepare(line, free, DialSettings.Plain with { Coherence = coherence }, 0));
            var expected = Law(learned, free);
            for (var i = 0; i < expected.Length; i++) expected[i] *= shaped.Favour[i] = .05 + 2 * random.NextDouble();
            var total = expected.Sum();
            Assert.True(learned.Council.Prepare(line, shaped, DialSettings.Plain with { Coherence = coherence }, 0));
            var law = Law(learned, shaped);
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
                Assert.Equal(i % 3, learned.Council.Choose(LineAfter(learned, [67, 64]), candidates, DialSettings.Plain with { Coherence = coherence }, .01, random).Pitch % 3);
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
            Assert.True(learned.Council.Prepare(line, whole, DialSettings.Plain, 0));
            var law = Law(learned, whole);
            Assert.True(learned.Council.Prepare(line, cut, DialSettings.Plain, tail));
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
        var decision = learned.Council.Choose(learned.Members.NewLine(), candidates, DialSettings.Plain, .03, new Xoshiro(1));
        Assert.Equal(-1, decision.Pitch);
        var none = new Candidates();
        none.Fill(80, 70);
        Assert.Equal(-1, learned.Council.Choose(learned.Members.NewLine(), none, DialSettings.Plain, .03, new Xoshiro(1)).Pitch);
    }

    [Fact]
    public void A_single_candidate_is_chosen_without_a_note_qubit()
    {
        var learned = ShippedRepertoire.Learn();
        var candidates = new Candidates();
        candidates.Fill(66, 66);
        Assert.Equal(66, learned.Council.Choose(learned.Members.NewLine(), candidates, DialSettings.Plain with { Coherence = .5 }, .03, new Xoshiro(1)).Pitch);
        Assert.Equal(0, learned.Council.NoteQubits);
    }

    [Fact]
    public void Redraws_are_as_many_as_the_kept_share_says_and_bounded()
    {
        var learned = ShippedRepertoire.Learn();
        var candidates = AllOf();
        Assert.True(learned.Council.Prepare(LineAfter(learned, [60, 64]), candidates, DialSettings.Plain with { Coherence = .5 }, 0));
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

    private static double[] Law(LearnedMusic learned, Candidates candidates)
    {
        var law = new double[candidates.Count];
        learned.Council.WriteLaw(law);
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
