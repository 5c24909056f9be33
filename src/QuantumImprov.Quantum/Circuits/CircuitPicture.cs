using System.Globalization;
using System.Text;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>
/// Circuits as text, one line a qubit, time from left to right:
/// <code>
/// q0: -H--●------M
/// q1: ----X--H---M
/// </code>
/// ● is a control, ◆ a qubit that selects, x the ends of a swap, ◇ a further operand of a box (◆ and ◇ carry their place in the list when the list does not ascend); parameters stand in brackets, separated by semicolons; M writes the bit of its qubit's number, M3 bit 3;
/// <c>?c2</c> (or <c>?!c2</c>) after a symbol is a classical condition; 0 is a reset, | a barrier. An operation on several qubits has its column to itself.
/// A last line <c>c: 5</c> names the number of classical bits when it is not the highest one used.
/// </summary>
public static class CircuitPicture
{
    internal const string Control = "●";
    internal const string Selector = "◆";
    internal const string Operand = "◇";

    /// <summary>The picture that <see cref="CircuitPictureReader"/> reads back: every parameter in full, the order of controls aside.</summary>
    public static string Write(Circuit circuit) => Draw(circuit, exact: true);

    /// <summary>The picture for people: parameters to four digits, lists of more than four shown by their length, so it cannot be read back.</summary>
    public static string Sketch(Circuit circuit) => Draw(circuit, exact: false);

    private static string Draw(Circuit circuit, bool exact)
    {
        var columns = new List<string?[]>();
        var free = new int[circuit.Qubits];
        var (classicalColumn, classicalQubit) = (-1, -1);
        foreach (var operation in circuit.Operations)
        {
            var first = operation.Qubits[0];
            var alone = operation.Qubits.Length > 1 || operation.Gate.Shape == GateShape.Barrier;
            var at = alone ? columns.Count : free[first];

            // A column is read from the top down, and what asks or writes a bit keeps its order. Measurements gather at the right, one below the other.
            if (operation.Bit >= 0 || !operation.Condition.Always)
            {
                if (operation.Bit >= 0) at = columns.Count > 0 && columns[^1].All(IsPlainMeasurement) ? columns.Count - 1 : columns.Count;
                at = Math.Max(Math.Max(at, free[first]), first > classicalQubit ? classicalColumn : classicalColumn + 1);
                (classicalColumn, classicalQubit) = (at, operation.Qubits.Max());
            }

            while (columns.Count <= at) columns.Add(new string?[circuit.Qubits]);
            for (var i = 0; i < operation.Qubits.Length; i++) columns[at][operation.Qubits[i]] = Cell(operation, i, exact);
            if (alone) Array.Fill(free, at + 1);
            else free[first] = at + 1;
        }

        return Text(circuit, columns);
    }

    private static bool IsPlainMeasurement(string? cell) => cell is null || (cell.StartsWith('M') && !cell.Contains('?'));

    private static string Text(Circuit circuit, List<string?[]> columns)
    {
        var text = new StringBuilder();
        var label = $"q{circuit.Qubits - 1}: ".Length;
        for (var q = 0; q < circuit.Qubits; q++)
        {
            var line = new StringBuilder($"q{q}: ".PadRight(label)).Append('-');
            foreach (var column in columns)
            {
                var width = column.Max(cell => cell?.Length ?? 0);
                line.Append((column[q] ?? "").PadRight(width + 2, '-'));
            }

            text.Append(line.ToString().TrimEnd('-').PadRight(label + 1, '-')).Append('\n');
        }

        var implied = circuit.Operations.Select(o => Math.Max(o.Bit, o.Condition.HighestBit)).DefaultIfEmpty(-1).Max() + 1;
        if (implied != circuit.Bits) text.Append(CultureInfo.InvariantCulture, $"c: {circuit.Bits}\n");
        return text.ToString();
    }

    private static string Cell(Operation operation, int operand, bool exact)
    {
        var (gate, n) = (operation.Gate, operation.Qubits.Length);
        switch (gate.Shape)
        {
            case GateShape.Controlled when operand < gate.ControlCount(n): return Control;
            case GateShape.Controlled when operand > gate.ControlCount(n): return gate.Symbol;
            case GateShape.Barrier when operand > 0: return gate.Symbol;
            case GateShape.Multiplexed when operand > 0: return Selector + Place(operation, operand);
            case GateShape.Diagonal or GateShape.Unitary or GateShape.Preparation when operand > 0: return Operand + Place(operation, operand);
            case GateShape.Measurement: return gate.Symbol + (operation.Bit == operation.Qubits[0] ? "" : operation.Bit) + Asked(operation);
            default: return gate.Symbol + Brackets(operation, exact) + Asked(operation);
        }
    }

    // Operands after the first ascend unless their places say otherwise.
    private static string Place(Operation operation, int operand)
    {
        for (var i = 2; i < operation.Qubits.Length; i++)
        {
            if (operation.Qubits[i] < operation.Qubits[i - 1]) return operand.ToString(CultureInfo.InvariantCulture);
        }

        return "";
    }

    private static string Asked(Operation operation) => operation.Condition.Always ? "" : "?" + operation.Condition;

    private static string Brackets(Operation operation, bool exact)
    {
        var p = operation.Parameters;
        if (p.Length == 0) return "";
        if (!exact && p.Length > 4) return $"({p.Length})";
        return "(" + string.Join(';', p.Select(x => Angle.Write(x, exact))) + ")";
    }
}
