using CsCheck;
using QuantumImprov.Audio.Synth;

namespace QuantumImprov.Audio.Tests.Synth;

public sealed class ElementaryTests
{
    [Fact]
    public void Sine_and_cosine_agree_with_the_platform_to_thirteen_places_over_10000_angles() =>
        Gen.Double[-4, 4].Sample(
            turns =>
            {
                Assert.InRange(Elementary.Sine(turns) - Math.Sin(2 * Math.PI * turns), -1e-13, 1e-13);
                Assert.InRange(Elementary.Cosine(turns) - Math.Cos(2 * Math.PI * turns), -1e-13, 1e-13);
            },
            iter: 10_000);

    [Fact]
    public void Powers_and_logarithms_agree_with_the_platform_to_thirteen_places_over_10000_numbers() =>
        Gen.Double[-300, 300].Sample(
            exponent =>
            {
                Assert.InRange(Elementary.Exp2(exponent) / Math.Pow(2, exponent) - 1, -1e-13, 1e-13);
                Assert.InRange(Elementary.Log2(Math.Pow(2, exponent)) - exponent, -1e-12, 1e-12);
            },
            iter: 10_000);

    [Fact]
    public void The_ends_are_sane()
    {
        Assert.Equal(0, Elementary.Exp2(double.NegativeInfinity));
        Assert.Equal(0, Elementary.Exp2(double.NaN));
        Assert.True(double.IsFinite(Elementary.Exp2(1e9)));
        Assert.Equal(0, Elementary.DecayFactor(0));
        Assert.InRange(Math.Pow(Elementary.DecayFactor(1000), 1000), 0.000999, 0.001001);
    }
}
