using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Bench.Ratios;

/// <summary>W2: 1,024 shots of a ready state of 8 qubits; the table is built anew in every call and its cost is shared by the shots.</summary>
internal static class ShotsCase
{
    private const int Qubits = 8, Shots = 1024;

    internal static CaseResult Measure()
    {
        var random = new Xoshiro(7);
        var circuit = LayeredCircuits.Rings(Qubits);
        var angles = circuit.Operations.SelectMany(o => o.Parameters).Select(_ => 2 * Math.PI * random.NextDouble()).ToArray();
        var plan = new CircuitPlan(circuit);
        plan.Bind(angles);
        var state = new StateVector(Qubits);
        plan.Run(state, random);
        var table = new AliasTable(1 << Qubits);
        var codes = new int[Shots];
        var ours = Timing.Measure(
            () =>
            {
                state.WriteTo(table);
                table.Draw(codes, random);
            },
            Shots);
        return new CaseResult("w2-8", ours, Scalar(circuit, angles, random), Peer(circuit, angles));
    }

    private static double Scalar(Circuit circuit, double[] angles, Xoshiro random)
    {
        var scalar = new ScalarReference(Qubits);
        scalar.Clear();
        scalar.Run(circuit, angles, random);
        return Timing.Measure(() => scalar.Sample(random)).MedianMicroseconds;
    }

    private static double? Peer(Circuit circuit, double[] angles)
    {
        if (!LibQuantum.IsThere) return null;
        var register = LibQuantum.New(0, Qubits);
        LibQuantum.Run(circuit, angles, ref register);
        var time = Timing.Measure(() => LibQuantum.Measure(register)).MedianMicroseconds;
        LibQuantum.Delete(ref register);
        return time;
    }
}
