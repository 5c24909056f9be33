using System.Globalization;
using System.Text;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Circuits.Transpiling;

namespace QuantumImprov.Qpu.Vendors.Ibm;

/// <summary>A circuit as the device's own instructions: OpenQASM 3 on physical qubits, native gates only. Pure.</summary>
internal static class IsaProgram
{
    /// <summary>Writes <paramref name="circuit"/> for the qubits of <paramref name="row"/>, which are neighbours in this order.</summary>
    internal static string Write(Circuit circuit, NativeGates gates, IReadOnlyList<int> row, IReadOnlySet<Coupling> couplings)
    {
        var local = new List<Coupling>();
        for (var i = 0; i + 1 < row.Count; i++)
        {
            if (couplings.Contains(new Coupling(row[i], row[i + 1]))) local.Add(new Coupling(i, i + 1));
            if (couplings.Contains(new Coupling(row[i + 1], row[i]))) local.Add(new Coupling(i + 1, i));
        }

        var target = new Target(gates, row.Count, [.. local]);
        return Text(Transpiler.Transpile(circuit, target).Circuit, row);
    }

    private static string Text(Circuit native, IReadOnlyList<int> row)
    {
        var text = new StringBuilder("OPENQASM 3.0; include \"stdgates.inc\";");
        text.Append(CultureInfo.InvariantCulture, $" bit[{Math.Max(1, native.Bits)}] c;");
        foreach (var operation in native.Operations)
        {
            var qubits = string.Join(',', operation.Qubits.Select(q => $"${row[q]}"));
            var statement = operation.Gate.Shape switch
            {
                GateShape.Measurement => $"c[{operation.Bit}] = measure {qubits};",
                GateShape.Reset => $"reset {qubits};",
                GateShape.Barrier => $"barrier {qubits};",
                _ => $"{operation.Gate.Name}{(operation.Parameters.Length == 0 ? "" : $"({string.Join(',', operation.Parameters.Select(Numbers.Write))})")} {qubits};",
            };
            text.Append(' ').Append(operation.Condition.Always ? statement : $"if ({Question(operation.Condition)}) {{ {statement} }}");
        }

        return text.ToString();
    }

    private static string Question(Condition condition) =>
        string.Join(" && ", Enumerable.Range(0, 64).Where(bit => (condition.Mask >> bit & 1) != 0).Select(bit => $"c[{bit}] == {condition.Value >> bit & 1}"));
}
