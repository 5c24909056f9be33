using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Chains.Hidden;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Noise;
using QuantumImprov.Quantum.Tomography;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Tomography;

public sealed class StateTomographyTests
{
    private static readonly Complex[] Bell = [Math.Sqrt(.5), 0, 0, Math.Sqrt(.5)];

    private static Circuit Prepare(ulong seed, int qubits) => new CircuitBuilder(qubits).Prepare(RandomStates.Amplitudes(seed, qubits), [.. Enumerable.Range(0, qubits)]).Build();

    private static async Task<Tomogram> Sampled(IQuantumBackend backend, Circuit circuit, int qubits, int shots) =>
        (await StateTomography.RunAsync(backend, circuit, [.. Enumerable.Range(0, qubits)], shots, stop: TestContext.Current.CancellationToken)).Tomogram!;

    private static double Distance(DensityMatrix a, DensityMatrix b)
    {
        double sum = 0;
        for (var i = 0; i < 1 << (2 * a.Qubits); i++)
        {
            var (r, c) = (i >> a.Qubits, i & ((1 << a.Qubits) - 1));
            var difference = Complex.Abs(a[r, c] - b[r, c]);
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }

    [Fact]
    public void Exact_laws_give_any_pure_or_mixed_state_back() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 3], Gen.Int[0, 2]).Sample(
            (seed, qubits, hidden) =>
            {
                var tomogram = StateTomography.OfLaws(Prepare(seed, qubits + hidden), [.. Enumerable.Range(0, qubits)], DenseReference.Law);
                var truth = RandomStates.Mixed(seed, qubits, hidden);
                Assert.InRange(Distance(truth, tomogram.Linear), 0, 1e-10);
                Assert.InRange(Distance(truth, tomogram.State), 0, 1e-10);
                Assert.Equal(0, tomogram.StandardError);
                Assert.Equal(truth.Purity, tomogram.State.Purity, 1e-10);
            },
            iter: 60);

    [Fact]
    public void The_first_qubit_named_becomes_qubit_0()
    {
        var truth = RandomStates.Pure(5, 3).Reduced(2, 0);
        Assert.InRange(Distance(truth, StateTomography.OfLaws(Prepare(5, 3), [2, 0], DenseReference.Law).State), 0, 1e-10);
        Assert.True(Distance(truth, StateTomography.OfLaws(Prepare(5, 3), [0, 2], DenseReference.Law).State) > .05);
    }

    // In units of the claimed mean square the squared distances of 60 runs have mean 1 and spread at most .11 (three equal terms); five spreads are allowed.
    [Theory]
    [InlineData(1, 0, 400)]
    [InlineData(2, 1, 100)]
    [InlineData(3, 0, 200)]
    [InlineData(3, 2, 2000)]
    public async Task Sampled_counts_are_as_near_as_their_error_says(int qubits, int hidden, int shots)
    {
        var truth = RandomStates.Mixed(11, qubits, hidden);
        double sum = 0;
        for (var seed = 0UL; seed < 60; seed++)
        {
            var tomogram = await Sampled(new LocalBackend(new Xoshiro(seed)), Prepare(11, qubits + hidden), qubits, shots);
            sum += Math.Pow(Distance(truth, tomogram.Linear) / tomogram.StandardError, 2) / 60;
            Assert.InRange(Distance(truth, tomogram.State), 0, Distance(truth, tomogram.Linear) + 1e-12);
            Assert.Equal(1, tomogram.State.Trace, 1e-12);
            Assert.InRange(tomogram.State.Purity, .1, 1 + 1e-9);
        }

        Assert.InRange(sum, .45, 1.55);
    }

    // 300 estimates of one fidelity: their squared distances in units of the claimed variance have mean 1 and spread .08; five spreads are allowed.
    [Fact]
    public async Task The_error_of_a_fidelity_is_neither_boast_nor_modesty()
    {
        var circuit = new CircuitBuilder(2).H(0).CX(0, 1).RY(.4, 0).Build();
        var truth = DensityReference.State(circuit, NoiseProfile.Ideal).Fidelity(DensityMatrix.Of(Bell));
        double sum = 0;
        for (var seed = 0UL; seed < 300; seed++)
        {
            var (value, error) = (await Sampled(new LocalBackend(new Xoshiro(seed)), circuit, 2, 400)).FidelityWith(Bell);
            sum += Math.Pow((value - truth) / error, 2) / 300;
        }

        Assert.InRange(sum, .6, 1.4);
    }

    [Fact]
    public async Task A_noisy_device_shows_a_lower_fidelity()
    {
        var circuit = new CircuitBuilder(2).H(0).CX(0, 1).Build();
        var last = 1.0;
        foreach (var p in (double[])[.05, .2, .5])
        {
            // Only the pair's gate errs here, so that what the tomography finds is known: 1 - 3p/4.
            var profile = new NoiseProfile { Name = "pair", TwoQubit = new GateNoise { Depolarising = p } };
            var tomogram = await Sampled(new TrajectoryBackend(profile, new Xoshiro(9)), circuit, 2, 4000);
            var (value, error) = tomogram.FidelityWith(Bell);
            Assert.InRange(value, 1 - (.75 * p) - (5 * error), 1 - (.75 * p) + (5 * error));
            Assert.InRange(tomogram.State.Fidelity(DensityMatrix.Of(Bell)), value - (5 * error), last);
            last = value;
        }

        var loud = await Sampled(new TrajectoryBackend(Profiles.Loud, new Xoshiro(9)), circuit, 2, 4000);
        Assert.InRange(loud.State.Fidelity(DensityMatrix.Of(Bell)), .4, .9);
    }

    [Fact]
    public void The_memory_of_a_hidden_chain_is_what_its_filter_says()
    {
        var set = HiddenProcess.Clock.Set;
        var chain = new HiddenChainCircuit(set);
        Complex[] memory = [.6, new(0, .8)];
        var circuit = chain.Build(2, memory);
        var tomogram = StateTomography.OfLaws(circuit, [chain.EmissionQubits], DenseReference.Law, bits => chain.Symbol(bits, 0) == 1 && chain.Symbol(bits, 1) == 0);
        foreach (var y in (int[])[1, 0]) memory = [.. Enumerable.Range(0, 2).Select(r => (set[y, 0, r, 0] * memory[0]) + (set[y, 0, r, 1] * memory[1]))];
        var length = Math.Sqrt(memory.Sum(z => (z.Real * z.Real) + (z.Imaginary * z.Imaginary)));
        Assert.Equal(1, tomogram.State.Fidelity(DensityMatrix.Of([.. memory.Select(z => z / length)])), 1e-10);
    }

    // Eigenvalues (.6, .48, .02, -.1): the last goes, then .02 cannot pay its third of .1 and goes too, and the other two share what is left.
    [Fact]
    public void The_nearest_state_takes_what_is_negative_from_the_others_in_equal_parts()
    {
        // Readings of a matrix that is diagonal but no state: along x and y nothing is seen.
        double[] linear = [.6, .48, -.1, .02];
        var setting = 0;
        var tomogram = StateTomography.OfLaws(new CircuitBuilder(2).Build(), [0, 1], _ => Law(setting % 3 == 2, setting++ / 3 == 2));
        double[] nearest = [.56, .44, 0, 0];
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(linear[i], tomogram.Linear[i, i].Real, 1e-12);
            Assert.Equal(nearest[i], tomogram.State[i, i].Real, 1e-12);
        }

        Dictionary<ulong, double> Law(bool first, bool second)
        {
            var law = new Dictionary<ulong, double>();
            for (var x = 0; x < 4; x++) law[(ulong)x] = Enumerable.Range(0, 4).Sum(i => linear[i] * (first ? (i & 1) == (x & 1) ? 1 : 0 : .5) * (second ? (i & 2) == (x & 2) ? 1 : 0 : .5));
            return law;
        }
    }

    [Fact]
    public async Task What_cannot_be_looked_at_is_refused()
    {
        var circuit = new CircuitBuilder(4, 1).H(0).Measure(0, 0).Build();
        Assert.Contains("1 to 3 qubits", Assert.Throws<ArgumentOutOfRangeException>(() => StateTomography.Setting(circuit, [0, 1, 2, 3], 0)).Message);
        Assert.Contains("named twice", Assert.Throws<ArgumentException>(() => StateTomography.Setting(circuit, [1, 1], 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => StateTomography.Setting(circuit, [1], 3));
        var none = await StateTomography.RunAsync(new LocalBackend(new Xoshiro(1)), circuit, [1], 100, _ => false, TestContext.Current.CancellationToken);
        Assert.Contains("is kept", Assert.IsType<Refused>(none.Failure).Reason);
        Assert.IsType<Refused>((await StateTomography.RunAsync(new LocalBackend(new Xoshiro(1)), circuit, [1], 0, null, TestContext.Current.CancellationToken)).Failure);
    }
}
