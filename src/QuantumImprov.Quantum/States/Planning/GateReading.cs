using System.Numerics;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>Reads gates as moves, phases and turns. What is none of these, or waits for a classical bit, is left to the general kernels.</summary>
internal static class GateReading
{
    // A table of phases on more qubits than this is one step of its own.
    private const int WidestTable = 5;

    /// <summary>Whether the gate's parameters are angles that a plan can bind anew.</summary>
    internal static bool HasAngles(Gate gate) => gate.Name is "rx" or "ry" or "rz" or "p" or "u" or "cp" or "mcp" or "crx" or "cry" or "crz" or "muxry" or "muxrz" or "diag";

    /// <summary>Adds the operation to the layers; false when it cannot be one of them.</summary>
    /// <param name="first">The number of the operation's first angle among those of the circuit.</param>
    internal static bool TryPlace(Operation operation, int first, LayerList layers)
    {
        if (!operation.Condition.Always) return false;
        var qubits = operation.Qubits;
        var angle = new Share(first, 1);
        switch (operation.Gate.Name)
        {
            case "barrier" or "id":
                return true;
            case "x":
                layers.Flip(qubits[0]);
                return true;
            case "cx":
                layers.FlipWhere(qubits[0], qubits[1]);
                return true;
            case "swap":
                layers.Exchange(qubits[0], qubits[1]);
                return true;
            case "ry":
                layers.Rotate(qubits[0], angle);
                return true;
            case "rz":
                layers.Phase(qubits[0], angle);
                layers.Global.Add(angle, -.5);
                return true;
            case "p":
                layers.Phase(qubits[0], angle);
                return true;
            case "rx":
                Turn(layers, qubits[0], Share.Fixed(Math.PI / 2), angle, Share.Fixed(-Math.PI / 2));
                return true;
            case "u":
                Turn(layers, qubits[0], new Share(first + 2, 1), angle, new Share(first + 1, 1));
                return true;
            case "cp" or "mcp":
                layers.Phase(new PhaseTerm(MaskOf(qubits.AsSpan()), MaskOf(qubits.AsSpan()), angle));
                return true;
            case "crz":
                layers.Phase(qubits[0], angle.Times(-.5));
                layers.Phase(new PhaseTerm(MaskOf(qubits.AsSpan()), MaskOf(qubits.AsSpan()), angle));
                return true;
            case "diag" when qubits.Length <= WidestTable:
                for (var code = 0; code < operation.Parameters.Length; code++)
                    layers.Phase(new PhaseTerm(MaskOf(qubits.AsSpan()), Scattered(code, qubits.AsSpan()), new Share(first + code, 1)));
                return true;
            case "muxrz" when qubits.Length <= WidestTable:
                for (var code = 0; code < operation.Parameters.Length; code++)
                {
                    layers.Phase(new PhaseTerm(MaskOf(qubits.AsSpan()), Scattered(2 * code, qubits.AsSpan()), new Share(first + code, -.5)));
                    layers.Phase(new PhaseTerm(MaskOf(qubits.AsSpan()), Scattered((2 * code) + 1, qubits.AsSpan()), new Share(first + code, .5)));
                }

                return true;
            default:
                return !HasAngles(operation.Gate) && TryPlaceFixed(operation, layers);
        }
    }

    private static bool TryPlaceFixed(Operation operation, LayerList layers)
    {
        if (operation.Gate.Shape is not (GateShape.Controlled or GateShape.Unitary) || (operation.Gate.Shape == GateShape.Unitary && operation.Qubits.Length > 1)) return false;
        var controls = operation.Gate.Shape == GateShape.Controlled ? operation.Gate.ControlCount(operation.Qubits.Length) : 0;
        var matrix = operation.Gate.TargetMatrix(operation.Parameters.AsSpan(), operation.Qubits.Length);
        if (matrix.GetLength(0) != 2) return false;
        if (matrix[0, 1] == 0 && matrix[1, 0] == 0 && matrix[0, 0] == 1)
        {
            var mask = MaskOf(operation.Qubits.AsSpan());
            layers.Phase(new PhaseTerm(mask, mask, Share.Fixed(matrix[1, 1].Phase)));
            return true;
        }

        if (controls > 0) return false;
        var (global, before, turn, after) = Angles(matrix);
        layers.Global.Constant += global;
        Turn(layers, operation.Qubits[0], Share.Fixed(before), Share.Fixed(turn), Share.Fixed(after));
        return true;
    }

    /// <summary>A 2 x 2 unitary as e^(i global) P(after) RY(turn) P(before).</summary>
    internal static (double Global, double Before, double Turn, double After) Angles(Complex[,] matrix)
    {
        const double nothing = 1e-15;
        var (stay, move) = (matrix[0, 0].Magnitude, matrix[1, 0].Magnitude);
        var turn = 2 * Math.Atan2(move, stay);
        if (move <= nothing) return (matrix[0, 0].Phase, matrix[1, 1].Phase - matrix[0, 0].Phase, turn, 0);
        var global = stay <= nothing ? 0 : matrix[0, 0].Phase;
        return (global, (-matrix[0, 1]).Phase - global, turn, matrix[1, 0].Phase - global);
    }

    internal static int MaskOf(ReadOnlySpan<int> qubits)
    {
        var mask = 0;
        foreach (var q in qubits) mask |= 1 << q;
        return mask;
    }

    internal static int Scattered(int code, ReadOnlySpan<int> qubits)
    {
        var at = 0;
        for (var i = 0; i < qubits.Length; i++) at |= (code >> i & 1) << qubits[i];
        return at;
    }

    private static void Turn(LayerList layers, int qubit, Share before, Share turn, Share after)
    {
        if (before != Share.Fixed(0)) layers.Phase(qubit, before);
        layers.Rotate(qubit, turn);
        if (after != Share.Fixed(0)) layers.Phase(qubit, after);
    }
}
