using CsCheck;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Circuits;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Noise;

public sealed class TrajectoryBackendTests
{
    private static Counts Run(Circuit circuit, NoiseProfile profile, int shots, ulong seed = 1) =>
        Assert.IsType<Counts>(new TrajectoryBackend(profile, new Xoshiro(seed)).RunAsync(circuit, shots, TestContext.Current.CancellationToken).AsTask().Result);

    private static void AssertFollows(IReadOnlyDictionary<ulong, double> law, Counts counts, int bits, double falseAlarms)
    {
        Assert.Equal(1, law.Values.Sum(), 1e-9);
        ChiSquare.AssertFollows(
            [.. Enumerable.Range(0, 1 << bits).Select(i => law.GetValueOrDefault((ulong)i) < 1e-12 ? 0 : law[(ulong)i])], [.. Enumerable.Range(0, 1 << bits).Select(i => counts.ByBits.GetValueOrDefault((ulong)i))], falseAlarms);
    }

    // 120 circuits of every gate, with measurements, resets and conditions in the middle; the whole family fails by chance once in 10,000.
    [Fact]
    public void Trajectories_follow_the_density_matrix_on_random_circuits_and_branches() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 3], Gen.Int[3, 9]).Sample(
            (seed, qubits, operations) =>
            {
                var circuit = RandomCircuits.Of(seed, qubits, operations, chance: true);
                var profile = Profiles.Random(seed);
                AssertFollows(DensityReference.Law(circuit, profile), Run(circuit, profile, 1500, seed), circuit.Bits, 1e-4 / 120);
            },
            iter: 120, threads: 2);

    [Fact]
    public void Without_measurements_in_the_middle_they_follow_it_too()
    {
        for (var seed = 0UL; seed < 4; seed++)
        {
            var circuit = new CircuitBuilder(3, 4).Append(RandomCircuits.Of(seed, 3, 5)).Measure(2, 0).Measure(0, 1).Measure(1, 3).Measure(0, 2).Build();
            AssertFollows(DensityReference.Law(circuit, Profiles.Loud), Run(circuit, Profiles.Loud, 4000, seed), 4, 1e-6);
        }
    }

    [Fact]
    public void A_wrong_reading_misleads_what_depends_on_it()
    {
        // The qubit is 1 but read as 0 one time in eight, and only the reading decides whether the other is flipped.
        var circuit = new CircuitBuilder(2, 2).X(0).Measure(0, 0).If(0).X(1).Measure(1, 1).Build();
        var profile = new NoiseProfile { ReadoutByQubit = [new(0, .125)] };
        var law = DensityReference.Law(circuit, profile);
        Assert.Equal(.125, law[0], 1e-12);
        Assert.Equal(.875, law[3], 1e-12);
        AssertFollows(law, Run(circuit, profile, 20_000), 2, 1e-6);
    }

    [Fact]
    public void A_gate_that_its_condition_leaves_out_makes_no_error()
    {
        var circuit = new CircuitBuilder(2, 2).If(0).X(1).If(0, false).Gate("id", 0).Measure(0, 0).Measure(1, 1).Build();
        var profile = new NoiseProfile { OneQubit = new GateNoise { Depolarising = 1 } };
        var law = new Dictionary<ulong, double> { [0] = .5, [1] = .5 };
        Matrices.AssertSameLaw(law, DensityReference.Law(circuit, profile), "");
        AssertFollows(law, Run(circuit, profile, 2000), 2, 1e-6);
    }

    [Fact]
    public void Without_noise_the_law_is_that_of_the_circuit() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 4], Gen.Int[3, 15], Gen.Bool).Sample(
            (seed, qubits, operations, chance) =>
            {
                var circuit = RandomCircuits.Of(seed, qubits, operations, chance);
                if (!chance) circuit = new CircuitBuilder(qubits, qubits).Append(circuit).MeasureAll().Build();
                var law = DenseReference.Law(circuit);
                Matrices.AssertSameLaw(law, DensityReference.Law(circuit, NoiseProfile.Ideal), circuit.ToString());
                AssertFollows(law, Run(circuit, NoiseProfile.Ideal, 1000, seed), circuit.Bits, 1e-4 / 100);
            },
            iter: 100, threads: 2);

    // After k idle steps of a time t a 1 is left with exp(-k t / T1), and the phase with exp(-k t / T2).
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public void Decay_and_loss_of_phase_follow_their_times(int steps)
    {
        const double Time = .1, T1 = 1.5, T2 = .9;
        var profile = new NoiseProfile { OneQubit = GateNoise.Of(0, 1, Time, T1, T2), FreeGates = ["x", "h"] };
        var (decay, ramsey) = (new CircuitBuilder(1, 1).X(0), new CircuitBuilder(1, 1).H(0));
        for (var i = 0; i < steps; i++)
        {
            decay.Gate("id", 0);
            ramsey.Gate("id", 0);
        }

        var left = Math.Exp(-steps * Time / T1);
        Assert.Equal(left, DensityReference.Law(decay.Measure(0, 0).Build(), profile)[1], 1e-12);
        AssertFollows(new Dictionary<ulong, double> { [0] = 1 - left, [1] = left }, Run(decay.Build(), profile, 20_000), 1, 1e-6);

        var seen = (1 + Math.Exp(-steps * Time / T2)) / 2;
        Assert.Equal(seen, DensityReference.Law(ramsey.H(0).Measure(0, 0).Build(), profile)[0], 1e-12);
        AssertFollows(new Dictionary<ulong, double> { [0] = seen, [1] = 1 - seen }, Run(ramsey.Build(), profile, 20_000), 1, 1e-6);
    }

    // Depolarising by p leaves a Bell state with fidelity 1 - 3p/4, and each of 01 and 10 is read with p/4.
    [Theory]
    [InlineData(.1)]
    [InlineData(.6)]
    public void A_depolarised_bell_state_has_the_fidelity_it_should(double p)
    {
        var profile = new NoiseProfile { TwoQubit = new GateNoise { Depolarising = p } };
        var circuit = new CircuitBuilder(2, 2).H(0).CX(0, 1);
        var half = Math.Sqrt(.5);
        var bell = DensityMatrix.Of([half, 0, 0, half]);
        Assert.Equal(1 - (.75 * p), DensityReference.State(circuit.Build(), profile).Fidelity(bell), 1e-9);
        Assert.Equal(1 - (.75 * p), bell.Fidelity(DensityReference.State(circuit.Build(), profile)), 1e-9);
        AssertFollows(
            new Dictionary<ulong, double> { [0] = .5 - (p / 4), [1] = p / 4, [2] = p / 4, [3] = .5 - (p / 4) }, Run(circuit.MeasureAll().Build(), profile, 20_000), 2, 1e-6);
    }

    [Fact]
    public async Task What_cannot_run_is_refused_with_the_reason()
    {
        var backend = new TrajectoryBackend(Profiles.Loud, new Xoshiro(1));
        var circuit = new CircuitBuilder(1, 1).H(0).MeasureAll().Build();
        Assert.Equal("local:loud", backend.Name);
        Assert.Contains("1 to 1000000", Assert.IsType<Refused>(await backend.RunAsync(circuit, 0, TestContext.Current.CancellationToken)).Reason);
        Assert.Contains("40 qubits", Assert.IsType<Refused>(await backend.RunAsync(new CircuitBuilder(40).H(39).Build(), 1, TestContext.Current.CancellationToken)).Reason);
        Assert.IsType<Late>(await backend.RunAsync(circuit, 10, new CancellationToken(canceled: true)));
        var bad = Assert.Throws<ArgumentException>(() => new TrajectoryBackend(new NoiseProfile { TwoQubit = new GateNoise { AmplitudeDamping = 1.5 } }, new Xoshiro(1)));
        Assert.Contains("The amplitude damping of two-qubit gates is 1.5; a number from 0 to 1 is allowed.", bad.Message);
    }

    [Fact]
    public void The_same_seed_gives_the_same_shots()
    {
        var circuit = new CircuitBuilder(2, 2).H(0).CX(0, 1).Measure(0, 0).If(0).H(1).Measure(1, 1).Build();
        Assert.Equal(Run(circuit, Profiles.Loud, 200, 7).Shots, Run(circuit, Profiles.Loud, 200, 7).Shots);
        Assert.NotEqual(Run(circuit, Profiles.Loud, 200, 7).Shots, Run(circuit, Profiles.Loud, 200, 8).Shots);
    }
}
