using CsCheck;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Council;

public sealed class CouncilStepTests
{
    private readonly CouncilStep _step = new(CouncilStep.MostMembers, CouncilStep.MostCandidates);

    private static readonly double[] BlendA = [Math.Sqrt(.5), Math.Sqrt(.3), Math.Sqrt(.2), 0];
    private static readonly double[] BlendB = [Math.Sqrt(.1), Math.Sqrt(.2), Math.Sqrt(.3), Math.Sqrt(.4)];

    [Fact]
    public void The_simulated_law_and_kept_share_equal_the_closed_form() =>
        CouncilInputs.Any.Sample(
            c =>
            {
                var (law, expected) = (new double[c.Candidates], new double[c.Candidates]);
                _step.Prepare(c.Amplitudes, c.Weights, c.Members, c.Candidates, c.Coherence);
                _step.WriteLaw(law);
                var kept = CouncilLaw.Write(c.Amplitudes, c.Weights, c.Members, c.Candidates, c.Coherence, expected);
                Assert.Equal(kept, _step.KeptShare, 1e-12);
                for (var x = 0; x < law.Length; x++) Assert.Equal(expected[x], law[x], 1e-12 / Math.Max(kept, 1e-6));
            },
            iter: 2000, seed: "0000KFmuTcF0", threads: 1);

    [Theory]
    [InlineData(1, .856752, .305577, .288852, .288852, .116720)]
    [InlineData(-1, .143248, .266647, .017630, .017630, .698092)]
    public void Two_members_blend_as_the_reference_vectors_say(int sign, double kept, double p0, double p1, double p2, double p3)
    {
        var law = new double[4];
        _step.Prepare([.. BlendA, .. BlendB], [1, sign], 2, 4, 1);
        _step.WriteLaw(law);
        Assert.Equal(kept, _step.KeptShare, 1e-6);
        Assert.Equal(p0, law[0], 1e-6);
        Assert.Equal(p1, law[1], 1e-6);
        Assert.Equal(p2, law[2], 1e-6);
        Assert.Equal(p3, law[3], 1e-6);
    }

    [Fact]
    public void The_dephased_end_is_the_sum_of_squares_whatever_the_signs()
    {
        var law = new double[4];
        foreach (var sign in (int[])[1, -1])
        {
            _step.Prepare([.. BlendA, .. BlendB], [1, sign], 2, 4, 0);
            _step.WriteLaw(law);
            Assert.Equal(.5, _step.KeptShare, 1e-12);
            double[] expected = [.3, .25, .25, .2];
            for (var x = 0; x < 4; x++) Assert.Equal(expected[x], law[x], 1e-12);
        }
    }

    [Theory]
    [InlineData(1UL, 16, 64, 1.0)]
    [InlineData(2UL, 16, 64, 0.0)]
    [InlineData(3UL, 14, 37, 0.6)]
    [InlineData(4UL, 32, 128, 0.3)]
    [InlineData(5UL, 2, 3, 1.0)]
    [InlineData(6UL, 1, 9, 0.5)]
    public void Kept_shots_follow_the_closed_form(ulong seed, int members, int candidates, double coherence)
    {
        var c = CouncilInputs.Random(seed, members, candidates, coherence);
        var law = new double[candidates];
        var counts = new int[candidates];
        var keptShare = CouncilLaw.Write(c.Amplitudes, c.Weights, members, candidates, coherence, law);
        _step.Prepare(c.Amplitudes, c.Weights, members, candidates, coherence);
        var random = new Xoshiro(seed);
        long taken = 0;
        const int Shots = 20_000;
        for (var i = 0; i < Shots; i++)
        {
            var shot = _step.Draw(random);
            Assert.True(shot.Kept);
            counts[shot.Symbol]++;
            taken += 1 + shot.Redraws;
        }

        ChiSquare.AssertFollows(law, counts);
        var deviation = Math.Sqrt(keptShare * (1 - keptShare) / taken);
        Assert.True(Math.Abs(((double)Shots / taken) - keptShare) <= (5 * deviation) + 1e-12, $"kept {(double)Shots / taken}, {keptShare} expected");
    }

    [Fact]
    public void Consensus_is_one_when_all_agree_and_zero_on_disjoint_notes()
    {
        _step.Prepare([.2, .4, .4, .2, .4, .4, .2, .4, .4], [1, 2, .5], 3, 3, .25);
        Assert.Equal(1, _step.Consensus, 1e-12);
        _step.Prepare([1, 0, 0, 0, 1, 0, 0, 0, 1], [1, 2, .5], 3, 3, 1);
        Assert.Equal(0, _step.Consensus, 1e-12);
        _step.Prepare([.5, .5, .5, .5], [1, -1], 2, 2, 1);
        Assert.Equal(-1, _step.Consensus, 1e-12);
        _step.Prepare([.5, .5, 0, 0], [1, 1], 2, 2, 1);
        Assert.Equal(0, _step.Consensus);
    }

