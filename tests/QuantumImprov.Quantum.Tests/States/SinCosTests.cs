using System.Runtime.Intrinsics;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.States.Lanes;
using QuantumImprov.Quantum.States.Planning;
using Xunit;

namespace QuantumImprov.Quantum.Tests.States;

public sealed unsafe class SinCosTests
{
    private const int Count = 8192;
    private static readonly AngleForms Forms = new(Count, [], Enumerable.Range(0, Count).Select(i => (i, i, 1.0)));
    private readonly AlignedDoubles _given = new(Count), _angles = new(Count), _sin = new(Count), _cos = new(Count), _quarters = new(Count);

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
        Assert.False(SinCos<Eight, Vector512<double>>.Whole(Forms, _given.At, _angles.At, _sin.At, _cos.At, 0, Count));
        for (var i = 0; i < Count; i++)
        {
            var (sin, cos) = Math.SinCos(_given.Span[i]);
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
        SinCos<Eight, Vector512<double>>.Tangents(Forms, _given.At, _angles.At, _sin.At, _cos.At, _quarters.At, Count);
        for (var i = 0; i < Count; i++)
        {
            var (sin, cos) = Math.SinCos(_given.Span[i]);
            var (restSin, restCos) = (_sin.Span[i] * _cos.Span[i], _cos.Span[i]);
            Assert.InRange(Math.Abs(_sin.Span[i]), 0, 1 + 1e-9);
            var (s, c) = (BitConverter.DoubleToInt64Bits(_quarters.Span[i]) & 3) switch { 0 => (restSin, restCos), 1 => (restCos, -restSin), 2 => (-restSin, -restCos), _ => (-restCos, restSin) };
            Assert.InRange(Math.Abs(s - sin), 0, 4e-16);
            Assert.InRange(Math.Abs(c - cos), 0, 4e-16);
        }
    }

    [Theory]
    [InlineData(5e9)]
    [InlineData(-1e12)]
    [InlineData(3e17)]
    [InlineData(-2e300)]
    public void Angles_beyond_the_fast_range_are_right_as_well(double angle)
    {
        var plan = new CircuitPlan(new CircuitBuilder(2).RY(0, 0).RY(0, 1).CX(0, 1).RZ(0, 0).RY(0, 1).RY(0, 0).Build());
        plan.Bind([angle, .3, angle, 2 * angle, angle]);
        var state = new StateVector(2);
        plan.Run(state, new Xoshiro(1));
        var expected = new StateVector(2);
        expected.Apply(new Operation(Gates.Named("ry"), [0], [angle]));
        expected.Apply(new Operation(Gates.Named("ry"), [1], [.3]));
        expected.Apply(new Operation(Gates.Named("cx"), [0, 1]));
        expected.Apply(new Operation(Gates.Named("rz"), [0], [angle]));
        expected.Apply(new Operation(Gates.Named("ry"), [1], [2 * angle]));
        expected.Apply(new Operation(Gates.Named("ry"), [0], [angle]));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(expected.Real[i], state.Real[i], 1e-12);
            Assert.Equal(expected.Imaginary[i], state.Imaginary[i], 1e-12);
        }
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        Fill(100);
        SinCos<Eight, Vector512<double>>.Whole(Forms, _given.At, _angles.At, _sin.At, _cos.At, 0, Count);
        var (sin, cos) = (_sin.Span.ToArray(), _cos.Span.ToArray());
        SinCos<Twice<Four, Vector256<double>>, Both<Vector256<double>>>.Whole(Forms, _given.At, _angles.At, _sin.At, _cos.At, 0, Count);
        Assert.Equal(sin, _sin.Span.ToArray());
        Assert.Equal(cos, _cos.Span.ToArray());
        SinCos<Twice<Twice<Twice<One, double>, Both<double>>, Both<Both<double>>>, Both<Both<Both<double>>>>.Whole(Forms, _given.At, _angles.At, _sin.At, _cos.At, 0, Count);
        Assert.Equal(sin, _sin.Span.ToArray());
        Assert.Equal(cos, _cos.Span.ToArray());
    }

    private void Fill(double largest)
    {
        var random = new Xoshiro(4);
        for (var i = 0; i < Count; i++) _given.Span[i] = i < 64 ? (i - 32) * (Math.PI / 4) * Math.Min(1, largest) : 2 * largest * (random.NextDouble() - .5);
    }
}
