using System.Numerics;
using QuantumImprov.Quantum.Chains.Hidden;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Hidden;

public sealed class LearningTests
{
    [Theory]
    [InlineData(2, 3, 2, 0)]
    [InlineData(2, 3, 2, 12)]
    [InlineData(3, 2, 1, 7)]
    [InlineData(4, 2, 2, 0)]
    public void The_gradient_is_that_of_finite_differences(int levels, int symbols, int branches, int warmUp)
    {
        var random = new Xoshiro(77);
        byte[] sequence = [.. Enumerable.Range(0, 40).Select(_ => (byte)random.NextInt(symbols))];
        var set = RandomSet(levels, symbols, branches, sequence);
        var (log, gradient) = KrausLearner.Gradient(set, sequence, warmUp);
        Assert.Equal(Log([.. set.Entries], set, sequence, warmUp), log, 1e-10);
        const double Step = 1e-5;
        for (var at = 0; at < gradient.Length; at++)
        {
            foreach (var direction in (Complex[])[1, Complex.ImaginaryOne])
            {
                double Moved(double by)
                {
                    Complex[] entries = [.. set.Entries];
                    entries[at] += by * direction;
                    return Log(entries, set, sequence, warmUp);
                }

                var difference = (Moved(Step) - Moved(-Step)) / (2 * Step);
                var expected = 2 * (Complex.Conjugate(direction) * gradient[at]).Real;
                Assert.True(Math.Abs(expected - difference) < 1e-6 * (1 + Math.Abs(expected)), $"entry {at}: {expected} expected, {difference} found");
            }
        }
    }

    [Theory]
    [InlineData("clock")]
    [InlineData("2-4")]
    [InlineData("2-6")]
    public void One_qubit_learns_each_process_where_two_classical_states_cannot(string name)
    {
        var process = HiddenProcess.All.Single(p => p.Name == name);
        var (training, test) = (Sequences(process, 8, 100), Sequences(process, 6, 200));
        var learning = new KrausLearning { Epochs = 20, Decay = .82 };
        var best = Enumerable.Range(1, 3).Select(seed => Learn(training, process.Set.Symbols, learning, (ulong)seed)).MaxBy(l => l.Score)!;
        var classical = Enumerable.Range(1, 3).Select(seed => BaumWelch.Learn(training, process.Set.Symbols, 2, Emission.State, (ulong)seed, 40)).MaxBy(l => l.Score)!;
        var (truth, quantum, two) = (Accuracy(process.Set.Operators(), test, process), Accuracy(best.Model.Operators(), test, process), Accuracy(classical.Model.Operators(), test, process));
        Assert.InRange(quantum, truth - .004, truth + .002);
        Assert.True(two < quantum - .06, $"two states reach {two}, one qubit {quantum}");
    }

    [Fact]
    public void The_same_seed_learns_the_same_operators()
    {
        var training = Sequences(HiddenProcess.Clock, 2, 300);
        var learning = new KrausLearning { Epochs = 3, Branches = 2 };
        var (first, second, other) = (Learn(training, 2, learning, 5), Learn(training, 2, learning, 5), Learn(training, 2, learning, 6));
        Assert.Equal(first.Model.Entries, second.Model.Entries);
        Assert.NotEqual(first.Model.Entries, other.Model.Entries);
    }

    [Theory]
    [InlineData(Emission.State)]
    [InlineData(Emission.Edge)]
    public void Every_iteration_of_baum_welch_raises_the_likelihood(Emission emission)
    {
        var training = Sequences(HiddenProcess.TwoFour, 2, 400);
        var before = double.NegativeInfinity;
        for (var iterations = 1; iterations <= 12; iterations++)
        {
            var score = BaumWelch.Learn(training, 4, 3, emission, 9, iterations, enough: 0).Score;
            Assert.True(score >= before - 1e-6, $"iteration {iterations}: {before} fell to {score}");
            before = score;
        }
    }

    [Fact]
    public void Four_states_that_emit_learn_2_4_exactly()
    {
        var (training, test) = (Sequences(HiddenProcess.TwoFour, 8, 100), Sequences(HiddenProcess.TwoFour, 6, 200));
        var best = Enumerable.Range(1, 4).Select(seed => BaumWelch.Learn(training, 4, 4, Emission.State, (ulong)seed, 80, 1e-6)).MaxBy(l => l.Score)!;
        Assert.Equal(Accuracy(HiddenProcess.TwoFour.Set.Operators(), test, HiddenProcess.TwoFour), Accuracy(best.Model.Operators(), test, HiddenProcess.TwoFour), .003);
    }

