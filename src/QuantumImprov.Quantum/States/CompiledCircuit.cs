using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.States;

/// <summary>A circuit made ready for the simulator once, to be run any number of times without allocating. Immutable; may be shared between threads.</summary>
public sealed class CompiledCircuit
{
    /// <summary>Chooses kernels and works out every number.</summary>
    /// <exception cref="ArgumentException">The circuit has more qubits than <see cref="StateVector.MostQubits"/>.</exception>
    public CompiledCircuit(Circuit circuit)
    {
        if (circuit.Qubits > StateVector.MostQubits)
            throw new ArgumentException($"The circuit has {circuit.Qubits} qubits; the simulator holds 1 to {StateVector.MostQubits}.", nameof(circuit));
        Circuit = circuit;
        var steps = new List<Step>();
        foreach (var operation in circuit.Operations) StepCompiler.Compile(operation, steps);
        Steps = [.. steps];
        Prefix = Array.FindIndex(Steps, s => !s.IsUnitary || !s.Condition.Always);
        if (Prefix < 0) Prefix = Steps.Length;
        (MeasuredQubits, OnlyFinalMeasurements) = FinalMeasurements();
    }

    /// <summary>What was compiled.</summary>
    public Circuit Circuit { get; }

    /// <summary>True when every qubit is left alone after it is measured and nothing depends on a bit: one simulation serves every shot.</summary>
    public bool OnlyFinalMeasurements { get; }

    internal Step[] Steps { get; }

    /// <summary>How many steps come before chance or a condition enters.</summary>
    internal int Prefix { get; }

    /// <summary>The qubit that each classical bit shows at the end, -1 for none; only with <see cref="OnlyFinalMeasurements"/>.</summary>
    internal int[] MeasuredQubits { get; }

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
        for (var i = Prefix; i < Steps.Length; i++)
        {
            if (Steps[i].Kind != StepKind.Measure || !Steps[i].Condition.Always) return (measured, false);
            measured[Steps[i].Bit] = Steps[i].Target;
        }

        return (measured, true);
    }
}
