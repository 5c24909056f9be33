using System.Globalization;
using System.Text;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Qpu.Vendors.Braket;

/// <summary>A circuit in Braket's dialect of OpenQASM 3: gates declared beforehand, no include, cnot si ti v vi phaseshift. The service compiles. Pure.</summary>
internal static class BraketProgram
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["x"] = "x", ["y"] = "y", ["z"] = "z", ["h"] = "h", ["s"] = "s", ["sdg"] = "si", ["t"] = "t", ["tdg"] = "ti", ["sx"] = "v", ["sxdg"] = "vi", ["rx"] = "rx", ["ry"] = "ry", ["rz"] = "rz", ["p"] = "phaseshift",
        ["cx"] = "cnot", ["cz"] = "cz", ["swap"] = "swap", ["ccx"] = "ccnot", ["id"] = "i",
    };

    /// <summary>The program and, for each column of its measurements, the bit it stands for. Only what reads at its end can be written.</summary>
    internal static (string Source, int[] Columns) Write(Circuit circuit)
    {
        var lowered = Lowering.Lower(circuit, g => !g.IsUnitary || Names.ContainsKey(g.Name));
        var text = new StringBuilder("OPENQASM 3.0;");
        text.Append(CultureInfo.InvariantCulture, $" qubit[{circuit.Qubits}] q; bit[{Math.Max(1, circuit.Bits)}] b;");
        // All qubits are used, so that measured qubits keep their numbers.
        var used = lowered.Operations.Where(o => o.Gate.IsUnitary).SelectMany(o => o.Qubits).ToHashSet();
        foreach (var q in Enumerable.Range(0, circuit.Qubits).Where(q => !used.Contains(q))) text.Append(CultureInfo.InvariantCulture, $" i q[{q}];");
        foreach (var operation in lowered.Operations)
        {
            if (operation.Gate.Shape is GateShape.Barrier) continue;
            var qubits = string.Join(", ", operation.Qubits.Select(q => $"q[{q}]"));
            if (operation.Gate.Shape == GateShape.Measurement) text.Append(CultureInfo.InvariantCulture, $" b[{operation.Bit}] = measure {qubits};");
            else if (operation.Gate.Shape == GateShape.Reset) text.Append(CultureInfo.InvariantCulture, $" reset {qubits};");
            else text.Append(CultureInfo.InvariantCulture, $" {Names[operation.Gate.Name]}{(operation.Parameters.Length == 0 ? "" : $"({string.Join(", ", operation.Parameters.Select(Numbers.Write))})")} {qubits};");
        }

        return (text.ToString(), Readout.Bits(circuit));
    }
}
