using System.Collections.Immutable;
using System.Globalization;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>Reads the pictures of <see cref="CircuitPicture"/>. Cells that begin at the same place belong to one column; what follows → on a line is a remark. Pure.</summary>
public static class CircuitPictureReader
{
    private readonly record struct Cell(int Qubit, string Text, int Line, int Column);

    /// <summary>Reads a picture.</summary>
    /// <exception cref="CircuitTextException">Something cannot be understood.</exception>
    public static Circuit Read(string text)
    {
        var columns = new SortedDictionary<int, List<Cell>>();
        var (qubits, bits, line) = (0, -1, 0);
        foreach (var raw in text.Split('\n'))
        {
            line++;
            var row = raw.TrimEnd('\r');
            if (string.IsNullOrWhiteSpace(row)) continue;
            var (name, number, body) = Label(row, line);
            if (name == 'c')
            {
                if (!int.TryParse(row.AsSpan(body).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out bits)) throw new CircuitTextException("'c:' is followed by the number of classical bits.", line, body + 1);
                continue;
            }

            if (number != qubits) throw new CircuitTextException($"found q{number}; the next wire is q{qubits}.", line, 1);
            ReadWire(row, body, qubits++, line, columns);
        }

        if (qubits == 0) throw new CircuitTextException("found no wire; a picture has lines such as 'q0: -H--M'.", 1, 1);
        var operations = ImmutableArray.CreateBuilder<Operation>();
        foreach (var (_, cells) in columns) ReadColumn(cells, operations);
        var implied = operations.Select(o => Math.Max(o.Bit, o.Condition.HighestBit)).DefaultIfEmpty(-1).Max() + 1;
        if (bits >= 0 && bits < implied) throw new CircuitTextException($"found 'c: {bits}' but the circuit uses {implied} bits.", line, 1);
        return Guarded(() => new Circuit(qubits, Math.Max(bits, implied), operations.ToImmutable()), 1, 1);
    }

