using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States.Planning;

namespace QuantumImprov.Quantum.States;

/// <summary>
/// A circuit planned once and run with ever new angles. The planner puts gates into few passes over the state: diagonal gates multiply up, X, CX and SWAP only move indices, one-qubit gates become
/// phase, RY, phase; the first rotations prepare a product state directly; what only turns phases before all qubits are read is left out. All sines and cosines are worked out in one sweep.
/// Nothing is allocated after construction. Not thread-safe: one owner.
/// </summary>
public sealed class CircuitPlan
{
    private readonly BoundPlan _plan;

    /// <summary>Plans a circuit; its own angles are bound first.</summary>
    /// <param name="circuit">1 to 26 qubits.</param>
    /// <param name="width">Which registers to use; every choice gives the same numbers.</param>
    /// <exception cref="ArgumentException">The circuit has more qubits than <see cref="StateVector.MostQubits"/>.</exception>
    public CircuitPlan(Circuit circuit, VectorWidth width = VectorWidth.Widest)
    {
        var shape = CompiledCircuit.Shape(circuit);
        Circuit = circuit;
        Angles = shape.Angles.Length;
        _plan = new BoundPlan(shape, Kernels.For(width));
    }

    /// <summary>What was planned.</summary>
    public Circuit Circuit { get; }

    /// <summary>
    /// How many angles there are: the parameters of rx, ry, rz, p, u, cp, mcp, crx, cry, crz, muxry, muxrz and diag in the order of the circuit. Matrices and states to prepare are not angles.
    /// </summary>
    public int Angles { get; }

    /// <summary>Passes over the whole state in one run, without readings: a measure of what the planner merged.</summary>
    public int Passes => _plan.Shape.Items.Count(i => i.Reading is null);

    /// <summary>Takes over new angles, radians.</summary>
    /// <param name="angles">As many as <see cref="Angles"/>, finite, in the order of the circuit.</param>
    /// <exception cref="ArgumentException">Another number of angles; the plan keeps what it had.</exception>
    public void Bind(ReadOnlySpan<double> angles)
    {
        if (angles.Length != Angles) throw new ArgumentException($"Got {angles.Length} angles; this plan has {Angles}.", nameof(angles));
        _plan.Bind(angles);
    }

    /// <summary>Clears the state, runs the circuit once, and returns its classical bits.</summary>
    /// <exception cref="ArgumentException">The state has another number of qubits.</exception>
    public ulong Run(StateVector state, Xoshiro random) => state.Run(_plan, random);

    /// <summary>
    /// Clears the state, runs the circuit and reads all qubits: bit i of the result is qubit i. The state afterwards is not defined until it is cleared or loaded; phases that no reading can see
    /// are left out.
    /// </summary>
    /// <exception cref="ArgumentException">The state has another number of qubits.</exception>
    public int Sample(StateVector state, Xoshiro random) => state.Sample(_plan, random);
}
