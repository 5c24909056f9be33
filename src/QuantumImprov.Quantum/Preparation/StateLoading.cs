using System.Numerics;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Preparation;

/// <summary>
/// The circuit that takes code 0 to a given state: the rotation tree for the magnitudes, then, only when it is not real and non-negative, one diagonal of phases. Pure; allocates.
/// </summary>
public static class StateLoading
{
    /// <summary>The operations that load a state, on qubits 0..n-1.</summary>
    /// <param name="state">re, im for each code; squared length 1.</param>
    /// <param name="qubits">1 to 12.</param>
    public static Circuit Circuit(ReadOnlySpan<double> state, int qubits)
    {
        var codes = 1 << qubits;
        var mass = new double[2 * codes];
        var halfAngles = new double[2 * codes];
        var phases = new double[codes];
        var phased = false;
        for (var i = 0; i < codes; i++)
        {
            var (re, im) = (state[2 * i], state[(2 * i) + 1]);
            mass[codes + i] = (re * re) + (im * im);
            phases[i] = mass[codes + i] == 0 ? 0 : Math.Atan2(im, re);
            phased |= phases[i] != 0;
        }

        for (var level = qubits - 1; level >= 0; level--)
        {
            RotationTree.Gather(mass, level);
            RotationTree.Rotations(mass, halfAngles, level);
        }

        var circuit = new CircuitBuilder(qubits);
        for (var level = 0; level < qubits; level++)
        {
            var angles = new double[1 << level];
            for (var node = 0; node < angles.Length; node++) angles[node] = RotationTree.Angle(halfAngles, (1 << level) + node);
            var target = qubits - 1 - level;
            circuit.MultiplexedRY(angles, target, [.. Enumerable.Range(target + 1, level)]);
        }

        if (phased) circuit.Diagonal(phases, [.. Enumerable.Range(0, qubits)]);
        return circuit.Build();
    }

    /// <summary>The whole unitary of that circuit, whose column 0 is the state. Slow; an oracle.</summary>
    internal static Complex[,] Matrix(ReadOnlySpan<double> state, int qubits)
    {
        var size = 1 << qubits;
        var whole = new Complex[size, size];
        for (var i = 0; i < size; i++) whole[i, i] = 1;
        foreach (var operation in Circuit(state, qubits).Operations)
        {
            var gate = operation.Matrix();
            var next = new Complex[size, size];
            for (var row = 0; row < size; row++)
            {
                var at = Gathered(row, operation.Qubits.AsSpan());
                for (var inner = 0; inner < gate.GetLength(0); inner++)
                {
                    if (gate[at, inner] == 0) continue;
                    var source = Scattered(row, inner, operation.Qubits.AsSpan());
                    for (var column = 0; column < size; column++) next[row, column] += gate[at, inner] * whole[source, column];
                }
            }

            whole = next;
        }

        return whole;
    }

    private static int Gathered(int code, ReadOnlySpan<int> qubits)
    {
        var at = 0;
        for (var i = 0; i < qubits.Length; i++) at |= (code >> qubits[i] & 1) << i;
        return at;
    }

    private static int Scattered(int code, int inner, ReadOnlySpan<int> qubits)
    {
        for (var i = 0; i < qubits.Length; i++) code = (code & ~(1 << qubits[i])) | ((inner >> i & 1) << qubits[i]);
        return code;
    }
}
