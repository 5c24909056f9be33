using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Bench.Ratios;

/// <summary>W4: 64 steps on 4 note and 3 memory qubits with the same angles in every step, as one circuit with readings in the middle and as a precomputed isometry. Planning and binding come before.</summary>
internal static class NotesCase
{
    private const int Steps = 64, Memory = 3;

    internal static IEnumerable<CaseResult> Measure()
    {
        var random = new Xoshiro(5);
        var angles = Enumerable.Range(0, 28).Select(_ => 2 * Math.PI * random.NextDouble()).ToArray();
        var circuit = LayeredCircuits.Notes(Steps, angles, reads: true);
        var plan = new CircuitPlan(circuit);
        var state = new StateVector(circuit.Qubits);
        var inCircuit = Timing.Measure(() => plan.Run(state, random), Steps);

        var isometry = new StepIsometry(LayeredCircuits.Notes(1, angles, reads: false), Memory);
        var byIsometry = Timing.Measure(
            () =>
            {
                isometry.Clear();
                for (var i = 0; i < Steps; i++) isometry.Step(random);
            },
            Steps);

        var all = circuit.Operations.SelectMany(o => o.Parameters).ToArray();
        var (scalar, peer) = (Scalar(circuit, all, random), Peer(circuit, all));
        return [new CaseResult("w4-circuit", inCircuit, scalar, peer), new CaseResult("w4-isometry", byIsometry, scalar, peer)];
    }

    private static double Scalar(Circuit circuit, double[] angles, Xoshiro random)
    {
        var scalar = new ScalarReference(circuit.Qubits);
        return Timing.Measure(
            () =>
            {
                scalar.Clear();
                scalar.Run(circuit, angles, random);
            },
            Steps).MedianMicroseconds;
    }

    private static double? Peer(Circuit circuit, double[] angles)
    {
        if (!LibQuantum.IsThere) return null;
        return Timing.Measure(
            () =>
            {
                var register = LibQuantum.New(0, circuit.Qubits);
                LibQuantum.Run(circuit, angles, ref register);
                LibQuantum.Delete(ref register);
            },
            Steps).MedianMicroseconds;
    }
}
