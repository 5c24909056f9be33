using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Chains.Hidden;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.Tests.Circuits;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Council;

/// <summary>The filter and the exact law, compared with the definitions and with the hidden chains.</summary>
public sealed class CouncilMemoryTests
{
    [Fact]
    public void Law_kept_share_and_filter_are_those_of_the_definitions() =>
        MemoryCouncil.Any.Sample(
            council =>
            {
                var memory = new CouncilMemory(council.Operators.Qubits, .03);
                var law = new double[council.Plain.Candidates];
                for (var t = 0; t < 3; t++)
                {
                    var rho = MemoryCouncil.Density(memory);
                    var (expected, kept) = council.Law(rho);
                    Assert.Equal(kept, CouncilLaw.Write(council.Terms, memory, law), 1e-12);
                    for (var x = 0; x < law.Length; x++) Assert.Equal(expected[x], law[x], 1e-12 / Math.Max(kept, 1e-6));
                    var heard = Array.IndexOf(expected, expected.Max());
                    if (kept == 0) return;
                    memory.Hear(council.Terms, heard);
                    AssertEqual(council.Filter(heard, rho, .03), memory, 1e-12 / Math.Max(kept, 1e-6));
                    Assert.False(memory.HoldsRegister);
                }
            },
            iter: 400, threads: 1);

    [Fact]
    public void The_memory_begins_even_and_loses_two_hundredths_a_note()
    {
        var memory = new CouncilMemory(2);
        Assert.Equal(.02, memory.Depolarising);
        Assert.Equal(1, memory.Purity, 1e-12);
        for (var i = 0; i < 16; i++) Assert.Equal(.25, memory[i / 4, i % 4]);
        memory.Hear(new CouncilTerms([1], [1], 1, 1) { Operators = new MemoryOperators(1, 2) }, 0);
        Assert.Equal(.25 * .98, memory[0, 1].Real, 1e-12);
        Assert.Equal(.25, memory[1, 1].Real, 1e-12);
    }

    [Theory]
    [InlineData("clock")]
    [InlineData("2-4")]
    [InlineData("2-6")]
    public void Members_that_each_know_one_note_are_a_hidden_quantum_chain(string name)
    {
        var set = HiddenProcess.All.Single(p => p.Name == name).Set;
        AssertSameChain(set, 1, new Xoshiro(5));
    }

    [Fact]
    public void Members_that_each_know_one_note_are_a_hidden_quantum_chain_of_four_levels()
    {
        // The blocks of the first columns of a random unitary are complete.
        var random = new Xoshiro(8);
        var whole = MemoryCouncil.Unitary(random, 16, complex: true);
        var entries = new Complex[64];
        for (var i = 0; i < 64; i++) entries[i] = whole[i / 4, i % 4];
        AssertSameChain(new KrausSet(4, 4, 1, entries), 1, random);
        AssertSameChain(new KrausSet(4, 4, 1, entries), 0, random);
    }

