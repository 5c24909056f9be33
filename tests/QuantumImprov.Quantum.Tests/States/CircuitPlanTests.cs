using System.Collections.Immutable;
using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Circuits;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Quantum.Tests.States;

public sealed class CircuitPlanTests
{
    private static readonly string[] WithAngles = ["rx", "ry", "rz", "p", "u", "cp", "mcp", "crx", "cry", "crz", "muxry", "muxrz", "diag"];

    [Fact]
    public void New_angles_give_the_state_of_the_circuit_with_those_angles() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 6], Gen.Int[3, 30]).Sample(
            (seed, qubits, operations) =>
            {
                var random = new Xoshiro(seed);
                var circuit = RandomCircuits.Of(seed, qubits, operations);
                var plan = new CircuitPlan(circuit);
                var angles = new double[plan.Angles];
                for (var i = 0; i < angles.Length; i++) angles[i] = random.NextInt(6) == 0 ? (random.NextInt(17) - 8) * Math.PI / 4 : 30 * (random.NextDouble() - .5);
                plan.Bind(angles);
                AssertReference(plan, With(circuit, angles));
            },
            iter: 400);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(9)]
    public void Layers_in_any_order_of_the_qubits_end_in_the_reference_state(int qubits) =>
        Gen.Select(Gen.ULong, Gen.Int[1, 4], Gen.Bool).Sample(
            (seed, layers, permuted) =>
            {
                var circuit = LayeredCircuit.Of(qubits, layers, new Xoshiro(seed), permuted);
                AssertReference(new CircuitPlan(circuit), circuit);
            },
            iter: qubits > 7 ? 4 : 20);

    [Fact]
    public void Samples_follow_the_law_of_the_circuit() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 6], Gen.Int[3, 25], Gen.Bool).Sample(
            (seed, qubits, operations, layered) =>
            {
                var circuit = layered ? LayeredCircuit.Of(qubits, 3, new Xoshiro(seed), permuted: true) : RandomCircuits.Of(seed, qubits, operations);
                var law = Reference(circuit).Select(z => z.Magnitude < 1e-9 ? 0 : z.Magnitude * z.Magnitude).ToArray();
                var plan = new CircuitPlan(circuit);
                var state = new StateVector(qubits);
                var random = new Xoshiro(seed);
                var counts = new int[law.Length];
                for (var i = 0; i < 600; i++) counts[plan.Sample(state, random)]++;
                ChiSquare.AssertFollows(law, counts);
            },
            iter: 100);

    [Fact]
    public void A_ring_layer_is_one_pass_however_the_qubits_are_named()
    {
        var random = new Xoshiro(6);
        foreach (var permuted in (bool[])[false, true])
        {
            for (var i = 0; i < 10; i++) Assert.InRange(new CircuitPlan(LayeredCircuit.Of(8, 6, random, permuted)).Passes, 7, 7);
        }
    }

    [Fact]
    public void Binding_running_and_sampling_allocate_nothing()
    {
        var circuit = RandomCircuits.Of(5, 6, 40, chance: true);
        var plan = new CircuitPlan(circuit);
        var layered = new CircuitPlan(LayeredCircuit.Of(6, 4, new Xoshiro(1)));
        var state = new StateVector(6);
        var random = new Xoshiro(3);
        var (angles, others) = (new double[plan.Angles], new double[layered.Angles]);
        Run(50);
        Assert.Equal(0, Allocated.By(() => Run(200)));

        void Run(int times)
        {
            for (var i = 0; i < times; i++)
            {
                angles[i % angles.Length] = others[i % others.Length] = i;
                plan.Bind(angles);
                plan.Run(state, random);
                layered.Bind(others);
                layered.Sample(state, random);
            }
        }
    }

    [Fact]
    public void Measured_reset_and_conditioned_circuits_follow_the_exact_law_with_new_angles() =>
        Gen.Select(Gen.ULong, Gen.Int[4, 6], Gen.Int[5, 20]).Sample(
            (seed, qubits, operations) =>
            {
                var circuit = RandomCircuits.Of(seed, qubits, operations, chance: true);
                var plan = new CircuitPlan(circuit);
                var random = new Xoshiro(seed);
                var angles = new double[plan.Angles];
                for (var i = 0; i < angles.Length; i++) angles[i] = 6 * random.NextDouble();
                plan.Bind(angles);
                var law = DenseReference.Law(With(circuit, angles));
                var counts = new int[1 << circuit.Bits];
                var state = new StateVector(qubits);
                for (var i = 0; i < 400; i++) counts[plan.Run(state, random)]++;
                ChiSquare.AssertFollows([.. Enumerable.Range(0, counts.Length).Select(i => law.GetValueOrDefault((ulong)i) < 1e-12 ? 0 : law[(ulong)i])], counts);
            },
            iter: 80);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Notes_read_again_and_again_beside_a_memory_follow_the_exact_law(ulong seed)
    {
        // Phases that stand before a reading of whole blocks are applied after it; only the memory's later interference shows them.
        var random = new Xoshiro(seed);
        var c = new CircuitBuilder(5, 5);
        for (var step = 0; step < 2; step++)
        {
            c.Append(LayeredCircuit.Of(5, 2, random));
            c.Measure(3, 2 * step).Measure(4, (2 * step) + 1).Reset(3).Reset(4);
        }

        var circuit = c.Append(LayeredCircuit.Of(5, 1, random)).Measure(1, 4).Build();
        var law = DenseReference.Law(circuit);
        var counts = new int[32];
        var plan = new CircuitPlan(circuit);
        var state = new StateVector(5);
        for (var i = 0; i < 100_000; i++) counts[plan.Run(state, random)]++;
        ChiSquare.AssertFollows([.. Enumerable.Range(0, 32).Select(i => law.GetValueOrDefault((ulong)i))], counts);
    }

    [Fact]
    public void Another_number_of_angles_or_qubits_is_refused()
    {
        var plan = new CircuitPlan(new CircuitBuilder(2).RY(1, 0).RZ(1, 1).Build());
        Assert.Contains("this plan has 2", Assert.Throws<ArgumentException>(() => plan.Bind([1])).Message);
        Assert.Contains("this state has 3", Assert.Throws<ArgumentException>(() => plan.Sample(new StateVector(3), new Xoshiro(1))).Message);
    }

    private static Circuit With(Circuit circuit, double[] angles)
    {
        var next = 0;
        return new Circuit(circuit.Qubits, circuit.Bits, [.. circuit.Operations.Select(Turned)]);

        Operation Turned(Operation o)
        {
            if (!WithAngles.Contains(o.Gate.Name)) return o;
            ImmutableArray<double> mine = [.. angles.Skip(next).Take(o.Parameters.Length)];
            next += mine.Length;
            return new Operation(o.Gate, o.Qubits, mine, o.Bit, o.Condition);
        }
    }

    private static Complex[] Reference(Circuit circuit)
    {
        var state = new Complex[1 << circuit.Qubits];
        state[0] = 1;
        foreach (var operation in circuit.Operations) state = DenseReference.Apply(operation, state);
        return state;
    }

    private static void AssertReference(CircuitPlan plan, Circuit circuit)
    {
        var state = new StateVector(circuit.Qubits);
        plan.Run(state, new Xoshiro(1));
        var compiled = new StateVector(circuit.Qubits);
        compiled.Run(new CompiledCircuit(circuit), new Xoshiro(1));
        var expected = Reference(circuit);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Complex.Abs(new Complex(state.Real[i], state.Imaginary[i]) - expected[i]) < 1e-11, circuit.ToString());
            Assert.True(Complex.Abs(new Complex(compiled.Real[i], compiled.Imaginary[i]) - expected[i]) < 1e-11, circuit.ToString());
        }
    }
}
