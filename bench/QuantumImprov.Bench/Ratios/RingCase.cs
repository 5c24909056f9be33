using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Bench.Ratios;

/// <summary>W1: one circuit with new angles every call, bound (sines and cosines included), run, one code of all qubits read. The angles are drawn beforehand, alike for every peer.</summary>
internal static class RingCase
{
    private const int Sets = 64;

    internal static CaseResult Measure(int qubits)
    {
        var circuit = LayeredCircuits.Rings(qubits);
        var sets = AngleSets(circuit);
        var seconds = qubits > 12 ? 2 : 1;
        return new CaseResult($"w1-{qubits}", Ours(circuit), Scalar(circuit, sets, seconds), Peer(circuit, sets, seconds));
    }

    /// <summary>How many times as long another layout takes as the plain one: both in turns, and of each the best of the medians, because a neighbour on the same core slows whole seconds down.</summary>
    internal static double Times(Circuit layout)
    {
        var plain = LayeredCircuits.Rings(layout.Qubits);
        double best = double.MaxValue, other = double.MaxValue;
        for (var turn = 0; turn < 4; turn++)
        {
            best = Math.Min(best, Ours(plain, seconds: .2).MedianMicroseconds);
            other = Math.Min(other, Ours(layout, seconds: .2).MedianMicroseconds);
        }

        return other / best;
    }

    internal static Figures Ours(Circuit circuit, double seconds = 1)
    {
        var plan = new CircuitPlan(circuit);
        var state = new StateVector(circuit.Qubits);
        var sets = AngleSets(circuit);
        var random = new Xoshiro(7);
        var next = 0;
        return Timing.Measure(
            () =>
            {
                plan.Bind(sets[next++ & (Sets - 1)]);
                plan.Sample(state, random);
            },
            seconds: seconds);
    }

    private static double Scalar(Circuit circuit, double[][] sets, double seconds)
    {
        var scalar = new ScalarReference(circuit.Qubits);
        var random = new Xoshiro(7);
        var next = 0;
        return Timing.Measure(
            () =>
            {
                scalar.Clear();
                scalar.Run(circuit, sets[next++ & (Sets - 1)], random);
                scalar.Sample(random);
            },
            seconds: seconds).MedianMicroseconds;
    }

    private static double? Peer(Circuit circuit, double[][] sets, double seconds)
    {
        if (!LibQuantum.IsThere) return null;
        var next = 0;
        return Timing.Measure(
            () =>
            {
                var register = LibQuantum.New(0, circuit.Qubits);
                LibQuantum.Run(circuit, sets[next++ & (Sets - 1)], ref register);
                LibQuantum.Measure(register);
                LibQuantum.Delete(ref register);
            },
            seconds: seconds).MedianMicroseconds;
    }

    private static double[][] AngleSets(Circuit circuit)
    {
        var random = new Xoshiro(11);
        var count = circuit.Operations.Sum(o => o.Parameters.Length);
        return [.. Enumerable.Range(0, Sets).Select(_ => Enumerable.Range(0, count).Select(_ => 2 * Math.PI * random.NextDouble()).ToArray())];
    }
}
