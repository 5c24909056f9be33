using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using Xunit;

namespace QuantumImprov.Quantum.Tests.States;

/// <summary>Circuits that end with turns are read qubit by qubit from seven qubits on.</summary>
public sealed class HalvingTests
{
    [Theory]
    [InlineData(7, false)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    public void Codes_read_qubit_by_qubit_follow_the_exact_law(int qubits, bool endsWithTurns)
    {
        // Three layers end with a CX ring and phases that no reading sees; one more layer of turns makes the turns the end itself.
        var random = new Xoshiro(21);
        var c = new CircuitBuilder(qubits).Append(LayeredCircuit.Of(qubits, 3, random, permuted: true));
        for (var q = 0; q < qubits && endsWithTurns; q++) c.RY(5 * random.NextDouble(), q);
        var plan = new CircuitPlan(c.Build());
        var state = new StateVector(qubits);
        plan.Run(state, random);
        var law = new double[1 << qubits];
        state.Probabilities(law);
        var counts = new int[1 << qubits];
        for (var i = 0; i < 100_000; i++) counts[plan.Sample(state, random)]++;
        ChiSquare.AssertFollows(law, counts);
    }

    [Fact]
    public void A_certain_code_is_always_read()
    {
        const int qubits = 9;
        var random = new Xoshiro(4);
        for (var trial = 0; trial < 200; trial++)
        {
            // Turns that take back what others did, around phases and moves that do nothing to a certain code but move it.
            var code = random.NextInt(1 << qubits);
            var c = new CircuitBuilder(qubits);
            var angles = Enumerable.Range(0, qubits).Select(_ => 6 * random.NextDouble()).ToArray();
            for (var q = 0; q < qubits; q++) c.RY(angles[q], q);
            for (var q = 0; q < qubits; q++) c.Gate("rz", [2 * Math.PI], [q]);
            for (var q = 0; q < qubits; q++) c.RY(((code >> q & 1) * Math.PI) - angles[q], q);
            var plan = new CircuitPlan(c.Build());
            var state = new StateVector(qubits);
            for (var i = 0; i < 20; i++) Assert.Equal(code, plan.Sample(state, random));
        }
    }
}
