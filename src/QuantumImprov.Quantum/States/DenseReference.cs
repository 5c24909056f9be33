using System.Numerics;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.States;

/// <summary>
/// The slow twin: every operation as a whole matrix straight from the gate table, every measurement as a fork into both outcomes. No kernel, no sampling, nothing clever; it is
/// the oracle that the fast simulator is compared with, and gives exact laws of small circuits (up to about 10 qubits). Pure; allocates freely.
/// </summary>
public static class DenseReference
{
    /// <summary>The whole unitary of a circuit without measurements; column c is what code c becomes.</summary>
    public static Complex[,] Unitary(Circuit circuit)
    {
        if (!circuit.IsUnitary) throw new ArgumentException("A circuit that measures, resets or asks a classical bit has no unitary.", nameof(circuit));
        var size = 1 << circuit.Qubits;
        var whole = new Complex[size, size];
        for (var column = 0; column < size; column++)
        {
            var state = new Complex[size];
            state[column] = 1;
            foreach (var operation in circuit.Operations) state = Apply(operation, state);
            for (var row = 0; row < size; row++) whole[row, column] = state[row];
        }

        return whole;
    }

    /// <summary>The exact law of the classical bits at the end; outcomes of probability 0 are left out.</summary>
    public static IReadOnlyDictionary<ulong, double> Law(Circuit circuit)
    {
        var state = new Complex[1 << circuit.Qubits];
        state[0] = 1;
        var law = new SortedDictionary<ulong, double>();
        Follow(circuit, 0, state, 0, law);
        return law;
    }

    /// <summary>One unitary operation applied to a state vector, from the definition of its matrix.</summary>
    public static Complex[] Apply(Operation operation, Complex[] state)
    {
        if (operation.Gate.Shape == GateShape.Barrier) return state;
        var matrix = operation.Matrix();
        var result = new Complex[state.Length];
        for (var to = 0; to < state.Length; to++)
        {
            for (var from = 0; from < state.Length; from++)
            {
                if (SameElsewhere(to, from, operation)) result[to] += matrix[CodeOf(to, operation), CodeOf(from, operation)] * state[from];
            }
        }

        return result;
    }

    private static void Follow(Circuit circuit, int at, Complex[] state, ulong bits, SortedDictionary<ulong, double> law)
    {
        for (; at < circuit.Operations.Length; at++)
        {
            var operation = circuit.Operations[at];
            if (!operation.Condition.Holds(bits)) continue;
            if (operation.Gate.Shape is GateShape.Measurement or GateShape.Reset)
            {
                foreach (var read in (bool[])[false, true])
                {
                    var branch = Projected(state, operation.Qubits[0], read);
                    if (LengthOf(branch) < 1e-30) continue;
                    if (operation.Gate.Shape == GateShape.Reset) Follow(circuit, at + 1, read ? Moved(branch, operation.Qubits[0]) : branch, bits, law);
                    else Follow(circuit, at + 1, branch, read ? bits | (1UL << operation.Bit) : bits & ~(1UL << operation.Bit), law);
                }

                return;
            }

            state = Apply(operation, state);
        }

        law[bits] = law.GetValueOrDefault(bits) + LengthOf(state);
    }

    private static Complex[] Projected(Complex[] state, int qubit, bool read) =>
        [.. state.Select((z, i) => (i >> qubit & 1) != 0 == read ? z : 0)];

    private static Complex[] Moved(Complex[] state, int qubit) =>
        [.. state.Select((_, i) => (i >> qubit & 1) == 0 ? state[i | (1 << qubit)] : 0)];

    private static double LengthOf(Complex[] state) => state.Sum(z => (z.Real * z.Real) + (z.Imaginary * z.Imaginary));

    private static bool SameElsewhere(int a, int b, Operation operation) =>
        operation.Qubits.Aggregate(a ^ b, (different, q) => different & ~(1 << q)) == 0;

    private static int CodeOf(int i, Operation operation)
    {
        var code = 0;
        for (var k = 0; k < operation.Qubits.Length; k++) code |= (i >> operation.Qubits[k] & 1) << k;
        return code;
    }
}