    [Fact]
    public void A_silent_council_keeps_nothing_and_still_names_a_candidate()
    {
        _step.Prepare(new double[12], [1, 1, 1], 3, 4, 1);
        Assert.Equal(default, _step.Draw(new Xoshiro(1)));
        Assert.Equal(0, _step.KeptShare);
        _step.Prepare([1, 0, 0, 1], [0, 0], 2, 2, 0);
        Assert.Equal(default, _step.Draw(new Xoshiro(1)));
    }

    [Fact]
    public void Full_cancellation_gives_up_within_the_bound_and_names_a_candidate()
    {
        _step.Prepare([.5, .5, .5, .5, .5, .5], [1, -1], 2, 3, 1);
        var shot = _step.Draw(new Xoshiro(3));
        Assert.False(shot.Kept);
        Assert.Equal(CouncilStep.MaxRedraws, shot.Redraws);
        Assert.InRange(shot.Symbol, 0, 2);
    }

    [Fact]
    public void Every_symbol_is_a_candidate() =>
        CouncilInputs.Any.Sample(
            c =>
            {
                _step.Prepare(c.Amplitudes, c.Weights, c.Members, c.Candidates, c.Coherence);
                var random = new Xoshiro(7);
                for (var i = 0; i < 50; i++) Assert.InRange(_step.Draw(random).Symbol, 0, c.Candidates - 1);
            },
            iter: 300, threads: 1);

    [Fact]
    public void The_size_of_amplitudes_and_weights_does_not_matter()
    {
        var c = CouncilInputs.Random(9, 5, 20, .7);
        var (plain, scaled) = (new double[20], new double[20]);
        _step.Prepare(c.Amplitudes, c.Weights, 5, 20, .7);
        _step.WriteLaw(plain);
        foreach (var scale in (double[])[1e-200, 1e90])
        {
            _step.Prepare([.. c.Amplitudes.Select(s => s * scale)], c.Weights, 5, 20, .7);
            _step.WriteLaw(scaled);
            for (var x = 0; x < 20; x++) Assert.Equal(plain[x], scaled[x], 1e-12);
        }
    }

    [Fact]
    public void Registers_are_the_smallest_that_hold_the_council()
    {
        foreach (var (members, candidates, selector, note) in ((int, int, int, int)[])[(1, 1, 0, 0), (2, 2, 1, 1), (3, 5, 2, 3), (16, 64, 4, 6), (17, 65, 5, 7), (32, 128, 5, 7)])
        {
            var c = CouncilInputs.Random(1, members, candidates, 1);
            _step.Prepare(c.Amplitudes, c.Weights, members, candidates, 1);
            Assert.Equal((selector, note), (_step.SelectorQubits, _step.NoteQubits));
        }
    }

    [Fact]
    public void Preparing_and_drawing_allocates_nothing()
    {
        var c = CouncilInputs.Random(11, 16, 64, .5);
        var random = new Xoshiro(1);
        var law = new double[64];
        for (var i = 0; i < 200; i++) Turn();
        Assert.Equal(0, Allocated.By(() => { for (var i = 0; i < 1000; i++) Turn(); }));

        void Turn()
        {
            _step.Prepare(c.Amplitudes, c.Weights, 16, 64, .5);
            for (var i = 0; i < 5; i++) _step.Draw(random);
            _step.WriteLaw(law);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_shots()
    {
        var c = CouncilInputs.Random(12, 16, 64, .5);
        _step.Prepare(c.Amplitudes, c.Weights, 16, 64, .5);
        var (first, second) = (new Xoshiro(5), new Xoshiro(5));
        var shots = Enumerable.Range(0, 100).Select(_ => _step.Draw(first)).ToArray();
        _step.Prepare(c.Amplitudes, c.Weights, 16, 64, .5);
        Assert.Equal(shots, Enumerable.Range(0, 100).Select(_ => _step.Draw(second)).ToArray());
    }

    [Theory]
    [InlineData(double.NaN, "0 to 1E+100")]
    [InlineData(-.1, "0 to 1E+100")]
    [InlineData(double.PositiveInfinity, "0 to 1E+100")]
    public void A_bad_amplitude_is_named_with_what_is_allowed(double bad, string allowed)
    {
        var error = Assert.Throws<ArgumentException>(() => _step.Prepare([.5, .5, .5, bad], [1, 1], 2, 2, 1));
        Assert.Contains("member 1 for candidate 1", error.Message);
        Assert.Contains(allowed, error.Message);
    }

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CouncilStep(33, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CouncilStep(4, 129));
        Assert.Throws<ArgumentException>(() => _step.Prepare([1, 1, 1], [1, 1], 2, 2, 1));
        Assert.Throws<ArgumentException>(() => _step.Prepare([1, 1, 1, 1], [1], 2, 2, 1));
        Assert.Throws<ArgumentException>(() => _step.Prepare([1, 1], [double.NaN], 1, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _step.Prepare([1, 1], [1], 1, 2, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CouncilStep(2, 2).Prepare([1, 1, 1], [1, 1, 1], 3, 1, 1));
    }
}
