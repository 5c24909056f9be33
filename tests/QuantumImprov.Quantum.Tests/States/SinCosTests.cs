using System.Runtime.Intrinsics;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States.Lanes;
using QuantumImprov.Quantum.States.Planning;
using Xunit;

namespace QuantumImprov.Quantum.Tests.States;

public sealed unsafe class SinCosTests
{
    private const int Count = 8192;
    private readonly AlignedDoubles _angles = new(Count), _sin = new(Count), _cos = new(Count), _quarters = new(Count);

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1.0)]
    [InlineData(10.0)]
    [InlineData(1e3)]
    [InlineData(1e6)]
    [InlineData(9.9e8)]
    public void Sines_and_cosines_are_within_the_stated_error(double largest)
    {
        Fill(largest);
        SinCos<Eight, Vector512<double>>.Whole(_angles.At, _sin.At, _cos.At, 0, Count);
        for (var i = 0; i < Count; i++)
        {
            var (sin, cos) = Math.SinCos(_angles.Span[i]);
            Assert.InRange(Math.Abs(_sin.Span[i] - sin), 0, 2.3e-16);
            Assert.InRange(Math.Abs(_cos.Span[i] - cos), 0, 2.3e-16);
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(50.0)]
    [InlineData(1e6)]
    public void Tangents_and_quarters_put_the_angle_together_again(double largest)
    {
        Fill(largest);
        SinCos<Eight, Vector512<double>>.Tangents(_angles.At, _sin.At, _cos.At, _quarters.At, Count);
        for (var i = 0; i < Count; i++)
        {
            var (sin, cos) = Math.SinCos(_angles.Span[i]);
            var (restSin, restCos) = (_sin.Span[i] * _cos.Span[i], _cos.Span[i]);
            Assert.InRange(Math.Abs(_sin.Span[i]), 0, 1 + 1e-9);
            var (s, c) = (BitConverter.DoubleToInt64Bits(_quarters.Span[i]) & 3) switch { 0 => (restSin, restCos), 1 => (restCos, -restSin), 2 => (-restSin, -restCos), _ => (-restCos, restSin) };
            Assert.InRange(Math.Abs(s - sin), 0, 4e-16);
            Assert.InRange(Math.Abs(c - cos), 0, 4e-16);
        }
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        Fill(100);
        SinCos<Eight, Vector512<double>>.Whole(_angles.At, _sin.At, _cos.At, 0, Count);
        var (sin, cos) = (_sin.Span.ToArray(), _cos.Span.ToArray());
        SinCos<Twice<Four, Vector256<double>>, Both<Vector256<double>>>.Whole(_angles.At, _sin.At, _cos.At, 0, Count);
        Assert.Equal(sin, _sin.Span.ToArray());
        Assert.Equal(cos, _cos.Span.ToArray());
        SinCos<Twice<Twice<Twice<One, double>, Both<double>>, Both<Both<double>>>, Both<Both<Both<double>>>>.Whole(_angles.At, _sin.At, _cos.At, 0, Count);
        Assert.Equal(sin, _sin.Span.ToArray());
        Assert.Equal(cos, _cos.Span.ToArray());
    }

    private void Fill(double largest)
    {
        var random = new Xoshiro(4);
        for (var i = 0; i < Count; i++) _angles.Span[i] = i < 64 ? (i - 32) * (Math.PI / 4) * Math.Min(1, largest) : 2 * largest * (random.NextDouble() - .5);
    }
}
