using System.Numerics;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Chains.Hidden;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Hidden;

/// <summary>The circuit of a hidden chain, run by parts that know nothing of hidden chains.</summary>
public sealed class HiddenChainCircuitTests
{
    private static readonly Complex[] Start = [new(.6, 0), new(0, .8)];

    public static TheoryData<string, int, double> Chains => new()
    {
        { "clock", 5, 0 }, { "clock", 4, .3 }, { "clock", 4, 1 }, { "2-4", 3, 0 }, { "2-4", 3, .5 }, { "2-6", 2, 0 }, { "2-6", 2, .25 }, { "markov", 3, 0 },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Its_exact_law_is_that_of_the_filter(string name, int notes, double dephasing)
    {
        var set = Named(name);
        var circuit = new HiddenChainCircuit(set);
        var start = set.Levels == 2 ? Start : [new(0, .6), .8, 0];
        var law = DenseReference.Law(circuit.Build(notes, start, dephasing));
        var found = new Dictionary<string, double>();
        foreach (var (bits, p) in law)
        {
            var word = string.Join(' ', Enumerable.Range(0, notes).Select(t => circuit.Symbol(bits, t)));
            found[word] = found.GetValueOrDefault(word) + p;
        }

        foreach (var word in Words.OfLength(set.Symbols, notes))
        {
            var expected = WordProbability(set, word, start, dephasing);
            Assert.Equal(expected, found.GetValueOrDefault(string.Join(' ', word)), 1e-10);
        }

        Assert.Equal(1, found.Values.Sum(), 1e-10);
    }

    [Theory]
    [InlineData("clock", 6, 0)]
    [InlineData("clock", 5, .4)]
    [InlineData("2-4", 3, 0)]
    [InlineData("2-6", 3, 0)]
    public async Task Its_shots_follow_the_law_of_the_filter(string name, int notes, double dephasing)
    {
        var set = Named(name);
        var circuit = new HiddenChainCircuit(set);
        var reply = Assert.IsType<Counts>(await new LocalBackend(new Xoshiro(17)).RunAsync(circuit.Build(notes, Start, dephasing), 20_000, TestContext.Current.CancellationToken));
        var words = Words.OfLength(set.Symbols, notes).ToArray();
        var counts = new int[words.Length];
        foreach (var (bits, count) in reply.ByBits)
        {
            var at = 0;
            for (var t = notes - 1; t >= 0; t--) at = (at * set.Symbols) + circuit.Symbol(bits, t);
            counts[at] += count;
        }

        ChiSquare.AssertFollows([.. words.Select(w => Rounded(WordProbability(set, w, Start, dephasing)))], counts);
    }

    [Fact]
    public void Draws_of_the_filter_follow_its_word_law()
    {
        foreach (var process in HiddenProcess.All)
        {
            var words = Words.OfLength(process.Set.Symbols, 3).ToArray();
            var counts = new int[words.Length];
            var (filter, random) = (new KrausFilter(process.Set), new Xoshiro(23));
            for (var i = 0; i < 50_000; i++)
            {
                filter.Restart(Start);
                var at = 0;
                for (int t = 0, unit = 1; t < 3; t++, unit *= process.Set.Symbols) at += unit * filter.Draw(random);
                counts[at]++;
            }

            ChiSquare.AssertFollows([.. words.Select(w => Rounded(WordProbability(process.Set, w, Start, 0)))], counts);
        }
    }

    [Fact]
    public void The_memory_is_never_measured_at_full_coherence_and_the_emission_always_reset()
    {
        var circuit = new HiddenChainCircuit(HiddenProcess.TwoFour.Set);
        var operations = circuit.Build(5).Operations;
        Assert.DoesNotContain(operations, o => !o.Gate.IsUnitary && o.Qubits[0] >= circuit.EmissionQubits);
        Assert.Equal(5 * circuit.EmissionQubits, operations.Count(o => o.Gate.Shape == GateShape.Measurement));
        Assert.Equal(4 * circuit.EmissionQubits, operations.Count(o => o.Gate.Shape == GateShape.Reset));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var circuit = new HiddenChainCircuit(HiddenProcess.TwoFour.Set);
        Assert.Equal(32, circuit.MostNotes());
        Assert.Throws<ArgumentOutOfRangeException>(() => circuit.Build(33));
        Assert.Throws<ArgumentException>(() => circuit.Build(1, [1, 0, 0]));
        var wide = ClassicalEmbedding.OfMarkov(new double[,] { { .2, .2, .2, .2, .2 }, { .2, .2, .2, .2, .2 }, { .2, .2, .2, .2, .2 }, { .2, .2, .2, .2, .2 }, { .2, .2, .2, .2, .2 } });
        Assert.Contains("at most 6 are allowed", Assert.Throws<ArgumentException>(() => new HiddenChainCircuit(wide)).Message, StringComparison.Ordinal);
    }

    private static KrausSet Named(string name) =>
        HiddenProcess.All.FirstOrDefault(p => p.Name == name)?.Set ?? ClassicalEmbedding.OfMarkov(new double[,] { { .5, .3, .2 }, { .3, .4, .3 }, { .2, .3, .5 } });

    // From the definition, with dense matrices: another way than the filter's real coordinates.
    private static double WordProbability(KrausSet set, byte[] word, Complex[] start, double dephasing)
    {
        var n = set.Levels;
        var rho = new Complex[n, n];
        for (var i = 0; i < n * n; i++) rho[i / n, i % n] = start[i / n] * Complex.Conjugate(start[i % n]);
        var filter = new KrausFilter(set, dephasing);
        filter.Restart(start);
        double filtered = 1;
        var law = new double[set.Symbols];
        foreach (var y in word)
        {
            filter.WriteLaw(law);
            filtered *= law[y];
            filter.Follow(y);
            var next = new Complex[n, n];
            for (var j = 0; j < set.Branches; j++)
            {
                for (var i = 0; i < n * n * n * n; i++)
                {
                    var (r, c, a, b) = (i / (n * n * n), i / (n * n) % n, i / n % n, i % n);
                    next[r, c] += set[y, j, r, a] * rho[a, b] * Complex.Conjugate(set[y, j, c, b]);
                }
            }

            for (var i = 0; i < n * n; i++)
            {
                if (i / n != i % n) next[i / n, i % n] *= 1 - dephasing;
            }

            rho = next;
        }

        var direct = Enumerable.Range(0, n).Sum(i => rho[i, i].Real);
        Assert.Equal(direct, filtered, 1e-12);
        return direct;
    }

    // A word of probability 0 comes out as rounding, which the test of shots would take for a chance.
    private static double Rounded(double p) => p < 1e-15 ? 0 : p;
}
