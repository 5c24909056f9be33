using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Preparation;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Circuits;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Preparation;

public sealed class StateLoadingTests
{
    [Theory]
    [InlineData(.1, .2, .3, .4, 1.982313, 1.910633, 1.714144, 1.812389, .098245)]
    [InlineData(.5, .3, .2, 0, .927295, 1.318116, 0, .659058, .659058)]
    public void Two_qubits_are_loaded_with_the_reference_angles(double p0, double p1, double p2, double p3, double root, double left, double right, double gray0, double gray1)
    {
        var circuit = StateLoading.Circuit([Math.Sqrt(p0), 0, Math.Sqrt(p1), 0, Math.Sqrt(p2), 0, Math.Sqrt(p3), 0], 2);
        Assert.Equal(2, circuit.Operations.Length);
        Assert.Equal(("ry", 1), (circuit.Operations[0].Gate.Name, circuit.Operations[0].Qubits[0]));
        Assert.Equal(root, circuit.Operations[0].Parameters[0], 1e-6);
        Assert.Equal(left, circuit.Operations[1].Parameters[0], 1e-6);
        Assert.Equal(right, circuit.Operations[1].Parameters[1], 1e-6);

        var lowered = Lowering.ToCxAndRotations(circuit);
        Assert.Equal(["ry", "ry", "cx", "ry", "cx"], lowered.Operations.Select(o => o.Gate.Name));
        Assert.Equal(gray0, lowered.Operations[1].Parameters[0], 1e-6);
        Assert.Equal(gray1, lowered.Operations[3].Parameters[0], 1e-6);
        Assert.Equal([1, 0], lowered.Operations[2].Qubits);
    }

    [Fact]
    public void Any_law_is_loaded_on_its_own_codes() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 7]).Sample(
            (seed, qubits) =>
            {
                var random = new Xoshiro(seed);
                var p = Enumerable.Range(0, 1 << qubits).Select(_ => random.NextInt(3) == 0 ? 0 : random.NextDouble()).ToArray();
                p[random.NextInt(p.Length)] += .1;
                var total = p.Sum();
                var state = new StateVector(qubits);
                state.Apply(new Operation(Gates.Named("prep"), [.. Enumerable.Range(0, qubits)], [.. p.SelectMany(x => (double[])[Math.Sqrt(x / total), 0])]));
                for (var i = 0; i < p.Length; i++)
                {
                    Assert.Equal(p[i] / total, state.Real[i] * state.Real[i], 1e-12);
                    if (p[i] == 0) Assert.Equal(0, state.Real[i], 1e-12);
                }
            },
            iter: 300);

    [Fact]
    public void Signs_and_phases_are_loaded_too()
    {
        var random = new Xoshiro(4);
        for (var i = 0; i < 40; i++)
        {
            var operation = RandomCircuits.Operation(Gates.Named("prep"), 4, random);
            var state = new StateVector(4);
            state.Apply(operation);
            for (var code = 0; code < 1 << operation.Qubits.Length; code++)
            {
                var at = operation.Qubits.Select((q, k) => (code >> k & 1) << q).Sum();
                Assert.Equal(operation.Parameters[2 * code], state.Real[at], 1e-12);
                Assert.Equal(operation.Parameters[(2 * code) + 1], state.Imaginary[at], 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void A_real_state_costs_two_to_the_n_minus_two_cx(int qubits)
    {
        var random = new Xoshiro(6);
        var p = Enumerable.Range(0, 1 << qubits).Select(_ => random.NextDouble()).ToArray();
        var total = p.Sum();
        var lowered = Lowering.ToCxAndRotations(new CircuitBuilder(qubits).Prepare([.. p.Select(x => new Complex(Math.Sqrt(x / total), 0))], [.. Enumerable.Range(0, qubits)]).Build());
        Assert.Equal((1 << qubits) - 2, lowered.Operations.Count(o => o.Gate.Name == "cx"));
        Assert.Equal((1 << qubits) - 1, lowered.Operations.Count(o => o.Gate.Name == "ry"));
        Assert.Equal((1 << qubits) - 2, CircuitCost.Of(lowered).TwoQubitGates);
    }

    [Fact]
    public void Preparing_and_taking_back_leaves_zero()
    {
        var random = new Xoshiro(14);
        var operation = RandomCircuits.Operation(Gates.Named("prep"), 4, random);
        var state = new StateVector(4);
        state.Apply(operation);
        state.Apply(operation.Inverse());
        Assert.Equal(1, state.Real[0], 1e-12);
    }
}
