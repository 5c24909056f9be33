using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>A list of operations on numbered qubits and classical bits, all of which start at 0. Qubit i is bit i of every code. Immutable; made by <see cref="CircuitBuilder"/>.</summary>
public sealed class Circuit : IEquatable<Circuit>
{
    /// <summary>The most qubits a circuit may have.</summary>
    public const int MostQubits = 62;

    /// <summary>The most classical bits a circuit may have: one machine word.</summary>
    public const int MostBits = 64;

    /// <summary>Checks every operation against the sizes.</summary>
    /// <param name="qubits">1 to 62.</param>
    /// <param name="bits">0 to 64.</param>
    /// <param name="operations">In the order in which they happen.</param>
    /// <exception cref="ArgumentException">A size is out of range, or an operation names a qubit or bit that does not exist.</exception>
    public Circuit(int qubits, int bits, ImmutableArray<Operation> operations)
    {
        if (qubits is < 1 or > MostQubits) throw new ArgumentOutOfRangeException(nameof(qubits), qubits, $"A circuit has 1 to {MostQubits} qubits.");
        if (bits is < 0 or > MostBits) throw new ArgumentOutOfRangeException(nameof(bits), bits, $"A circuit has 0 to {MostBits} classical bits.");
        foreach (var operation in operations)
        {
            foreach (var q in operation.Qubits)
            {
                if (q >= qubits) throw new ArgumentException($"'{operation.Gate.Name}' uses qubit {q} but the circuit has {qubits} qubits (0..{qubits - 1}).", nameof(operations));
            }

            var bit = Math.Max(operation.Bit, operation.Condition.HighestBit);
            if (bit >= bits) throw new ArgumentException($"'{operation.Gate.Name}' uses bit {bit} but the circuit has {bits} classical bits.", nameof(operations));
        }

        (Qubits, Bits, Operations) = (qubits, bits, operations);
    }

    /// <summary>How many qubits there are; all start at 0.</summary>
    public int Qubits { get; }

    /// <summary>How many classical bits there are; all start at 0.</summary>
    public int Bits { get; }

    /// <summary>What happens, in order.</summary>
    public ImmutableArray<Operation> Operations { get; }

    /// <summary>True when nothing is measured, reset or conditioned.</summary>
    public bool IsUnitary => Operations.All(o => o.Condition.Always && (o.Gate.IsUnitary || o.Gate.Shape == GateShape.Barrier));

    /// <summary>The circuit that undoes this one.</summary>
    /// <exception cref="InvalidOperationException">It measures, resets or asks a classical bit.</exception>
    public Circuit Inverse()
    {
        if (!IsUnitary) throw new InvalidOperationException("A circuit that measures, resets or asks a classical bit cannot be undone.");
        return new Circuit(Qubits, Bits, [.. Operations.Reverse().Select(o => o.Inverse())]);
    }

    /// <inheritdoc/>
    public bool Equals(Circuit? other) =>
        other is not null && Qubits == other.Qubits && Bits == other.Bits && Operations.AsSpan().SequenceEqual(other.Operations.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Circuit);

    /// <summary>The picture for people (<see cref="CircuitPicture.Sketch"/>).</summary>
    public override string ToString() => CircuitPicture.Sketch(this);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Qubits, Bits, Operations.Length, Operations.Length == 0 ? 0 : Operations[0].GetHashCode());
}
