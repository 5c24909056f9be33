using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Circuits;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Quantum.Tests.States;

/// <summary>The fast simulator against the slow twin.</summary>
public sealed class RandomCircuitTests
{
    private static readonly Gen<(ulong Seed, int Qubits, int Operations)> Sizes = Gen.Select(Gen.ULong, Gen.Int[1, 6], Gen.Int[1, 25]);

    [Fact]
    public void A_random_circuit_ends_in_the_reference_state() =>
        Sizes.Sample(
            size =>
            {
                var circuit = RandomCircuits.Of(size.Seed, size.Qubits, size.Operations);
                var state = new StateVector(size.Qubits);
                state.Run(new CompiledCircuit(circuit), new Xoshiro(1));
                var expected = new Complex[state.Codes];
                expected[0] = 1;
                foreach (var operation in circuit.Operations) expected = DenseReference.Apply(operation, expected);
                for (var i = 0; i < expected.Length; i++) Assert.True(Complex.Abs(new Complex(state.Real[i], state.Imaginary[i]) - expected[i]) < 1e-11, circuit.ToString());
            },
            iter: 400);

    [Fact]
    public void Measured_reset_and_conditioned_circuits_follow_the_exact_law() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 4], Gen.Int[5, 20]).Sample(
            (seed, qubits, operations) =>
            {
                // Few shots on many circuits: each fails falsely with probability 1e-6.
                var circuit = RandomCircuits.Of(seed, qubits, operations, chance: true);
                var law = DenseReference.Law(circuit);
                Assert.Equal(1, law.Values.Sum(), 1e-9);
                var counts = new int[1 << circuit.Bits];
                var state = new StateVector(qubits);
                var compiled = new CompiledCircuit(circuit);
                var random = new Xoshiro(seed);
                for (var i = 0; i < 400; i++) counts[state.Run(compiled, random)]++;
                var exact = Enumerable.Range(0, counts.Length).Select(i => law.GetValueOrDefault((ulong)i) < 1e-12 ? 0 : law[(ulong)i]).ToArray();
                ChiSquare.AssertFollows(exact, counts);
            },
            iter: 120);

    [Fact]
    public void Running_a_compiled_circuit_allocates_nothing()
    {
        var compiled = new CompiledCircuit(RandomCircuits.Of(5, 6, 40, chance: true));
        var state = new StateVector(6);
        var random = new Xoshiro(3);
        for (var i = 0; i < 100; i++) state.Run(compiled, random);
        Assert.Equal(0, Allocated.By(() => { for (var i = 0; i < 300; i++) state.Run(compiled, random); }));
    }

    [Fact]
    public void A_measured_qubit_keeps_its_reading()
    {
        var random = new Xoshiro(8);
        var ones = 0;
        var state = new StateVector(3);
        for (var i = 0; i < 400; i++)
        {
            state.Clear();
            for (var q = 0; q < 3; q++) state.Apply(new Operation(Gates.Named("ry"), [q], [1.1 + q]));
            state.Apply(new Operation(Gates.Named("cx"), [0, 2]));
            var read = state.Measure(2, random);
            Assert.Equal(read ? 1 : 0, state.ProbabilityOfOne(2), 1e-12);
            Assert.Equal(read, state.Measure(2, random));
            ones += read ? 1 : 0;
            state.Reset(2, random);
            Assert.Equal(0, state.ProbabilityOfOne(2), 1e-12);
        }

        Assert.InRange(ones, 1, 399);
    }

    [Fact]
    public void Shots_from_one_state_follow_its_probabilities()
    {
        var circuit = RandomCircuits.Of(77, 6, 30);
        var state = new StateVector(6);
        state.Run(new CompiledCircuit(circuit), new Xoshiro(1));
        var table = new ShotTable(64);
        state.WriteTo(table);
        var law = new double[64];
        state.Probabilities(law);
        var counts = new int[64];
        var random = new Xoshiro(2);
        for (var i = 0; i < 100_000; i++) counts[table.Draw(random)]++;
        ChiSquare.AssertFollows(law, counts);
    }
}
