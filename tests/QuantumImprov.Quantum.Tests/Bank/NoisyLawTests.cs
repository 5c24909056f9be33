using CsCheck;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.Tests.Circuits;
using QuantumImprov.Quantum.Tests.Noise;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Bank;

public sealed class NoisyLawTests
{
    [Fact]
    public void The_law_is_that_of_the_slow_twin_on_random_circuits() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 4], Gen.Int[1, 8]).Sample(
            (seed, qubits, operations) =>
            {
                var circuit = new CircuitBuilder(qubits, qubits).Append(RandomCircuits.Of(seed, qubits, operations)).MeasureAll().Build();
                var profile = Profiles.Random(seed);
                var words = NoisyLaw.Of(circuit, profile)!.Words(qubits);
                var twin = DensityReference.Law(circuit, profile);
                for (var word = 0; word < words.Length; word++) Assert.Equal(twin.GetValueOrDefault((ulong)word), words[word], 1e-9);
            },
            iter: 60, threads: 2);

    [Fact]
    public void Shots_follow_the_law_and_separate_qubits_are_separate()
    {
        var circuit = new CircuitBuilder(5, 6).H(0).CX(0, 3).RY(.7, 1).H(2).CX(2, 4).Reset(4).RY(.4, 4).Measure(0, 5).Measure(1, 0).Measure(3, 2).Measure(4, 1).Build();
        var law = NoisyLaw.Of(circuit, Profiles.Loud)!;
        var (random, counts) = (new Xoshiro(5), new int[64]);
        for (var i = 0; i < 40_000; i++) counts[law.Draw(random)]++;
        var twin = DensityReference.Law(circuit, Profiles.Loud);
        ChiSquare.AssertFollows([.. Enumerable.Range(0, 64).Select(w => twin.GetValueOrDefault((ulong)w))], counts);
    }

    [Fact]
    public void Circuits_that_read_in_the_middle_have_none()
    {
        Assert.Null(NoisyLaw.Of(new CircuitBuilder(2, 2).H(0).Measure(0, 0).X(0).Measure(1, 1).Build(), Profiles.Loud));
        Assert.Null(NoisyLaw.Of(new CircuitBuilder(2, 2).H(0).Measure(0, 0).If(0).X(1).Measure(1, 1).Build(), Profiles.Loud));
        Assert.Null(NoisyLaw.Of(new CircuitBuilder(1, 1).H(0).Measure(0, 0).Measure(0, 0).Build(), Profiles.Loud));
    }

    [Fact]
    public async Task A_device_runs_both_kinds_with_the_law_of_its_own_gates()
    {
        foreach (var profile in DeviceProfiles.All)
        {
            var spec = Specs.Random(3, labels: 5);
            var law = Specs.Device(profile, 1).LawOf(spec);
            var read = Specs.Run(spec, Specs.Device(profile, 2), 20_000).Words.Select(spec.Read).ToList();
            ChiSquare.AssertFollows(law.AsSpan(), [.. Enumerable.Range(0, 5).Select(s => read.Count(r => r.Symbol == s))], 1e-7);
            var middle = new CircuitBuilder(1, 2).H(0).Measure(0, 0).H(0).Measure(0, 1).Build();
            Assert.Equal(1000, Assert.IsType<Counts>(await Specs.Device(profile, 3).RunAsync(middle, 1000, TestContext.Current.CancellationToken)).Shots.Length);
        }
    }
}
