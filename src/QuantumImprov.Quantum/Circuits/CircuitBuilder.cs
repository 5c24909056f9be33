using System.Collections.Immutable;
using System.Numerics;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>Writes a circuit down operation by operation; every call returns the builder. Not thread-safe.</summary>
/// <param name="qubits">1 to 62.</param>
/// <param name="bits">Classical bits, 0 to 64.</param>
public sealed class CircuitBuilder(int qubits, int bits = 0)
{
    private readonly ImmutableArray<Operation>.Builder _operations = ImmutableArray.CreateBuilder<Operation>();
    private Condition _next;

    /// <summary>The circuit so far.</summary>
    /// <exception cref="ArgumentException">A qubit or bit does not exist.</exception>
    public Circuit Build() => new(qubits, bits, _operations.ToImmutable());

    /// <summary>Adds an operation as it is.</summary>
    public CircuitBuilder Add(Operation operation)
    {
        _operations.Add(operation);
        return this;
    }

    /// <summary>Adds a gate of the table by its name, without parameters.</summary>
    public CircuitBuilder Gate(string name, params ReadOnlySpan<int> qubits) => Gate(name, [], qubits);

    /// <summary>Adds a gate of the table by its name.</summary>
    public CircuitBuilder Gate(string name, ReadOnlySpan<double> parameters, ReadOnlySpan<int> qubits)
    {
        _operations.Add(new Operation(Gates.Named(name), [.. qubits], [.. parameters], condition: _next));
        _next = default;
        return this;
    }

    /// <summary>Adds every operation of another circuit; its qubits and bits keep their numbers.</summary>
    public CircuitBuilder Append(Circuit circuit)
    {
        _operations.AddRange(circuit.Operations);
        return this;
    }

    /// <summary>The next operation happens only when the bit has the value.</summary>
    public CircuitBuilder If(int bit, bool value = true)
    {
        _next = Condition.OnBit(bit, value);
        return this;
    }

    /// <summary>Hadamard: opens a fork.</summary>
    public CircuitBuilder H(int qubit) => Gate("h", qubit);

    /// <summary>Not.</summary>
    public CircuitBuilder X(int qubit) => Gate("x", qubit);

    /// <summary>Sign of the 1.</summary>
    public CircuitBuilder Z(int qubit) => Gate("z", qubit);

    /// <summary>Rotation about y by <paramref name="angle"/> radians.</summary>
    public CircuitBuilder RY(double angle, int qubit) => Gate("ry", [angle], [qubit]);

    /// <summary>Rotation about z by <paramref name="angle"/> radians.</summary>
    public CircuitBuilder RZ(double angle, int qubit) => Gate("rz", [angle], [qubit]);

    /// <summary>Controlled not.</summary>
    public CircuitBuilder CX(int control, int target) => Gate("cx", control, target);

    /// <summary>Multiplexed RY: the code of the controls (the first is its lowest bit) chooses the angle. Without controls a plain RY.</summary>
    public CircuitBuilder MultiplexedRY(ReadOnlySpan<double> angles, int target, params ReadOnlySpan<int> controls) =>
        controls.Length == 0 ? RY(angles[0], target) : Gate("muxry", angles, [target, .. controls]);

    /// <summary>Multiplexed RZ: the code of the controls (the first is its lowest bit) chooses the angle. Without controls a plain RZ.</summary>
    public CircuitBuilder MultiplexedRZ(ReadOnlySpan<double> angles, int target, params ReadOnlySpan<int> controls) =>
        controls.Length == 0 ? RZ(angles[0], target) : Gate("muxrz", angles, [target, .. controls]);

    /// <summary>A phase for every code of the qubits (the first is the lowest bit), radians.</summary>
    public CircuitBuilder Diagonal(ReadOnlySpan<double> phases, params ReadOnlySpan<int> qubits) => Gate("diag", phases, qubits);

    /// <summary>Any unitary on up to six qubits; the first qubit is bit 0 of rows and columns.</summary>
    public CircuitBuilder Unitary(Complex[,] matrix, params ReadOnlySpan<int> qubits) => Gate("unitary", Gates.Entries(matrix).AsSpan(), qubits);

    /// <summary>Takes code 0 of the qubits (the first is the lowest bit) to a state of squared length 1.</summary>
    public CircuitBuilder Prepare(ReadOnlySpan<Complex> state, params ReadOnlySpan<int> qubits)
    {
        var entries = new double[2 * state.Length];
        for (var i = 0; i < state.Length; i++) (entries[2 * i], entries[(2 * i) + 1]) = (state[i].Real, state[i].Imaginary);
        return Gate("prep", entries, qubits);
    }

    /// <summary>Reads a qubit into a classical bit.</summary>
    public CircuitBuilder Measure(int qubit, int bit)
    {
        _operations.Add(new Operation(Gates.Named("measure"), [qubit], bit: bit, condition: _next));
        _next = default;
        return this;
    }

    /// <summary>Reads qubit i into bit i, for all qubits.</summary>
    public CircuitBuilder MeasureAll()
    {
        for (var q = 0; q < qubits; q++) Measure(q, q);
        return this;
    }

    /// <summary>Puts a qubit to 0.</summary>
    public CircuitBuilder Reset(int qubit) => Gate("reset", qubit);

    /// <summary>A barrier across all qubits.</summary>
    public CircuitBuilder Barrier() => Gate("barrier", [.. Enumerable.Range(0, qubits)]);
}
