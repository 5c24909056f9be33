using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Tests.Circuits;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Noise;

public sealed class KrausChannelTests
{
    private static IEnumerable<KrausChannel> Channels(double strength) =>
        [KrausChannel.Depolarising(strength), KrausChannel.Depolarising(strength, 2), KrausChannel.AmplitudeDamping(strength), KrausChannel.PhaseDamping(strength)];

    [Fact]
    public void Every_channel_keeps_probability() =>
        Gen.OneOf(Gen.Double[0, 1], Gen.Const(0d), Gen.Const(1d)).Sample(
            strength =>
            {
                foreach (var channel in Channels(strength))
                {
                    var size = 1 << channel.Qubits;
                    var sum = new Complex[size, size];
                    for (var k = 0; k < channel.Count; k++)
                    {
                        var effect = Matrices.Times(Matrices.Adjoint(channel.Operator(k)), channel.Operator(k));
                        for (var i = 0; i < size * size; i++) sum[i / size, i % size] += effect[i / size, i % size];
                    }

                    Matrices.AssertIdentity(sum, $"sum K^+ K at strength {strength}");
                }
            },
            iter: 200);

    // Positive and trace 1 for every input is more than sum K^+ K = 1: half of an entangled pair is struck and the whole pair must stay a state.
    [Fact]
    public void A_state_stays_a_state_even_when_it_is_entangled_with_something_else() =>
        Gen.Select(Gen.ULong, Gen.Double[0, 1]).Sample(
            (seed, strength) =>
            {
                foreach (var channel in Channels(strength))
                {
                    var rho = RandomStates.Pure(seed, 3);
                    rho.Apply(channel, [.. Enumerable.Range(1, channel.Qubits)]);
                    Assert.Equal(1, rho.Trace, 1e-12);
                    Assert.InRange(rho.Purity, 1.0 / 8 - 1e-12, 1 + 1e-12);
                    Assert.InRange(rho.Fidelity(RandomStates.Pure(seed + 1, 3)), 0, 1 + 1e-9);
                    for (var i = 0; i < 8; i++)
                    {
                        Assert.True(rho[i, i].Real > -1e-12);
                        for (var j = 0; j < 8; j++) Assert.True(Complex.Abs(rho[i, j] - Complex.Conjugate(rho[j, i])) < 1e-12);
                    }
                }
            },
            iter: 60);

    [Theory]
    [InlineData(0)]
    [InlineData(.3)]
    [InlineData(1)]
    public void Each_does_what_its_name_says(double strength)
    {
        Complex[] state = [.6, new(0, .8)];
        var depolarised = DensityMatrix.Of(state);
        depolarised.Apply(KrausChannel.Depolarising(strength), 0);
        AssertEntries(depolarised, (1 - strength) * .36 + strength / 2, (1 - strength) * new Complex(0, -.48));

        var damped = DensityMatrix.Of(state);
        damped.Apply(KrausChannel.AmplitudeDamping(strength), 0);
        AssertEntries(damped, .36 + strength * .64, Math.Sqrt(1 - strength) * new Complex(0, -.48));

        var dephased = DensityMatrix.Of(state);
        dephased.Apply(KrausChannel.PhaseDamping(strength), 0);
        AssertEntries(dephased, .36, Math.Sqrt(1 - strength) * new Complex(0, -.48));

        static void AssertEntries(DensityMatrix rho, double zero, Complex coherence)
        {
            Assert.Equal(zero, rho[0, 0].Real, 1e-12);
            Assert.Equal(1 - zero, rho[1, 1].Real, 1e-12);
            Assert.True(Complex.Abs(rho[0, 1] - coherence) < 1e-12, $"{coherence} expected, {rho[0, 1]} found");
        }
    }

    [Fact]
    public void What_is_no_channel_is_refused_in_a_sentence()
    {
        Assert.Contains("do not keep probability: entry (1, 1)", Assert.Throws<ArgumentException>(() => new KrausChannel(1, new Complex[,] { { 1, 0 }, { 0, .9 } })).Message);
        Assert.Contains("need 4 x 4", Assert.Throws<ArgumentException>(() => new KrausChannel(2, new Complex[,] { { 1, 0 }, { 0, 1 } })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => KrausChannel.Depolarising(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => KrausChannel.AmplitudeDamping(double.NaN));
    }
}
