using System.Numerics;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Council;

/// <summary>Shots of the step with phases and memory, and the memory they leave. Each chi-square test raises a false alarm once in a million.</summary>
public sealed class MemoryShotTests
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

    private static double Overlap(Complex[] a, Complex[] b) =>
        Complex.Abs(a.Zip(b, (x, y) => Complex.Conjugate(x) * y).Aggregate(Complex.Add)) / Math.Sqrt(a.Sum(z => Math.Pow(Complex.Abs(z), 2)) * b.Sum(z => Math.Pow(Complex.Abs(z), 2)));
}
