using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Council;

/// <summary>The simulated step with phases and memory: its law as simulated, its shots, and the memory it leaves. Each chi-square test raises a false alarm once in a million.</summary>
public sealed class MemoryStepTests
{
    private readonly CouncilStep _step = new(CouncilStep.MostMembers, CouncilStep.MostCandidates, MemoryOperators.MostQubits);

    public static TheoryData<int, bool, bool, double> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, bool, bool, double>();
            foreach (var qubits in (int[])[0, 1, 2])
            {
                foreach (var complex in (bool[])[false, true])
                {
                    foreach (var unitary in (bool[])[false, true])
                    {
                        foreach (var coherence in (double[])[0, .5, 1]) kinds.Add(qubits, complex, unitary, coherence);
                    }
                }
            }

            return kinds;
        }
    }

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

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kept_shots_follow_the_closed_form(int qubits, bool complex, bool unitary, double coherence)
    {
        var council = MemoryCouncil.Random(40 + (ulong)qubits, 5, 9, qubits, coherence, complex, unitary, candidatePhases: complex && unitary);
        var memory = new CouncilMemory(qubits, .1);
        memory.Hear(council.Terms, 2);
        memory.Hear(council.Terms, 5);
        var (law, counts, random) = (new double[9], new int[9], new Xoshiro(3));
        var keptShare = CouncilLaw.Write(council.Terms, memory, law);
        _step.Prepare(council.Terms, memory);
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

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Phrases_of_three_notes_with_the_memory_kept_between_them_follow_the_exact_law(int qubits, bool complex, bool unitary, double coherence)
    {
        // Two councils in turn, so that the context changes within the phrase.
        var (one, other) = (MemoryCouncil.Random(70 + (ulong)qubits, 3, 3, qubits, coherence, complex, unitary), MemoryCouncil.Random(80, 4, 3, qubits, coherence, complex, unitary));
        MemoryCouncil At(int t) => t == 1 ? other : one;
        var law = new double[27];
        for (var word = 0; word < 27; word++)
            law[word] = CouncilLaw.OfPhrase([word % 3, word / 3 % 3, word / 9], new CouncilMemory(qubits, .05), soFar => At(soFar.Length).Terms);

        var (counts, random, memory) = (new int[27], new Xoshiro(6), new CouncilMemory(qubits, .05));
        for (var i = 0; i < 12_000; i++)
        {
            memory.Restart();
            var word = 0;
            for (int t = 0, place = 1; t < 3; t++, place *= 3) word += place * _step.Play(At(t).Terms, memory, random).Symbol;
            counts[word]++;
        }

        ChiSquare.AssertFollows(law, counts);
    }

    [Fact]
    public void Phrases_know_whether_the_memory_was_kept_or_dephased()
    {
        // The same test must fail when the memory is read between the notes: else it could not tell.
        var council = MemoryCouncil.Random(70, 3, 3, 2, 1, complex: true, unitary: true);
        double distance = 0;
        for (var word = 0; word < 27; word++)
        {
            int[] phrase = [word % 3, word / 3 % 3, word / 9];
            var (kept, dephased) = (new CouncilMemory(2, .05), new CouncilMemory(2, .05));
            distance += Math.Abs(CouncilLaw.OfPhrase(phrase, kept, _ => council.Terms) - CouncilLaw.OfPhrase(phrase, dephased, _ =>
            {
                dephased.Dephase(1, new Xoshiro(1));
                return council.Terms;
            })) / 2;
        }

        // 12,000 phrases show a twentieth beyond doubt.
        Assert.True(distance > .05, $"total variation {distance}");
    }

    [Theory]
    [InlineData(1, true, 1.0)]
    [InlineData(2, false, 1.0)]
    [InlineData(2, false, .5)]
    [InlineData(2, false, 0.0)]
    public void What_the_register_holds_averages_to_the_filter(int qubits, bool unitary, double coherence)
    {
        var council = MemoryCouncil.Random(21, 4, 2, qubits, coherence, complex: true, unitary);
        var d = council.Levels;
        var (random, memory, state, count) = (new Xoshiro(2), new CouncilMemory(qubits, .3), new Complex[d], 0);
        var mean = new Complex[d, d];
        Complex[,]? filtered = null;
        for (var i = 0; i < 40_000; i++)
        {
            // Two notes deep, so that the second starts from what the first left; only the phrase 1, 0 is looked at.
            memory.Restart();
            if (_step.Play(council.Terms, memory, random).Symbol != 1 || _step.Play(council.Terms, memory, random).Symbol != 0) continue;
            Assert.True(memory.WriteRegister(state));
            count++;
            for (var e = 0; e < d * d; e++) mean[e / d, e % d] += state[e / d] * Complex.Conjugate(state[e % d]);
            filtered ??= MemoryCouncil.Density(memory);
        }

        Assert.True(count > 1000);
        for (var e = 0; e < d * d; e++) Assert.True(Complex.Abs((mean[e / d, e % d] / count) - filtered![e / d, e % d]) < 5 / Math.Sqrt(count), $"entry {e}: {mean[e / d, e % d] / count}, {filtered![e / d, e % d]} expected");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(.3)]
    public void A_note_kept_at_once_leaves_its_own_step_of_what_the_register_held(double depolarising)
    {
        var council = MemoryCouncil.Random(12, 4, 5, 2, 1, complex: true, unitary: false);
        var (random, memory) = (new Xoshiro(2), new CouncilMemory(2, depolarising));
        var (before, after, kept, lost) = (new Complex[4], new Complex[4], 0, 0);
        for (var t = 0; t < 200; t++)
        {
            Assert.True(memory.WriteRegister(before));
            var shot = _step.Play(council.Terms, memory, random);
            if (shot.Redraws > 0 && depolarising > 0) continue;
            var expected = new Complex[4];
            for (var i = 0; i < 16; i++) expected[i / 4] += council.Step(shot.Symbol)[i / 4, i % 4] * before[i % 4];
            memory.WriteRegister(after);
            if (depolarising > 0 && after.Any(z => z == 1)) lost++;
            else Assert.Equal(1, Overlap(expected, after), 1e-9);
            kept++;
        }

        Assert.InRange(kept, 30, 200);
        Assert.InRange(lost, .1 * depolarising * kept, 2 * depolarising * kept);
    }

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
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 300; i++) Turn();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

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

    private static double Overlap(Complex[] a, Complex[] b) =>
        Complex.Abs(a.Zip(b, (x, y) => Complex.Conjugate(x) * y).Aggregate(Complex.Add)) / Math.Sqrt(a.Sum(z => Math.Pow(Complex.Abs(z), 2)) * b.Sum(z => Math.Pow(Complex.Abs(z), 2)));
}
