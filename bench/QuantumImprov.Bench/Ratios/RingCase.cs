using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Bench.Ratios;

/// <summary>One circuit with new angles every call: bound, run, one code read.</summary>
internal sealed class RingCase
{
    private const int Sets = 64;
    private readonly CircuitPlan _plan;
    private readonly StateVector _state;
    private readonly double[][] _angles;
    private readonly Xoshiro _random = new(7);
    private int _next;

    internal RingCase(Circuit circuit, VectorWidth width = VectorWidth.Widest)
    {
        _plan = new CircuitPlan(circuit, width);
        _state = new StateVector(circuit.Qubits, width);
        _angles = AngleSets(_plan.Angles);
    }

    internal int Run()
    {
        _plan.Bind(_angles[_next++ & (Sets - 1)]);
        return _plan.Sample(_state, _random);
    }

    /// <summary>Angles are drawn beforehand, alike for every peer.</summary>
    internal static double[][] AngleSets(int count)
    {
        var random = new Xoshiro(11);
        var sets = new double[Sets][];
        for (var i = 0; i < Sets; i++)
        {
            sets[i] = new double[count];
            for (var k = 0; k < count; k++) sets[i][k] = 2 * Math.PI * random.NextDouble();
        }

        return sets;
    }
}
