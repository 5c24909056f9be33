using System.Globalization;
using System.Text;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>
/// Writes circuits as OpenQASM 3 (with stdgates.inc) or OpenQASM 2 (with the original qelib1.inc). Gates that the dialect does not name are defined where they are a device's own, else taken apart, so the text equals the
/// circuit up to a global phase. Qubit i is q[i], bit i is c[i]. Pure.
/// </summary>
public static class OpenQasm
{
    /// <summary>OpenQASM 3.0.</summary>
    public static string Write3(Circuit circuit)
    {
        var text = new StringBuilder("OPENQASM 3.0;\ninclude \"stdgates.inc\";\n");
        var lowered = Lowering.Lower(circuit, g => g.Qasm3 is not null);
        AppendDefinitions(lowered, text);
        text.Append(CultureInfo.InvariantCulture, $"qubit[{circuit.Qubits}] q;\n");
        if (circuit.Bits > 0) text.Append(CultureInfo.InvariantCulture, $"bit[{circuit.Bits}] c;\n");
        foreach (var operation in lowered.Operations)
        {
            var statement = operation.Bit >= 0 ? $"c[{operation.Bit}] = measure q[{operation.Qubits[0]}];" : Call(operation.Gate.Qasm3!, operation);
            if (!operation.Condition.Always) statement = $"if ({Question3(operation.Condition)}) {{ {statement} }}";
            text.Append(statement).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>OpenQASM 2.0. It can compare whole registers only, so classical bits are spread over registers as the conditions need: c0, c1 ... each named by its lowest bit.</summary>
    /// <exception cref="NotSupportedException">Two conditions ask overlapping sets of bits, or one asks bits with a gap between them.</exception>
    public static string Write2(Circuit circuit)
    {
        var registers = Registers2(circuit);
        var text = new StringBuilder("OPENQASM 2.0;\ninclude \"qelib1.inc\";\n");
        var lowered = Lowering.Lower(circuit, g => g.Qasm2 is not null);
        AppendDefinitions(lowered, text);
        text.Append(CultureInfo.InvariantCulture, $"qreg q[{circuit.Qubits}];\n");
        foreach (var (name, _, width) in registers) text.Append(CultureInfo.InvariantCulture, $"creg {name}[{width}];\n");
        foreach (var operation in lowered.Operations)
        {
            if (!operation.Condition.Always)
            {
                var register = registers.First(r => MaskOf(r.First, r.Width) == operation.Condition.Mask);
                text.Append(CultureInfo.InvariantCulture, $"if({register.Name}=={operation.Condition.Value >> register.First}) ");
            }

            if (operation.Bit >= 0)
            {
                var register = registers.First(r => operation.Bit >= r.First && operation.Bit < r.First + r.Width);
                text.Append(CultureInfo.InvariantCulture, $"measure q[{operation.Qubits[0]}] -> {register.Name}[{operation.Bit - register.First}];\n");
            }
            else
            {
                text.Append(Call(operation.Gate.Qasm2!, operation)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static void AppendDefinitions(Circuit circuit, StringBuilder text)
    {
        foreach (var gate in Gates.All)
        {
            if (gate.Definition is not null && circuit.Operations.Any(o => o.Gate == gate)) text.Append(gate.Definition).Append('\n');
        }
    }

    private static string Call(string name, Operation operation)
    {
        var parameters = operation.Parameters.Length == 0 ? "" : $"({string.Join(", ", operation.Parameters.Select(Number))})";
        return $"{name}{parameters} {string.Join(", ", operation.Qubits.Select(q => $"q[{q}]"))};";
    }

    private static string Number(double x)
    {
        var text = Angle.Write(x, exact: true);
        if (!text.Contains('π')) return text;
        text = text.Replace("π", "pi");
        var at = text.IndexOf("pi", StringComparison.Ordinal);
        return at > 0 && char.IsAsciiDigit(text[at - 1]) ? text[..at] + "*" + text[at..] : text;
    }

    private static string Question3(Condition condition)
    {
        var parts = new List<string>();
        for (var bit = 0; bit < 64; bit++)
        {
            if ((condition.Mask >> bit & 1) != 0) parts.Add((condition.Value >> bit & 1) != 0 ? $"c[{bit}]" : $"!c[{bit}]");
        }

        return string.Join(" && ", parts);
    }

    private static ulong MaskOf(int first, int width) => (width == 64 ? ulong.MaxValue : (1UL << width) - 1) << first;

    // One register for everything without conditions; else one for every set of bits that is asked together, and one for each run of bits that nobody asks.
    private static List<(string Name, int First, int Width)> Registers2(Circuit circuit)
    {
        var asked = circuit.Operations.Where(o => !o.Condition.Always).Select(o => o.Condition.Mask).Distinct().ToList();
        if (asked.Count == 0) return circuit.Bits == 0 ? [] : [("c", 0, circuit.Bits)];
        var owner = new int[circuit.Bits];
        for (var i = 0; i < asked.Count; i++)
        {
            for (var bit = 0; bit < circuit.Bits; bit++)
            {
                if ((asked[i] >> bit & 1) == 0) continue;
                if (owner[bit] != 0) throw new NotSupportedException($"Two conditions ask bit {bit} together with different others; OpenQASM 2 compares whole registers only.");
                owner[bit] = i + 1;
            }
        }

        var registers = new List<(string, int, int)>();
        for (var first = 0; first < circuit.Bits;)
        {
            var end = first + 1;
            while (end < circuit.Bits && owner[end] == owner[first]) end++;
            if (owner[first] != 0 && MaskOf(first, end - first) != asked[owner[first] - 1])
                throw new NotSupportedException($"A condition asks bits {new Condition(asked[owner[first] - 1], 0)} with a gap between them; OpenQASM 2 compares whole registers only.");
            registers.Add(($"c{first}", first, end - first));
            first = end;
        }

        return registers;
    }
}
