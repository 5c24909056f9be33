using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>Rewrites circuits with fewer kinds of gates. The result equals the original up to a global phase. Pure; allocates.</summary>
public static class Lowering
{
    /// <summary>Only CX and one-qubit gates (and measurement, reset, barrier): an n-qubit real state becomes 2^n - 2 CX and 2^n - 1 RY.</summary>
    public static Circuit ToCxAndRotations(Circuit circuit) => Lower(circuit, g => !g.IsUnitary || g.Name == "cx" || g.MostQubits == 1);

    /// <summary>Keeps the gates that <paramref name="keep"/> accepts and takes all others apart until only such gates remain.</summary>
    /// <exception cref="ArgumentException">A gate is not accepted and has no simpler form.</exception>
    public static Circuit Lower(Circuit circuit, Func<Gate, bool> keep)
    {
        var result = ImmutableArray.CreateBuilder<Operation>();
        foreach (var operation in circuit.Operations) Add(operation, keep, result);
        return new Circuit(circuit.Qubits, circuit.Bits, result.ToImmutable());
    }

    private static void Add(Operation operation, Func<Gate, bool> keep, ImmutableArray<Operation>.Builder result)
    {
        if (keep(operation.Gate))
        {
            result.Add(operation);
            return;
        }

        var simpler = Decompositions.Of(operation.Gate, operation.Parameters.AsSpan(), operation.Qubits.Length)
            ?? throw new ArgumentException($"'{operation.Gate.Name}' has no simpler form.");
        foreach (var inner in simpler.Operations)
            Add(new Operation(inner.Gate, [.. inner.Qubits.Select(q => operation.Qubits[q])], inner.Parameters, inner.Bit, operation.Condition), keep, result);
    }
}