    [Fact]
    public void With_its_memory_dephased_after_every_note_it_is_a_classical_hidden_chain() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 2]).Sample(
            (seed, qubits) =>
            {
                var council = MemoryCouncil.Random(seed, 3, 4, qubits, 1, complex: true, unitary: false);
                var random = new Xoshiro(seed);
                var memory = new CouncilMemory(qubits, 0);
                memory.Dephase(1, random);
                var states = Enumerable.Repeat(1.0 / council.Levels, council.Levels).ToArray();
                var law = new double[4];
                for (var t = 0; t < 5; t++)
                {
                    // From state j to i with note x: |M_x[i, j]|^2, made a law over all notes and states together.
                    var moves = Enumerable.Range(0, 4).Select(x => Moved(council.Step(x), states)).ToArray();
                    var all = moves.Sum(m => m.Sum());
                    if (all == 0) return;
                    CouncilLaw.Write(council.Terms, memory, law);
                    for (var x = 0; x < 4; x++) Assert.Equal(moves[x].Sum() / all, law[x], 1e-11);
                    var heard = random.NextInt(4);
                    if (moves[heard].Sum() < 1e-6 * all) return;
                    memory.Hear(council.Terms, heard);
                    memory.Dephase(1, random);
                    states = [.. moves[heard].Select(m => m / moves[heard].Sum())];
                    for (var i = 0; i < council.Levels; i++) Assert.Equal(states[i], memory[i, i].Real, 1e-9);
                }
            },
            iter: 60);

    [Fact]
    public void A_phrase_is_as_likely_as_its_notes_one_after_the_other()
    {
        var council = MemoryCouncil.Random(3, 4, 3, 2, .6, complex: true, unitary: false);
        double sum = 0;
        for (var word = 0; word < 27; word++)
        {
            int[] phrase = [word % 3, word / 3 % 3, word / 9];
            var (rho, product) = (MemoryCouncil.Density(new CouncilMemory(2)), 1.0);
            foreach (var x in phrase)
            {
                product *= council.Law(rho).Law[x];
                rho = council.Filter(x, rho, .02);
            }

            var memory = new CouncilMemory(2);
            var lengths = new List<int>();
            var found = CouncilLaw.OfPhrase(phrase, memory, soFar =>
            {
                lengths.Add(soFar.Length);
                return council.Terms;
            });
            Assert.Equal(product, found, 1e-12);
            Assert.Equal([0, 1, 2], lengths);
            AssertEqual(rho, memory, 1e-11);
            sum += found;
        }

        Assert.Equal(1, sum, 1e-10);
    }

    [Fact]
    public void What_was_heard_is_never_impossible()
    {
        var memory = new CouncilMemory(1);
        memory.Hear(new CouncilTerms([1, 0], [1], 1, 2) { Operators = new MemoryOperators(1, 1) }, 1);
        Assert.Equal(.5, memory[0, 0]);
        Assert.Equal(0, memory[0, 1]);

        // Two members that cancel to the last digit.
        memory.Restart();
        memory.Hear(new CouncilTerms([.3, .3], [1, -1], 2, 1) { Operators = new MemoryOperators(2, 1) }, 0);
        Assert.Equal(.5, memory.Purity, 1e-12);
    }

    [Fact]
    public void Pure_states_drawn_from_the_memory_average_to_it()
    {
        var council = MemoryCouncil.Random(11, 3, 4, 2, 1, complex: true, unitary: false);
        var memory = new CouncilMemory(2, .2);
        foreach (var x in (int[])[1, 3, 0]) memory.Hear(council.Terms, x);
        var (random, state, mean) = (new Xoshiro(4), new Complex[4], new Complex[4, 4]);
        const int Draws = 40_000;
        for (var i = 0; i < Draws; i++)
        {
            memory.DrawPureState(state, random);
            for (var e = 0; e < 16; e++) mean[e / 4, e % 4] += state[e / 4] * Complex.Conjugate(state[e % 4]) / Draws;
        }

        // Five standard errors of a mean of numbers of size 1 at most.
        for (var e = 0; e < 16; e++) Assert.True(Complex.Abs(mean[e / 4, e % 4] - memory[e / 4, e % 4]) < 5 / Math.Sqrt(Draws));
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        var council = MemoryCouncil.Random(2, 3, 4, 2, 1, complex: false, unitary: true);
        var (memory, copy) = (new CouncilMemory(2), new CouncilMemory(2));
        memory.Hear(council.Terms, 1);
        copy.CopyFrom(memory);
        AssertEqual(MemoryCouncil.Density(memory), copy, 0);
        Assert.False(copy.HoldsRegister);
        copy.Hear(council.Terms, 2);
        Assert.True(Complex.Abs(copy[0, 1] - memory[0, 1]) > 1e-6);
        Assert.Throws<ArgumentException>(() => copy.CopyFrom(new CouncilMemory(1)));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var council = MemoryCouncil.Random(2, 3, 4, 2, 1, complex: false, unitary: true);
        Assert.Contains("0 to 2 qubits", Assert.Throws<ArgumentOutOfRangeException>(() => new CouncilMemory(3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CouncilMemory(1, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CouncilMemory(1).Dephase(-1, new Xoshiro(1)));
        Assert.Throws<ArgumentException>(() => new CouncilMemory(1).DrawPureState(new Complex[4], new Xoshiro(1)));
        Assert.Contains("a memory of 1 qubits", Assert.Throws<ArgumentException>(() => new CouncilMemory(1).Hear(council.Terms, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("candidates 0 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => new CouncilMemory(2).Hear(council.Terms, 4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CouncilLaw.Write(council.Terms, null, new double[4]));
        Assert.Throws<ArgumentException>(() => CouncilLaw.Write(council.Terms, new CouncilMemory(2), new double[3]));
        Assert.Throws<ArgumentException>(() => CouncilLaw.OfPhrase([4], new CouncilMemory(2), _ => council.Terms));
        Assert.Throws<ArgumentOutOfRangeException>(() => CouncilLaw.Write(default, null, []));
    }

    [Fact]
    public void Bad_phases_and_operators_are_refused()
    {
        var memory = new CouncilMemory(1);
        double[] ones = [1, 1, 1, 1];
        Assert.Contains("Got 1 phases; 2 members", Assert.Throws<ArgumentException>(() => memory.Hear(new CouncilTerms(ones, [1, 1], 2, 2) { Operators = new MemoryOperators(2, 1), Phases = [0.0] }, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => memory.Hear(new CouncilTerms(ones, [1, 1], 2, 2) { Operators = new MemoryOperators(2, 1), CandidatePhases = [0, 0, 0, double.NaN] }, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("of 3 members; there are 2", Assert.Throws<ArgumentException>(() => memory.Hear(new CouncilTerms(ones, [1, 1], 2, 2) { Operators = new MemoryOperators(3, 1) }, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryOperators(2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryOperators(33, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryOperators(2, 1).Set(2, ones));
        Assert.Throws<ArgumentException>(() => new MemoryOperators(2, 1).Set(1, [1.0, 2]));
        Assert.Contains("member 1", Assert.Throws<ArgumentException>(() => new MemoryOperators(2, 1).Set(1, [1.0, 2, 3, double.NaN])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operators_know_their_norm_and_whether_they_are_unitary() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 2], Gen.Bool, Gen.Bool).Sample(
            (seed, qubits, complex, unitary) =>
            {
                var council = MemoryCouncil.Random(seed, 2, 2, qubits, 1, complex, unitary);
                for (var k = 0; k < 2; k++)
                {
                    Assert.Equal(council.Norms[k], council.Operators.Norm(k), 1e-12);
                    for (var i = 0; i < council.Steps[k].Length; i++) Assert.Equal(council.Steps[k][i / council.Levels, i % council.Levels], council.Operators[k, i / council.Levels, i % council.Levels]);
                }

                Assert.Equal(!unitary && qubits > 0, council.Operators.NeedAncilla);
            },
            iter: 100);

    internal static void AssertEqual(Complex[,] expected, CouncilMemory memory, double within)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var (r, c) = (i / memory.Levels, i % memory.Levels);
            Assert.True(Complex.Abs(expected[r, c] - memory[r, c]) <= within, $"entry ({r}, {c}) is {memory[r, c]}, {expected[r, c]} expected");
        }
    }

    private static void AssertSameChain(KrausSet set, double coherence, Xoshiro random)
    {
        var (n, symbols) = (set.Levels, set.Symbols);
        var operators = new MemoryOperators(symbols, BitOperations.Log2((uint)n));
        var amplitudes = new double[symbols * symbols];
        var weights = new double[symbols];
        for (var y = 0; y < symbols; y++)
        {
            (amplitudes[(y * symbols) + y], weights[y]) = (1, 1);
            operators.Set(y, set.Entries.AsSpan().Slice(y * n * n, n * n));
        }

        // The dephased council has lost its coherence before every step, the hidden chain after it.
        var memory = new CouncilMemory(operators.Qubits, 0);
        var filter = new KrausFilter(set, 1 - coherence);
        if (coherence == 1) filter.Restart(Enumerable.Repeat<Complex>(1 / Math.Sqrt(n), n).ToArray());
        var (law, expected) = (new double[symbols], new double[symbols]);
        for (var t = 0; t < 200; t++)
        {
            filter.WriteLaw(expected);
            CouncilLaw.Write(new CouncilTerms(amplitudes, weights, symbols, symbols, coherence) { Operators = operators }, memory, law);
            for (var y = 0; y < symbols; y++) Assert.Equal(expected[y], law[y], 1e-9);
            var heard = filter.Draw(random);
            memory.Hear(new CouncilTerms(amplitudes, weights, symbols, symbols, coherence) { Operators = operators }, heard);
        }

        AssertEqual(filter.Density(), memory, 1e-9);
    }

    private static double[] Moved(Complex[,] step, double[] states) =>
        [.. Enumerable.Range(0, states.Length).Select(i => Enumerable.Range(0, states.Length).Sum(j => Math.Pow(Complex.Abs(step[i, j]), 2) * states[j]))];
}
