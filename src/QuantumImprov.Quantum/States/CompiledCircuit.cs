using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.States.Planning;

namespace QuantumImprov.Quantum.States;

/// <summary>
/// A circuit made ready for the simulator once, with its own angles, to be run any number of times without allocating. Immutable; may be shared between threads. For new angles see
/// <see cref="CircuitPlan"/>.
/// </summary>
public sealed class CompiledCircuit
{
    /// <summary>Plans the passes over the state and works out every number.</summary>
    /// <exception cref="ArgumentException">The circuit has more qubits than <see cref="StateVector.MostQubits"/>.</exception>
    public CompiledCircuit(Circuit circuit)
    {
        Circuit = circuit;
        Plan = new BoundPlan(Shape(circuit), Kernels.For(VectorWidth.Widest));
        Plan.MakeWhole();
        (MeasuredQubits, OnlyFinalMeasurements) = FinalMeasurements();
    }

    /// <summary>What was compiled.</summary>
    public Circuit Circuit { get; }

    /// <summary>True when every qubit is left alone after it is measured and nothing depends on a bit: one simulation serves every shot.</summary>
    public bool OnlyFinalMeasurements { get; }

    internal BoundPlan Plan { get; }

    /// <summary>The qubit that each classical bit shows at the end, -1 for none; only with <see cref="OnlyFinalMeasurements"/>.</summary>
    internal int[] MeasuredQubits { get; }

    internal static PlanShape Shape(Circuit circuit) => circuit.Qubits <= StateVector.MostQubits
        ? CircuitPlanner.Plan(circuit)
        : throw new ArgumentException($"The circuit has {circuit.Qubits} qubits; the simulator holds 1 to {StateVector.MostQubits}.", nameof(circuit));

    /// <summary>The classical bits that a final reading of all qubits gives.</summary>
    internal ulong BitsOf(int code)
    {
        ulong bits = 0;
        for (var bit = 0; bit < MeasuredQubits.Length; bit++)
        {
            if (MeasuredQubits[bit] >= 0) bits |= (ulong)(uint)(code >> MeasuredQubits[bit] & 1) << bit;
        }

        return bits;
    }

    private (int[] Measured, bool Only) FinalMeasurements()
    {
        var measured = new int[Circuit.Bits];
        Array.Fill(measured, -1);
        var reading = false;
        foreach (var operation in Circuit.Operations)
        {
            if (operation.Gate.Shape == GateShape.Barrier) continue;
            var measures = operation.Gate.Shape == GateShape.Measurement;
            if (!operation.Condition.Always || operation.Gate.Shape == GateShape.Reset || (reading && !measures)) return (measured, false);
            if (!measures) continue;
            reading = true;
            measured[operation.Bit] = operation.Qubits[0];
        }

        return (measured, true);
    }
}