    [Fact]
    public void An_edge_model_learns_the_dephased_clock()
    {
        byte[][] training = [.. Enumerable.Range(0, 6).Select(i => new KrausFilter(HiddenProcess.Clock.Set, 1).Draw(3000, new Xoshiro(700 + (ulong)i)))];
        byte[] test = new KrausFilter(HiddenProcess.Clock.Set, 1).Draw(20_000, new Xoshiro(900));
        var best = Enumerable.Range(1, 3).Select(seed => BaumWelch.Learn(training, 2, 2, Emission.Edge, (ulong)seed, 80, 1e-6)).MaxBy(l => l.Score)!;
        double Score(SymbolOperators o) => HiddenProcess.DescriptionAccuracy(o.LogLikelihood(test, 100), 19_900, 2);
        Assert.Equal(Score(HiddenProcess.Clock.Set.Operators(1)), Score(best.Model.Operators()), .003);
    }

    [Fact]
    public void Nothing_to_learn_from_is_said()
    {
        Assert.Throws<ArgumentException>(() => Learn([new byte[50]], 2, new KrausLearning(), 1));
        Assert.Throws<ArgumentException>(() => Learn([new byte[500]], 2, new KrausLearning { Window = 100 }, 1));
        Assert.Throws<ArgumentException>(() => Learn([[0, 1, 2]], 2, new KrausLearning { WarmUp = 0 }, 1));
        Assert.Throws<ArgumentException>(() => BaumWelch.Learn([], 2, 2, Emission.State, 1));
        Assert.Throws<OperationCanceledException>(() => KrausLearner.Learn([new byte[500]], 2, new KrausLearning(), 1, stop: new CancellationToken(canceled: true)));
    }

    private static Learned<KrausSet> Learn(byte[][] sequences, int symbols, KrausLearning learning, ulong seed) =>
        KrausLearner.Learn(sequences, symbols, learning, seed, stop: TestContext.Current.CancellationToken);

    private static byte[][] Sequences(HiddenProcess process, int count, ulong seed) =>
        [.. Enumerable.Range(0, count).Select(i => new KrausFilter(process.Set).Draw(3000, new Xoshiro(seed + (ulong)i)))];

    private static double Accuracy(SymbolOperators model, byte[][] test, HiddenProcess process) =>
        HiddenProcess.DescriptionAccuracy(test.Sum(s => model.LogLikelihood(s, 1000)), test.Sum(s => s.Length - 1000L), process.Set.Symbols);

    // A legal set that is nobody's optimum: learned for a single step.
    private static KrausSet RandomSet(int levels, int symbols, int branches, byte[] sequence) =>
        Learn([sequence], symbols, new KrausLearning { Levels = levels, Branches = branches, WarmUp = 0, Epochs = 1 }, 3).Model;

    // From the definition and without normalising: the entries need not be legal.
    private static double Log(Complex[] k, KrausSet set, byte[] sequence, int warmUp)
    {
        var n = set.Levels;
        var rho = new Complex[n, n];
        for (var i = 0; i < n; i++) rho[i, i] = 1.0 / n;
        double before = 0;
        for (var t = 0; t < sequence.Length; t++)
        {
            if (t == warmUp) before = Math.Log(Trace(rho, n));
            var next = new Complex[n, n];
            for (var j = 0; j < set.Branches; j++)
            {
                var at = ((sequence[t] * set.Branches) + j) * n * n;
                for (var i = 0; i < n * n * n * n; i++)
                {
                    var (r, c, a, b) = (i / (n * n * n), i / (n * n) % n, i / n % n, i % n);
                    next[r, c] += k[at + (r * n) + a] * rho[a, b] * Complex.Conjugate(k[at + (c * n) + b]);
                }
            }

            rho = next;
        }

        return Math.Log(Trace(rho, n)) - before;
    }

    private static double Trace(Complex[,] rho, int n) => Enumerable.Range(0, n).Sum(i => rho[i, i].Real);
}
