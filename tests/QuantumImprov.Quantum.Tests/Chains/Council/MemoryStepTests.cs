using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Council;

/// <summary>The simulated step with phases and memory: its law as simulated, its consensus, and what happens at the edges.</summary>
public sealed class MemoryStepTests
{
    private readonly CouncilStep _step = new(CouncilStep.MostMembers, CouncilStep.MostCandidates, MemoryOperators.MostQubits);

    [Fact]
    public void The_simulated_law_and_kept_share_equal_the_closed_form() =>
        MemoryCouncil.Any.Sample(
            council =>
            {
                var memory = new CouncilMemory(council.Operators.Qubits);
                var random = new Xoshiro(1);
                var (law, expected) = (new double[council.Plain.Candidates], new double[council.Plain.Candidates]);
                for (var t = 0; t < 3; t++)
                {
                    _step.Prepare(council.Terms, memory);
                    _step.WriteLaw(law);
                    var kept = CouncilLaw.Write(council.Terms, memory, expected);
                    Assert.Equal(kept, _step.KeptShare, 1e-12);
                    for (var x = 0; x < law.Length; x++) Assert.Equal(expected[x], law[x], 1e-12 / Math.Max(kept, 1e-6));
                    _step.Play(council.Terms, memory, random);
                }
            },
            iter: 400, threads: 1);

    [Fact]
    public void A_plain_council_and_its_full_circuit_have_one_law() =>
        CouncilInputs.Any.Sample(
            c =>
            {
                var (law, full) = (new double[c.Candidates], new double[c.Candidates]);
                _step.Prepare(c.Amplitudes, c.Weights, c.Members, c.Candidates, c.Coherence);
                _step.WriteLaw(law);
                var (kept, consensus) = (_step.KeptShare, _step.Consensus);

                // Signs as phases, which the short way does not take.
                var phases = c.Weights.Select(w => w < 0 ? Math.PI : 0).ToArray();
                _step.Prepare(new CouncilTerms(c.Amplitudes, [.. c.Weights.Select(Math.Abs)], c.Members, c.Candidates, c.Coherence) { Phases = phases });
                _step.WriteLaw(full);
                Assert.Equal(kept, _step.KeptShare, 1e-12);
                Assert.Equal(consensus, _step.Consensus, 1e-9);
                for (var x = 0; x < law.Length; x++) Assert.Equal(law[x], full[x], 1e-12 / Math.Max(kept, 1e-6));
            },
            iter: 300, threads: 1);

