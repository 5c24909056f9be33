using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.States;

internal enum StepKind
{
    /// <summary>A complex 2 x 2 matrix where the condition bits hold.</summary>
    Matrix,

    /// <summary>The same with real entries: re and im do not mix.</summary>
    RealMatrix,

    /// <summary>One factor where the condition bits hold.</summary>
    Phase,

    Swap,

    /// <summary>One real 2 x 2 rotation for each code of the selecting qubits.</summary>
    RealMultiplexor,

    /// <summary>One complex 2 x 2 matrix for each code of the selecting qubits.</summary>
    Multiplexor,

    /// <summary>One factor for each code of the qubits.</summary>
    Diagonal,

    /// <summary>A whole matrix.</summary>
    Dense,
}

/// <summary>
/// An operation made ready for the kernels: masks instead of operand lists, numbers instead of angles. Tables hold, for each code in turn, the entries row by row.
/// </summary>
internal sealed class Step(StepKind kind)
{
    internal StepKind Kind { get; } = kind;

    internal int Target { get; init; } = -1;

    /// <summary>The other qubit of a swap.</summary>
    internal int Partner { get; init; } = -1;

    /// <summary>Bits that must be 1.</summary>
    internal int Controls { get; init; }

    /// <summary>Selecting qubits of a multiplexor, or all operands of a diagonal or dense step.</summary>
    internal int[] Qubits { get; init; } = [];

    internal double[] Re { get; init; } = [];

    internal double[] Im { get; init; } = [];

    internal Condition Condition { get; init; }

    /// <summary>The gate whose angles give the numbers, and which of the circuit's angles is its first; -1 when the numbers are fixed.</summary>
    internal string Gate { get; init; } = "";

    internal int FirstAngle { get; init; } = -1;

    /// <summary>The same step with numbers of its own.</summary>
    internal Step Copy() => With(Target, Partner, Controls, Qubits);

    /// <summary>The same step on qubits that stand elsewhere.</summary>
    internal Step On(int[] place) => With(
        Target < 0 ? -1 : place[Target], Partner < 0 ? -1 : place[Partner], Planning.IndexMap.Moved(Controls, place), [.. Qubits.Select(q => place[q])]);

    private Step With(int target, int partner, int controls, int[] qubits) => new(Kind)
    {
        Target = target, Partner = partner, Controls = controls, Qubits = qubits, Re = [.. Re], Im = [.. Im], Condition = Condition, Gate = Gate, FirstAngle = FirstAngle,
    };
}
