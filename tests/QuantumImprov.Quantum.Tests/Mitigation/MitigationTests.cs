using CsCheck;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Mitigation;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.Tests.Bank;
using QuantumImprov.Quantum.Tests.Noise;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Mitigation;

public sealed class MitigationTests
{
    private static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b) => a.Zip(b).Sum(p => Math.Abs(p.First - p.Second)) / 2;

    private static double[] Law(Circuit circuit, NoiseProfile profile) => NoisyLaw.Of(circuit, profile)!.Words(circuit.Bits);

    [Fact]
    public void Reading_errors_are_taken_out_exactly()
    {
        // e0 = .02, e1 = .05: (.7, .3) reads (.701, .299); shot overhead 1.2266.
        double[] law = [.701, .299];
        ReadoutInversion.Apply(law, [new ReadoutError(.02, .05)]);
        Assert.Equal(.7, law[0], 1e-12);
        Assert.Equal(1.226616, ReadoutInversion.Overhead(new ReadoutError(.02, .05)), 1e-6);
        Assert.Throws<ArgumentException>(() => ReadoutInversion.Apply(new double[2], [new ReadoutError(.5, .5)]));
    }

    [Fact]
    public void On_several_bits_with_errors_of_their_own_the_ideal_law_comes_back()
    {
        var circuit = new CircuitBuilder(3, 3).H(0).CX(0, 1).RY(.7, 2).Measure(0, 0).Measure(1, 1).Measure(2, 2).Build();
        var profile = new NoiseProfile { ReadoutByQubit = [new(.02, .06), new(.1, .01), new(.03, .08)] };
        var law = Law(circuit, profile);
        ReadoutInversion.Apply(law, profile.ReadoutByQubit.AsSpan());
        Assert.Equal(0, Distance(law, Law(circuit, NoiseProfile.Ideal)), 1e-12);
    }

    [Fact]
    public void The_calibration_circuits_tell_the_errors_bit_by_bit()
    {
        var circuit = new CircuitBuilder(2, 2).H(0).Measure(0, 1).Measure(1, 0).Build();
        var (zeros, ones) = ReadoutInversion.Calibration(circuit);
        var profile = new NoiseProfile { ReadoutByQubit = [new(.1, .2), new(.03, .04)] };
        var (a, b) = (NoisyLaw.Of(zeros, profile)!, NoisyLaw.Of(ones, profile)!);
        var random = new Xoshiro(4);
        var errors = ReadoutInversion.Of([.. Enumerable.Range(0, 40_000).Select(_ => a.Draw(random))], [.. Enumerable.Range(0, 40_000).Select(_ => b.Draw(random))], 2);
        Assert.Equal(.03, errors[0].OneGivenZero, .005);
        Assert.Equal(.2, errors[1].ZeroGivenOne, .012);
    }

    [Fact]
    public void Almost_a_law_becomes_the_nearest_law()
    {
        double[] numbers = [.6, .5, -.1];
        Simplex.Project(numbers);
        Assert.Equal([.55, .45, 0], numbers.Select(n => Math.Round(n, 12)));
        Gen.Double[-1, 2].Array[1, 8].Sample(
            values =>
            {
                var projected = (double[])values.Clone();
                Simplex.Project(projected);
                Assert.Equal(1, projected.Sum(), 1e-9);
                Assert.True(projected.All(p => p >= 0));
                // No other law of a few tried lies nearer.
                var distance = values.Zip(projected).Sum(p => Math.Pow(p.First - p.Second, 2));
                for (var i = 0; i < values.Length; i++) Assert.True(distance <= values.Select((v, j) => Math.Pow(v - (i == j ? 1 : 0), 2)).Sum() + 1e-9);
            },
            iter: 300, threads: 1);
    }

    [Fact]
    public void Extrapolation_is_exact_where_noise_acts_as_a_parabola()
    {
        // Depolarising .1 a unit on (.9, .1): .86, .7916, .736196 go to .899074.
        double At(int scale) => .5 + (.4 * Math.Pow(.9, scale));
        var law = ZeroNoise.Extrapolate([.. ZeroNoise.Scales.Select(s => new[] { At(s), 1 - At(s) })]);
        Assert.Equal(.899074, law[0], 1e-6);
    }

    [Fact]
    public void A_folded_circuit_does_the_same_with_so_many_times_the_gates()
    {
        var spec = Specs.Random(3, labels: 5);
        var circuit = spec.ToCircuit();
        foreach (var scale in ZeroNoise.Scales)
        {
            var folded = ZeroNoise.Folded(circuit, scale);
            Assert.Equal(0, Distance(Law(folded, NoiseProfile.Ideal), Law(circuit, NoiseProfile.Ideal)), 1e-9);
            Assert.Equal(scale * circuit.Operations.Count(o => o.Gate.IsUnitary), folded.Operations.Count(o => o.Gate.IsUnitary));
        }

        Assert.Throws<ArgumentException>(() => ZeroNoise.Folded(circuit, 2));
        Assert.Throws<ArgumentException>(() => ZeroNoise.Folded(new CircuitBuilder(1, 1).Measure(0, 0).X(0).Build(), 3));
    }

    [Theory]
    [InlineData("cz-transmons")]
    [InlineData("ion-trap")]
    public void On_a_noisy_device_both_together_bring_the_table_nearer_to_the_ideal(string name)
    {
        var profile = DeviceProfiles.Find(name)!;
        var circuit = Specs.Random(5, labels: 8).ToCircuit();
        var ideal = Law(circuit, NoiseProfile.Ideal);
        // The native circuit is folded, so that the transpiler does not cancel what was doubled.
        var native = NoisyDevice.Native(circuit, profile);
        var laws = ZeroNoise.Scales.Select(s => Law(ZeroNoise.Folded(native, s), profile)).ToList();
        var raw = Distance(laws[0], ideal);
        var errors = Enumerable.Repeat(profile.Readout, circuit.Bits).ToArray();
        foreach (var law in laws) ReadoutInversion.Apply(law, errors);
        var read = Distance(laws[0], ideal);
        var both = Distance(ZeroNoise.Extrapolate(laws), ideal);
        Assert.True(read < raw, $"{raw} {read} {both}");
        Assert.True(both < .5 * raw, $"{raw} {read} {both}");
    }

    [Fact]
    public void Thinned_shots_are_real_ones_and_follow_the_wanted_law()
    {
        // p = (.6, .4), q = (.75, .25): shots of 1 stay one time in two.
        Assert.Equal(.8, Thinning.KeptShare([.6, .4], [.75, .25]), 1e-12);
        var random = new Xoshiro(5);
        var shots = Enumerable.Range(0, 40_000).Select(_ => random.NextDouble() < .6 ? 0UL : 1UL).ToArray();
        var kept = Thinning.Apply([.. shots], [.6, .4], [.75, .25], random);
        Assert.InRange(kept.Length, 31_000, 33_000);
        ChiSquare.AssertFollows([.75, .25], [kept.Count(s => s == 0), kept.Count(s => s == 1)]);
    }

    [Fact]
    public void A_devices_shots_thinned_by_its_own_law_follow_the_ideal_law()
    {
        var spec = Specs.Random(6, labels: 6);
        var device = Specs.Device(Profiles.Loud, 1);
        var words = Specs.Run(spec, device, 60_000).Words;
        var own = NoisyLaw.Of(NoisyDevice.Native(spec.ToCircuit(), Profiles.Loud), Profiles.Loud)!.Words(spec.ChoiceBits);
        var ideal = Law(spec.ToCircuit(), NoiseProfile.Ideal);
        var kept = Thinning.Apply(words, own, ideal, new Xoshiro(3));
        Assert.True(kept.Length > 5_000);
        ChiSquare.AssertFollows([.. ideal.Select(p => p < 1e-12 ? 0 : p)], [.. Enumerable.Range(0, ideal.Length).Select(w => kept.Count(k => k == (ulong)w))]);
    }
}
