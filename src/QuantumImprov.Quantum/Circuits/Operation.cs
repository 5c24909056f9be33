using System.Collections.Immutable;
using System.Numerics;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>One gate, measurement, reset or barrier at its place in a circuit. Immutable; equal when every part is equal.</summary>
public sealed class Operation : IEquatable<Operation>
{
    /// <summary>Puts a gate on qubits.</summary>
    /// <param name="gate">From <see cref="Gates"/>.</param>
    /// <param name="qubits">Operands in the gate's order: controls before targets, the target first for multiplexed gates.</param>
    /// <param name="parameters">As many as the gate asks for, finite.</param>
    /// <param name="bit">The classical bit of a measurement, 0 to 63; -1 otherwise.</param>
    /// <param name="condition">When the operation happens; default always.</param>
    /// <exception cref="ArgumentException">Wrong numbers of operands or parameters, a repeated operand, a parameter that does not fit.</exception>
    public Operation(Gate gate, ImmutableArray<int> qubits, ImmutableArray<double> parameters = default, int bit = -1, Condition condition = default)
    {
        (Gate, Qubits, Bit, Condition) = (gate, qubits, bit, condition);
        Parameters = parameters.IsDefault ? [] : parameters;
        OperationRules.Check(this);
    }

    /// <summary>The table entry.</summary>
    public Gate Gate { get; }

    /// <summary>The operands in the gate's order.</summary>
    public ImmutableArray<int> Qubits { get; }

    /// <summary>The parameters: angles in radians, phases in radians, or matrix entries (re, im, row by row).</summary>
    public ImmutableArray<double> Parameters { get; }

    /// <summary>The classical bit that a measurement writes; -1 for everything else.</summary>
    public int Bit { get; }

    /// <summary>When the operation happens.</summary>
    public Condition Condition { get; }

    /// <summary>The whole unitary on the operands, first operand = bit 0. Allocates.</summary>
    /// <exception cref="InvalidOperationException">The operation is not unitary.</exception>
    public Complex[,] Matrix() => Gate.Matrix(Parameters.AsSpan(), Qubits.Length);

    /// <summary>The operation that undoes this one, under the same condition.</summary>
    /// <exception cref="InvalidOperationException">A measurement or a reset cannot be undone.</exception>
    public Operation Inverse()
    {
        if (Gate.Shape == GateShape.Barrier) return this;
        if (Gate.Undo is null) throw new InvalidOperationException($"'{Gate.Name}' cannot be undone.");
        var (name, parameters) = Gate.Undo(Parameters, Qubits.Length);
        return new Operation(Gates.Named(name), Qubits, parameters, Bit, Condition);
    }

    /// <summary>The same operation on other qubits: operand q becomes <paramref name="map"/>[q].</summary>
    public Operation On(IReadOnlyList<int> map) => new(Gate, [.. Qubits.Select(q => map[q])], Parameters, Bit, Condition);

    /// <inheritdoc/>
    public bool Equals(Operation? other) =>
        other is not null && Gate == other.Gate && Bit == other.Bit && Condition == other.Condition
        && Qubits.AsSpan().SequenceEqual(other.Qubits.AsSpan()) && Parameters.AsSpan().SequenceEqual(other.Parameters.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Operation);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Gate.Name);
        hash.Add(Bit);
        hash.Add(Condition);
        foreach (var q in Qubits) hash.Add(q);
        foreach (var p in Parameters) hash.Add(p);
        return hash.ToHashCode();
    }

    /// <summary>Name, parameters, qubits, such as <c>ry(1.5) q2</c>.</summary>
    public override string ToString()
    {
        var parameters = Parameters.Length == 0 ? "" : $"({string.Join(", ", Parameters)})";
        var condition = Condition.Always ? "" : $"if {Condition}: ";
        var bit = Bit < 0 ? "" : $" -> c{Bit}";
        return $"{condition}{Gate.Name}{parameters} {string.Join(", ", Qubits.Select(q => $"q{q}"))}{bit}";
    }
}
