using QuantumImprov.Quantum.Chains.Hidden;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Hidden;

public class HiddenStepTests
{
    private const int Shots = 20_000;

    public static TheoryData<int, int, int> Sizes => new() { { 2, 7, 1 }, { 4, 5, 1 }, { 3, 4, 2 }, { 2, 2, 1 } };

    // 12 tests of 20,000 shots; the family fails by chance once in 10,000.
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Shots_the_law_and_the_circuit_agree_with_the_filter_damped_by_the_favour(int levels, int symbols, int branches)
    {
        byte[] heard = [.. Enumerable.Range(0, 40).Select(i => (byte)(i * i % symbols))];
        var set = KrausLearner.Learn([heard], symbols, new KrausLearning { Levels = levels, Branches = branches, WarmUp = 0, Epochs = 2 }, 3, stop: TestContext.Current.CancellationToken).Model;
        var step = new HiddenStep(set);
        double[] favour = [.. Enumerable.Range(0, symbols).Select(y => y == 1 ? 0 : 1.0 / (1 + y))];
        foreach (var past in new[] { 0, 1, 5 })
        {
            var memory = new KrausFilter(set);
            foreach (var symbol in heard.Take(past)) memory.Follow(symbol);
            var expected = new double[symbols];
            memory.WriteLaw(expected);
            for (var y = 0; y < symbols; y++) expected[y] *= favour[y];
            var kept = expected.Sum();
            for (var y = 0; y < symbols; y++) expected[y] /= kept;

            step.Prepare(memory, favour);
            Assert.Equal(kept, step.KeptShare, 1e-9);
            var law = new double[symbols];
            step.WriteLaw(law);
            for (var y = 0; y < symbols; y++) Assert.Equal(expected[y], law[y], 1e-9);

            var drawn = new double[symbols];
            foreach (var (bits, p) in DenseReference.Law(step.ToCircuit()))
            {
                if (bits >> step.EmissionQubits == 0) drawn[(int)bits / branches] += p;
            }

            for (var y = 0; y < symbols; y++) Assert.Equal(expected[y] * kept, drawn[y], 1e-9);

            var (counts, random) = (new int[symbols], new Xoshiro((ulong)(levels * 10 + past)));
            for (var i = 0; i < Shots; i++)
            {
                var shot = step.Draw(random);
                Assert.True(shot.Kept);
                counts[shot.Symbol]++;
            }

            ChiSquare.AssertFollows(expected, counts, 1e-4 / 12);
        }
    }

    [Fact]
    public void What_is_all_forbidden_is_not_kept_and_impossible_favour_is_refused()
    {
        var set = KrausLearner.Learn([[0, 1, 0, 1, 1]], 2, new KrausLearning { WarmUp = 0, Epochs = 1 }, 3, stop: TestContext.Current.CancellationToken).Model;
        var step = new HiddenStep(set);
        step.Prepare(new KrausFilter(set), [0, 0]);
        Assert.False(step.Draw(new Xoshiro(1)).Kept);
        Assert.Contains("3 favours", Assert.Throws<ArgumentException>(() => step.Prepare(new KrausFilter(set), [1, 1, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("favour of symbol 1 is NaN", Assert.Throws<ArgumentException>(() => step.Prepare(new KrausFilter(set), [1, double.NaN])).Message, StringComparison.Ordinal);
    }
}