    [Fact]
    public void Without_temper_and_signs_it_is_the_power_mean_of_exponent_one_half() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 16], Gen.Int[2, 64]).Sample(
            (seed, members, candidates) =>
            {
                var random = new Xoshiro(seed);
                var laws = new double[members][];
                for (var k = 0; k < members; k++)
                {
                    laws[k] = [.. Enumerable.Range(0, candidates).Select(_ => random.NextDouble())];
                    laws[k] = [.. laws[k].Select(p => p / laws[k].Sum())];
                }

                double[] weights = [.. Enumerable.Range(0, members).Select(_ => random.NextDouble())];
                double[] mean = [.. Enumerable.Range(0, candidates).Select(x => Math.Pow(Enumerable.Range(0, members).Sum(k => weights[k] * Math.Pow(laws[k][x], .5)), 2))];
                var law = new double[candidates];
                _step.Prepare([.. laws.SelectMany(p => p.Select(Math.Sqrt))], weights, members, candidates, 1);
                _step.WriteLaw(law);
                for (var x = 0; x < candidates; x++) Assert.Equal(mean[x] / mean.Sum(), law[x], 1e-12);
            },
            iter: 200, threads: 1);

    [Theory]
    [InlineData(0, .856752, .305577, .288852, .288852, .116720)]
    [InlineData(90, .5, .3, .25, .25, .2)]
    [InlineData(180, .143248, .266647, .017630, .017630, .698092)]
    public void A_phase_between_two_members_blends_as_the_reference_vectors_say(double degrees, double kept, double p0, double p1, double p2, double p3)
    {
        var law = new double[4];
        double[] roots = [Math.Sqrt(.5), Math.Sqrt(.3), Math.Sqrt(.2), 0, Math.Sqrt(.1), Math.Sqrt(.2), Math.Sqrt(.3), Math.Sqrt(.4)];
        _step.Prepare(new CouncilTerms(roots, [1, 1], 2, 4) { Phases = [0, degrees * Math.PI / 180] });
        _step.WriteLaw(law);
        Assert.Equal(kept, _step.KeptShare, 1e-6);
        double[] expected = [p0, p1, p2, p3];
        for (var x = 0; x < 4; x++) Assert.Equal(expected[x], law[x], 1e-6);
    }

    [Fact]
    public void Consensus_counts_the_memory_too()
    {
        double[] same = [.6, .8, .6, .8];
        var operators = new MemoryOperators(2, 1);
        var memory = new CouncilMemory(1);
        var terms = new CouncilTerms(same, [1, 1], 2, 2) { Operators = operators };
        _step.Prepare(terms, memory);
        Assert.Equal(1, _step.Consensus, 1e-12);

        // The same note, but one turns |+> into |->.
        operators.Set(1, [1.0, 0, 0, -1]);
        _step.Prepare(terms, memory);
        Assert.Equal(0, _step.Consensus, 1e-12);
        operators.Set(1, [-1.0, 0, 0, -1]);
        _step.Prepare(terms, memory);
        Assert.Equal(-1, _step.Consensus, 1e-12);

        // Agreement is whole even where both lose most shots to the ancilla.
        operators.Set(0, [2.0, 0, 0, .2]);
        operators.Set(1, [2.0, 0, 0, .2]);
        _step.Prepare(terms, memory);
        Assert.Equal(1, _step.Consensus, 1e-12);
        Assert.Equal((1 + .01) / 2, _step.KeptShare, 1e-12);
        Assert.Equal(1, _step.AncillaQubits);
    }

    [Fact]
    public void Full_cancellation_gives_up_within_the_bound_names_a_candidate_and_loses_only_the_register()
    {
        var memory = new CouncilMemory(2);
        var before = MemoryCouncil.Density(memory);
        var shot = _step.Play(new CouncilTerms([.5, .5, .5, .5, .5, .5], [1, -1], 2, 3) { Operators = new MemoryOperators(2, 2) }, memory, new Xoshiro(3));
        Assert.Equal((false, CouncilStep.MaxRedraws), (shot.Kept, shot.Redraws));
        Assert.InRange(shot.Symbol, 0, 2);
        Assert.False(memory.HoldsRegister);
        CouncilMemoryTests.AssertEqual(before, memory, 0);
    }

    [Fact]
    public void A_memory_without_qubits_stays_one()
    {
        _step.Prepare(MemoryCouncil.Random(1, 2, 2, 2, 1, complex: true, unitary: true).Terms, new CouncilMemory(2));
        var (memory, state) = (new CouncilMemory(0), new Complex[1]);
        foreach (var phases in (double[][])[[], [0, .3]])
        {
            Assert.True(_step.Play(new CouncilTerms([.6, .8, .8, .6], [1, 1], 2, 2) { Phases = phases }, memory, new Xoshiro(1)).Kept);
            Assert.True(memory.WriteRegister(state));
            Assert.Equal(1, Complex.Abs(state[0]), 1e-12);
            Assert.Equal(1, memory[0, 0]);
        }
    }

    [Fact]
    public void A_silent_council_leaves_the_memory_alone()
    {
        var memory = new CouncilMemory(1);
        Assert.Equal(default, _step.Play(new CouncilTerms([0, 0, 0, 0], [1, 1], 2, 2) { Operators = new MemoryOperators(2, 1) }, memory, new Xoshiro(3)));
        Assert.Equal(0, _step.KeptShare);
        Assert.Equal(0, _step.Consensus);
        var operators = new MemoryOperators(2, 1);
        operators.Set(0, new double[4]);
        operators.Set(1, new double[4]);
        Assert.Equal(default, _step.Play(new CouncilTerms([1, 1, 1, 1], [1, 1], 2, 2) { Operators = operators }, memory, new Xoshiro(3)));
        Assert.Equal(.5, memory[0, 1]);
    }

    [Fact]
    public void The_operators_may_change_after_a_preparation()
    {
        var council = MemoryCouncil.Random(5, 4, 6, 2, .5, complex: false, unitary: false);
        var memory = new CouncilMemory(2);
        memory.Hear(council.Terms, 1);
        var (law, expected) = (new double[6], new double[6]);
        CouncilLaw.Write(council.Terms, memory, expected);
        _step.Prepare(council.Terms, memory);
        var picture = _step.ToCircuit();
        for (var k = 0; k < 4; k++) council.Operators.Set(k, new double[16]);
        _step.WriteLaw(law);
        for (var x = 0; x < 6; x++) Assert.Equal(expected[x], law[x], 1e-12);
        Assert.Equal(picture, _step.ToCircuit());
    }

    [Fact]
    public void The_size_of_amplitudes_weights_and_operators_does_not_matter()
    {
        var council = MemoryCouncil.Random(9, 5, 20, 2, .7, complex: true, unitary: false);
        var memory = new CouncilMemory(2);
        var (plain, scaled, closed) = (new double[20], new double[20], new double[20]);
        _step.Prepare(council.Terms, memory);
        _step.WriteLaw(plain);
        memory.Hear(council.Terms, 7);
        var rho = MemoryCouncil.Density(memory);
        var operators = new MemoryOperators(5, 2);
        foreach (var (amplitude, weight, step) in ((double, double, double)[])[(1e-200, 1, 1), (1e-90, 1e-80, 1e-100), (1e90, 1e90, 1e90), (1, 1e99, 1e-99)])
        {
            for (var k = 0; k < 5; k++) operators.Set(k, council.Steps[k].Cast<Complex>().Select(z => z * step).ToArray());
            memory.Restart();
            var terms = new CouncilTerms([.. council.Plain.Amplitudes.Select(s => s * amplitude)], [.. council.Plain.Weights.Select(w => w * weight)], 5, 20, .7) { Phases = council.Phases, Operators = operators };
            _step.Prepare(terms, memory);
            _step.WriteLaw(scaled);
            CouncilLaw.Write(terms, memory, closed);
            for (var x = 0; x < 20; x++)
            {
                Assert.Equal(plain[x], scaled[x], 1e-12);
                Assert.Equal(plain[x], closed[x], 1e-12);
            }

            memory.Hear(terms, 7);
            CouncilMemoryTests.AssertEqual(rho, memory, 1e-12);
        }
    }

    [Fact]
    public void Playing_allocates_nothing()
    {
        var real = MemoryCouncil.Random(11, 16, 64, 2, .5, complex: false, unitary: false);
        var complex = MemoryCouncil.Random(12, 16, 64, 2, 1, complex: true, unitary: true, candidatePhases: true);
        var (random, law, memory, copy) = (new Xoshiro(1), new double[64], new CouncilMemory(2), new CouncilMemory(2));
        var matrix = real.Steps[3].Cast<Complex>().ToArray();
        for (var i = 0; i < 100; i++) Turn();
        Assert.Equal(0, Allocated.By(() => { for (var i = 0; i < 300; i++) Turn(); }));

        void Turn()
        {
            real.Operators.Set(3, matrix);
            foreach (var council in (ReadOnlySpan<MemoryCouncil>)[real, complex])
            {
                var shot = _step.Play(council.Terms, memory, random);
                copy.CopyFrom(memory);
                copy.Hear(council.Terms, shot.Symbol);
                copy.Dephase(.5, random);
                _step.Prepare(council.Terms, copy);
                _step.Draw(random);
                _step.WriteLaw(law);
                _ = _step.Consensus;
                CouncilLaw.Write(council.Terms, copy, law);
            }
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_notes()
    {
        var council = MemoryCouncil.Random(12, 6, 20, 2, .7, complex: true, unitary: false);
        int[] Notes()
        {
            var (memory, random) = (new CouncilMemory(2), new Xoshiro(5));
            return [.. Enumerable.Range(0, 100).Select(_ => _step.Play(council.Terms, memory, random).Symbol)];
        }

        Assert.Equal(Notes(), Notes());
        Assert.True(Notes().Distinct().Count() > 3);
    }

    [Fact]
    public void Councils_larger_than_the_step_are_refused()
    {
        var council = MemoryCouncil.Random(12, 2, 2, 2, 1, complex: true, unitary: false);
        Assert.Contains("0 to 1 memory qubits", Assert.Throws<ArgumentOutOfRangeException>(() => new CouncilStep(2, 2, 1).Prepare(council.Terms, new CouncilMemory(2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CouncilStep(2, 2, 3));
        Assert.Throws<ArgumentException>(() => _step.Prepare(council.Terms));
        Assert.Throws<ArgumentException>(() => _step.Prepare(council.Terms, new CouncilMemory(1)));
    }
}
