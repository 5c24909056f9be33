using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Circuits.Qasm;

/// <summary>Puts an expansion under controls: by name where the table has the gate, else by its matrix.</summary>
internal static class Controls
{
    /// <summary>The controlled form; operand 0.. are the controls, in the order of <paramref name="polarity"/> (true = acts on 1).</summary>
    internal static Expansion Add(Expansion inner, int targets, bool[] polarity, Token at)
    {
        if (targets == 0) return new Expansion([PhaseOn(inner.Phase, polarity, at)], 0);
        if (Named(inner, targets, polarity) is { } named) return new Expansion([named], 0);
        var matrix = Matrix(inner, targets, at);
        var controls = polarity.Length;
        var on = 0;
        for (var i = 0; i < controls; i++) on |= polarity[i] ? 1 << i : 0;
        try
        {
            return new Expansion([targets == 1 ? Multiplexed(matrix, controls, on) : Whole(matrix, controls, on)], 0);
        }
        catch (ArgumentException)
        {
            throw at.Fault($"a controlled gate with {controls} controls on {targets} qubits is not supported; up to 11 controls on one qubit, or up to 6 qubits in all, are.");
        }
    }

    private static Operation PhaseOn(double phase, bool[] polarity, Token at)
    {
        var most = Gates.Named("mcp").MostQubits;
        if (polarity.Length > most) throw at.Fault($"a global phase with {polarity.Length} controls is not supported; up to {most} are.");
        ImmutableArray<int> controls = [.. Enumerable.Range(0, polarity.Length)];
        if (!polarity.Contains(false)) return new Operation(Gates.Named(polarity.Length == 1 ? "p" : "mcp"), controls, [phase]);
        var phases = new double[1 << polarity.Length];
        phases[Enumerable.Range(0, polarity.Length).Sum(i => polarity[i] ? 1 << i : 0)] = phase;
        return new Operation(Gates.Named("diag"), controls, [.. phases]);
    }

    private static Operation? Named(Expansion inner, int targets, bool[] polarity)
    {
        if (inner.Phase != 0 || inner.Operations.Count != 1 || polarity.Contains(false)) return null;
        var operation = inner.Operations[0];
        if (!operation.Qubits.SequenceEqual(Enumerable.Range(0, targets))) return null;
        var name = (operation.Gate.Name, polarity.Length) switch
        {
            ("x" or "y" or "z" or "h" or "p" or "rx" or "ry" or "rz" or "swap", 1) => "c" + operation.Gate.Name,
            ("x", 2) or ("cx", 1) => "ccx",
            ("x", > 2) or ("cx" or "ccx" or "mcx", _) => "mcx",
            ("p" or "cp" or "mcp", _) => "mcp",
            _ => null,
        };
        if (name is null || Gates.Named(name) is var gate && targets + polarity.Length > gate.MostQubits) return null;
        return new Operation(Gates.Named(name), [.. Enumerable.Range(0, targets + polarity.Length)], operation.Parameters);
    }

    private static Complex[,] Matrix(Expansion inner, int targets, Token at)
    {
        if (targets > 5) throw at.Fault($"a controlled gate on {targets} qubits is not supported; up to 5 are.");
        var matrix = DenseReference.Unitary(new Circuit(targets, 0, [.. inner.Operations]));
        var phase = Complex.FromPolarCoordinates(1, inner.Phase);
        for (var r = 0; r < matrix.GetLength(0); r++)
        {
            for (var c = 0; c < matrix.GetLength(1); c++) matrix[r, c] *= phase;
        }

        return matrix;
    }

    private static Operation Multiplexed(Complex[,] matrix, int controls, int on)
    {
        var blocks = ImmutableArray.CreateBuilder<double>();
        for (var code = 0; code < 1 << controls; code++) blocks.AddRange(code == on ? Gates.Entries(matrix) : [1, 0, 0, 0, 0, 0, 1, 0]);
        return new Operation(Gates.Named("mux"), [controls, .. Enumerable.Range(0, controls)], blocks.ToImmutable());
    }

    private static Operation Whole(Complex[,] matrix, int controls, int on)
    {
        var qubits = controls + BitOperations.Log2((uint)matrix.GetLength(0));
        if (qubits > 6) throw new ArgumentException("too many");
        var size = 1 << qubits;
        var whole = new Complex[size, size];
        for (var column = 0; column < size; column++)
        {
            if ((column & ((1 << controls) - 1)) != on)
            {
                whole[column, column] = 1;
                continue;
            }

            for (var row = 0; row < matrix.GetLength(0); row++) whole[(row << controls) | on, column] = matrix[row, column >> controls];
        }

        return new Operation(Gates.Named("unitary"), [.. Enumerable.Range(0, qubits)], Gates.Entries(whole));
    }
}
