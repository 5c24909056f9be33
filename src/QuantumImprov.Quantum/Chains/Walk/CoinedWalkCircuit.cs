using System.Numerics;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Chains.Walk;

/// <summary>
/// Writes a coined walk down: the position in the low qubits, the coin as the highest. The coin is Z, then RY(2 coin); the shift adds 1 where the coin reads 0 and takes 1 away where it reads 1.
/// </summary>
internal static class CoinedWalkCircuit
{
    internal static Circuit Build(int positions, int steps, double coin, double start, int qubits, int from)
    {
        var up = Increment(positions, qubits);
        var down = up.Inverse();
        var circuit = new CircuitBuilder(qubits + 1, qubits);
        for (var q = 0; q < qubits; q++)
        {
            if ((from >> q & 1) != 0) circuit.X(q);
        }

        circuit.RY(2 * start, qubits).Gate("s", qubits);
        for (var t = 0; t < steps; t++)
            circuit.Z(qubits).RY(2 * coin, qubits).X(qubits).Append(up).X(qubits).Append(down);
        for (var q = 0; q < qubits; q++) circuit.Measure(q, q);
        return circuit.Build();
    }

    // Adds 1 modulo 2^n where the coin is 1, highest qubit first. On a cycle that is shorter, N - 1 has now become N, which trades places with 0.
    private static Circuit Increment(int positions, int qubits)
    {
        var circuit = new CircuitBuilder(qubits + 1);
        for (var q = qubits - 1; q > 0; q--) circuit.Gate("mcx", [qubits, .. Enumerable.Range(0, q), q]);
        circuit.CX(qubits, 0);
        if (positions == 1 << qubits) return circuit.Build();

        // CX gates from one 1 of N to its other ones make it a power of two, so that it differs from 0 in one qubit.
        var pivot = BitOperations.TrailingZeroCount(positions);
        int[] ones = [.. Enumerable.Range(0, qubits).Where(q => q != pivot && (positions >> q & 1) != 0)];
        int[] others = [.. Enumerable.Range(0, qubits).Where(q => q != pivot)];
        foreach (var q in ones) circuit.CX(pivot, q);
        foreach (var q in others) circuit.X(q);
        circuit.Gate("mcx", [qubits, .. others, pivot]);
        foreach (var q in others) circuit.X(q);
        foreach (var q in ones) circuit.CX(pivot, q);
        return circuit.Build();
    }
}