    private static (char Name, int Number, int Body) Label(string row, int line)
    {
        var colon = row.IndexOf(':');
        var label = colon < 0 ? "" : row[..colon].Trim();
        if (label == "c") return ('c', 0, colon + 1);
        if (label.StartsWith('q') && int.TryParse(label.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return ('q', number, colon + 1);
        throw new CircuitTextException($"found '{row.Trim()}'; a line begins with 'q0:', 'q1:' and so on.", line, 1);
    }

    private static void ReadWire(string row, int at, int qubit, int line, SortedDictionary<int, List<Cell>> columns)
    {
        while (at < row.Length && row[at] != '→')
        {
            if (row[at] is '-' or ' ')
            {
                at++;
                continue;
            }

            var start = at;
            var depth = 0;
            for (; at < row.Length && (depth > 0 || row[at] is not ('-' or ' ')); at++)
            {
                if (row[at] == '(') depth++;
                else if (row[at] == ')') depth--;
            }

            if (depth != 0) throw new CircuitTextException("a bracket is not closed.", line, start + 1);
            if (!columns.TryGetValue(start, out var cells)) columns[start] = cells = [];
            cells.Add(new Cell(qubit, row[start..at], line, start + 1));
        }
    }

    private static void ReadColumn(List<Cell> cells, ImmutableArray<Operation>.Builder operations)
    {
        if (cells.All(c => c.Text == "|"))
        {
            operations.Add(new Operation(Gates.Named("barrier"), [.. cells.Select(c => c.Qubit)]));
            return;
        }

        var together = cells.Any(c => c.Text[0] is '●' or '◆' or '◇' or 'x');
        if (together) operations.Add(ReadTogether(cells));
        else operations.AddRange(cells.Select(ReadAlone));
    }

    private static Operation ReadAlone(Cell cell)
    {
        var (symbol, parameters, condition) = Split(cell);
        if (symbol.StartsWith('M'))
        {
            var bit = cell.Qubit;
            if (symbol.Length > 1 && !int.TryParse(symbol.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out bit))
                throw new CircuitTextException($"found '{symbol}'; a measurement is M, or M and the number of a bit.", cell.Line, cell.Column);
            return Guarded(() => new Operation(Gates.Named("measure"), [cell.Qubit], [], bit, condition), cell.Line, cell.Column);
        }

        var gate = Choose(symbol, 1, 0, false, cell);
        return Guarded(() => new Operation(gate, [cell.Qubit], parameters, -1, condition), cell.Line, cell.Column);
    }

    private static Operation ReadTogether(List<Cell> cells)
    {
        var controls = cells.Where(c => c.Text == CircuitPicture.Control).ToList();
        var listed = cells.Where(c => c.Text.StartsWith('◆') || c.Text.StartsWith('◇')).ToList();
        var heads = cells.Except(controls).Except(listed).ToList();
        var first = heads.Count > 0 ? heads[0] : cells[0];
        var swap = heads.Count == 2 && Split(heads[0]).Symbol == "x" && Split(heads[1]).Symbol == "x";
        if (heads.Count != 1 && !swap)
            throw new CircuitTextException($"found {heads.Count} symbols beside the marks of this column; an operation on several qubits has one, a swap two x, and the column to itself.", first.Line, first.Column);
        var (symbol, parameters, condition) = Split(heads[0]);
        if (swap && condition.Always) condition = Split(heads[1]).Condition;
        var gate = Choose(symbol, cells.Count, controls.Count, listed.Any(c => c.Text.StartsWith('◆')), first);
        ImmutableArray<int> qubits = listed.Count > 0
            ? [heads[0].Qubit, .. listed.OrderBy(PlaceOf).Select(c => c.Qubit)]
            : [.. controls.Select(c => c.Qubit), .. heads.Select(c => c.Qubit)];
        return Guarded(() => new Operation(gate, qubits, parameters, -1, condition), first.Line, first.Column);
    }

    private static int PlaceOf(Cell cell) =>
        cell.Text.Length == 1 ? cell.Qubit
        : int.TryParse(cell.Text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place
        : throw new CircuitTextException($"found '{cell.Text}'; ◆ and ◇ stand alone or before their place in the list.", cell.Line, cell.Column);

    // The table decides: the first entry with this symbol, this number of operands and this number of controls.
    private static Gate Choose(string symbol, int operands, int controls, bool selects, Cell at)
    {
        foreach (var gate in Gates.All)
        {
            if (gate.Symbol != symbol || operands < gate.LeastQubits || operands > gate.MostQubits) continue;
            var fits = gate.Shape == GateShape.Controlled ? !selects && gate.ControlCount(operands) == controls : controls == 0 && selects == (gate.Shape == GateShape.Multiplexed);
            if (fits) return gate;
        }

        throw new CircuitTextException($"found '{symbol}' on {operands} qubit{(operands == 1 ? "" : "s")} with {controls} control{(controls == 1 ? "" : "s")}; there is no such gate. Symbols: {string.Join(' ', Gates.All.Select(g => g.Symbol).Distinct())}.", at.Line, at.Column);
    }

    private static (string Symbol, ImmutableArray<double> Parameters, Condition Condition) Split(Cell cell)
    {
        var (text, condition) = (cell.Text, default(Condition));
        var asks = text.LastIndexOf('?');
        if (asks >= 0)
        {
            condition = ReadCondition(text[(asks + 1)..], cell);
            text = text[..asks];
        }

        var open = text.IndexOf('(');
        if (open < 0) return (text, [], condition);
        if (!text.EndsWith(')')) throw new CircuitTextException($"found '{text}'; parameters stand in brackets at the end.", cell.Line, cell.Column);
        var parameters = ImmutableArray.CreateBuilder<double>();
        foreach (var part in text[(open + 1)..^1].Split(';'))
        {
            if (!Angle.TryRead(part, out var x)) throw new CircuitTextException($"found the parameter '{part}'; a number or a fraction of π such as 3π/4 is needed.", cell.Line, cell.Column);
            parameters.Add(x);
        }

        return (text[..open], parameters.ToImmutable(), condition);
    }

    private static Condition ReadCondition(string text, Cell cell)
    {
        var condition = default(Condition);
        foreach (var part in text.Split('&'))
        {
            var wanted = !part.StartsWith('!');
            var name = wanted ? part : part[1..];
            if (!name.StartsWith('c') || !int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var bit) || bit > 63)
                throw new CircuitTextException($"found the condition '{text}'; bits are asked as c0 or !c0, joined by &.", cell.Line, cell.Column);
            var one = Condition.OnBit(bit, wanted);
            condition = new Condition(condition.Mask | one.Mask, condition.Value | one.Value);
        }

        return condition;
    }

    private static T Guarded<T>(Func<T> make, int line, int column)
    {
        try
        {
            return make();
        }
        catch (ArgumentException fault)
        {
            throw new CircuitTextException(fault.Message, line, column);
        }
    }
}
