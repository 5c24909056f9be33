using QuantumImprov.Quantum.Bank;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Bank;

public sealed class ClassSpecTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(11, 2)]
    [InlineData(16, 2)]
    [InlineData(13, 3)]
    [InlineData(16, 4)]
    public void The_circuit_has_the_ideal_law_and_the_kept_share(int labels, int members)
    {
        const int Shots = 40_000;
        var spec = Specs.Random(7, labels: labels, members: members);
        var circuit = spec.ToCircuit();
        Assert.InRange(circuit.Qubits, 1, 6);
        Assert.Equal(spec.ChoiceBits, circuit.Bits);
        var shots = Specs.Shots(circuit, Shots, 3);
        var read = shots.Select(spec.Read).ToList();
        ChiSquare.AssertFollows(spec.IdealLaw.AsSpan(), [.. Enumerable.Range(0, labels).Select(s => read.Count(r => r.Symbol == s))]);
        ChiSquare.AssertFollows([spec.KeptShare, 1 - spec.KeptShare < 1e-12 ? 0 : 1 - spec.KeptShare], [read.Count(r => r.IsKept), read.Count(r => !r.IsKept)]);
    }

    [Fact]
    public void Coin_qubits_are_fair_and_beside_the_choice()
    {
        var spec = Specs.Random(8, coins: 3);
        var shots = Specs.Shots(spec.ToCircuit(), 40_000, 4);
        var read = shots.Select(spec.Read).ToList();
        // Coins and note together: 8 x 12 cells, independent.
        double[] law = [.. Enumerable.Range(0, 96).Select(i => spec.IdealLaw[i / 8] / 8)];
        ChiSquare.AssertFollows(law, [.. Enumerable.Range(0, 96).Select(i => read.Count(r => r.Symbol == i / 8 && r.Coins == i % 8))]);
    }

    [Fact]
    public void Equal_editions_have_equal_fingerprints_and_others_do_not()
    {
        Assert.Equal(Specs.Random(1).Fingerprint, Specs.Random(1).Fingerprint);
        Assert.Equal(16, Specs.Random(1).Fingerprint.Length);
        string[] others = [Specs.Random(1).Fingerprint, Specs.Random(2).Fingerprint, Specs.Random(1, @class: 1).Fingerprint, Specs.Random(1, coins: 1).Fingerprint, Specs.Random(1, first: 61).Fingerprint];
        Assert.Equal(5, others.Distinct().Count());
    }

    [Fact]
    public void The_distance_of_editions_is_the_total_variation_over_all_labels()
    {
        var one = new ClassSpec(0, [60, 62], [1, 1], [1]);
        var two = new ClassSpec(0, [62, 64], [1, 1], [1]);
        Assert.Equal(0, one.DistanceTo(one), 1e-12);
        Assert.Equal(.5, one.DistanceTo(two), 1e-12);
        Assert.Equal(.5, two.DistanceTo(one), 1e-12);
    }

    [Fact]
    public void What_could_never_be_read_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new ClassSpec(0, [60, 62], [0, 0], [1]));
        Assert.ThrowsAny<ArgumentException>(() => new ClassSpec(0, [60, 60], [1, 1], [1]));
        Assert.ThrowsAny<ArgumentException>(() => new ClassSpec(64, [60], [1], [1]));
        Assert.ThrowsAny<ArgumentException>(() => new ClassSpec(0, [.. Enumerable.Range(0, 17)], [.. Enumerable.Repeat(1.0, 17)], [1]));
    }
}
