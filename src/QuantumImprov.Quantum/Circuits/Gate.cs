using System.Collections.Immutable;
using System.Numerics;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>
/// One entry of the gate table. Everything else (builder, kernels, pictures, OpenQASM, help, the tests' sweeps) reads it from here. Immutable; made by <see cref="Gates"/> only.
/// In a matrix the first operand is bit 0 of the row and column number.
/// </summary>
public sealed class Gate
{
    internal delegate Complex[,] MatrixOf(ReadOnlySpan<double> parameters, int qubits);

    internal delegate (string Name, ImmutableArray<double> Parameters) InverseOf(ImmutableArray<double> parameters, int qubits);

    internal Gate(string name, GateShape shape, string symbol, string help)
    {
        (Name, Shape, Symbol, Help) = (name, shape, symbol, help);
        CountParameters = _ => ParameterNames.Length;
    }

    /// <summary>The name, lower case, also the name in OpenQASM 3 when <see cref="Qasm3"/> is set.</summary>
    public string Name { get; }

    /// <summary>How operands and parameters are read.</summary>
    public GateShape Shape { get; }

    /// <summary>What stands on the target's wire in a picture.</summary>
    public string Symbol { get; }

    /// <summary>One sentence for people who play music.</summary>
    public string Help { get; }

    /// <summary>The fewest operands.</summary>
    public int LeastQubits { get; internal init; } = 1;

    /// <summary>The most operands.</summary>
    public int MostQubits { get; internal init; } = 1;

    /// <summary>Leading operands that are controls; -1 when all but the last are.</summary>
    public int Controls { get; internal init; }

    /// <summary>Names of the parameters when their number is fixed; else empty.</summary>
    public ImmutableArray<string> ParameterNames { get; internal init; } = [];

    /// <summary>The name in OpenQASM 2 with qelib1.inc; null when the gate must be lowered first.</summary>
    public string? Qasm2 { get; internal init; }

    /// <summary>The name in OpenQASM 3 with stdgates.inc; null when the gate must be lowered first.</summary>
    public string? Qasm3 { get; internal init; }

    /// <summary>The gate as a definition in OpenQASM, either version, when no library has it; it stands before the first use. Else null.</summary>
    public string? Definition { get; internal init; }

    /// <summary>True for everything but measurement, reset and barrier.</summary>
    public bool IsUnitary => Base is not null;

    internal MatrixOf? Base { get; init; }

    internal InverseOf? Undo { get; init; }

    internal Func<int, int> CountParameters { get; init; }

    /// <summary>How many parameters the gate takes on that many operands.</summary>
    public int ParameterCount(int qubits) => CountParameters(qubits);

    /// <summary>How many of that many operands are controls.</summary>
    public int ControlCount(int qubits) => Controls >= 0 ? Controls : qubits - 1;

    /// <summary>The whole unitary on all operands, controls included; first operand = bit 0. Allocates; for oracles, help and tests.</summary>
    /// <exception cref="InvalidOperationException">The gate is a measurement, a reset or a barrier.</exception>
    public Complex[,] Matrix(ReadOnlySpan<double> parameters, int qubits)
    {
        var inner = TargetMatrix(parameters, qubits);
        var controls = Shape == GateShape.Controlled ? ControlCount(qubits) : 0;
        if (controls == 0) return inner;
        var size = 1 << qubits;
        var whole = new Complex[size, size];
        var on = (1 << controls) - 1;
        for (var column = 0; column < size; column++)
        {
            if ((column & on) != on)
            {
                whole[column, column] = 1;
                continue;
            }

            for (var row = 0; row < inner.GetLength(0); row++) whole[(row << controls) | on, column] = inner[row, column >> controls];
        }

        return whole;
    }

    /// <summary>The matrix on the targets alone (for controlled gates), else the whole matrix.</summary>
    /// <exception cref="InvalidOperationException">The gate is a measurement, a reset or a barrier.</exception>
    public Complex[,] TargetMatrix(ReadOnlySpan<double> parameters, int qubits) =>
        Base is null ? throw new InvalidOperationException($"'{Name}' is not unitary and has no matrix.") : Base(parameters, qubits);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
