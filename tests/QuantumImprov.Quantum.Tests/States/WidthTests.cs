using CsCheck;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Circuits;
using Xunit;

namespace QuantumImprov.Quantum.Tests.States;

/// <summary>The same operations in the same order at every register width: the numbers must be the same to the last bit.</summary>
public sealed class WidthTests
{
    private static readonly VectorWidth[] Others = [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];

    [Fact]
    public void Amplitudes_and_readings_are_bit_identical_at_every_width() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 8], Gen.Int[5, 40]).Sample(
            (seed, qubits, operations) =>
            {
                var circuit = RandomCircuits.Of(seed, qubits, operations, chance: true);
                var (bits, state) = Run(circuit, seed, VectorWidth.Widest);
                foreach (var width in Others)
                {
                    var (otherBits, other) = Run(circuit, seed, width);
                    Assert.Equal(bits, otherBits);
                    AssertIdentical(state.Real, other.Real, circuit, width);
                    AssertIdentical(state.Imaginary, other.Imaginary, circuit, width);
                }
            },
            iter: 100);

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(11)]
    public void The_same_seed_gives_the_same_samples_at_every_width(int qubits)
    {
        var circuit = LayeredCircuit.Of(qubits, 4, new Xoshiro(3));
        var expected = Samples(circuit, VectorWidth.Widest);
        Assert.True(expected.Distinct().Count() > 10);
        foreach (var width in Others) Assert.Equal(expected, Samples(circuit, width));
    }

    [Fact]
    public void A_step_reads_the_same_symbols_at_every_width()
    {
        var circuit = LayeredCircuit.Of(7, 2, new Xoshiro(5));
        var expected = Symbols(new StepIsometry(circuit, 3));
        foreach (var width in Others) Assert.Equal(expected, Symbols(new StepIsometry(circuit, 3, width)));
    }

    private static int[] Symbols(StepIsometry step)
    {
        var random = new Xoshiro(9);
        return [.. Enumerable.Range(0, 300).Select(_ => step.Step(random))];
    }

    private static int[] Samples(Circuit circuit, VectorWidth width)
    {
        var plan = new CircuitPlan(circuit, width);
        var state = new StateVector(circuit.Qubits, width);
        var random = new Xoshiro(9);
        var angles = new double[plan.Angles];
        var codes = new int[40];
        for (var i = 0; i < codes.Length; i++)
        {
            for (var k = 0; k < angles.Length; k++) angles[k] = 20 * (random.NextDouble() - .5);
            plan.Bind(angles);
            codes[i] = plan.Sample(state, random);
        }

        return codes;
    }

    private static (ulong Bits, StateVector State) Run(Circuit circuit, ulong seed, VectorWidth width)
    {
        var state = new StateVector(circuit.Qubits, width);
        return (new CircuitPlan(circuit, width).Run(state, new Xoshiro(seed)), state);
    }

    private static void AssertIdentical(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, Circuit circuit, VectorWidth width)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.True(expected[i].Equals(actual[i]), $"{width}, code {i}: {expected[i]:R} and {actual[i]:R}\n{circuit}");
    }
}
