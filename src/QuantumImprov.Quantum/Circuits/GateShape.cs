namespace QuantumImprov.Quantum.Circuits;

/// <summary>How a gate reads its operands and parameters; each shape has one kernel.</summary>
public enum GateShape
{
    /// <summary>Leading operands are controls; a fixed-size matrix acts on the rest when every control is 1.</summary>
    Controlled,

    /// <summary>The first operand is the target; the others, the first of them the lowest bit, choose which of several one-qubit matrices acts on it.</summary>
    Multiplexed,

    /// <summary>One phase a code of the operands.</summary>
    Diagonal,

    /// <summary>A whole matrix on the operands.</summary>
    Unitary,

    /// <summary>Takes the code 0 of the operands to a given state (or back).</summary>
    Preparation,

    /// <summary>Reads one qubit into a classical bit.</summary>
    Measurement,

    /// <summary>Puts one qubit to 0.</summary>
    Reset,

    /// <summary>Does nothing; keeps what stands before it and after it apart.</summary>
    Barrier,
}
