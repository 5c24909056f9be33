using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Circuits.Transpiling;

namespace QuantumImprov.Qpu.Vendors.Iqm;

/// <summary>
/// A circuit as IQM's instructions: prx, cz and one measurement of all read qubits. Two dialects are about; which one a server takes nobody has confirmed, so it is a switch. Pure.
/// </summary>
internal static class IqmProgram
{
    /// <summary>The key of the measurement.</summary>
    internal const string Key = "m";

    /// <summary>The instructions on <paramref name="names"/>, and for each column of the measurement the bit it stands for.</summary>
    internal static (JsonArray Instructions, int[] Columns) Write(Circuit circuit, IReadOnlyList<string> names, IReadOnlyList<Coupling> couplings, bool turns)
    {
        var target = couplings.Count == 0 ? Target.Prx(names.Count) : new Target(NativeGates.PrxCz, names.Count, [.. couplings]);
        var native = Transpiler.Transpile(circuit, target).Circuit;
        var instructions = new JsonArray();
        var read = native.Operations.Where(o => o.Gate.Shape == GateShape.Measurement).ToList();
        foreach (var operation in native.Operations)
        {
            var locus = new JsonArray([.. operation.Qubits.Select(q => (JsonNode)names[q])]);
            switch (operation.Gate.Name)
            {
                case "prx":
                    var (angle, phase) = (operation.Parameters[0], operation.Parameters[1]);
                    instructions.Add((JsonNode)Instruction("prx", locus, turns
                        ? new JsonObject { ["angle_t"] = angle / (2 * Math.PI), ["phase_t"] = phase / (2 * Math.PI) }
                        : new JsonObject { ["angle"] = angle, ["phase"] = phase }, turns));
                    break;
                case "cz":
                    instructions.Add((JsonNode)Instruction("cz", locus, [], turns));
                    break;
            }
        }

        instructions.Add((JsonNode)Instruction("measure", new JsonArray([.. read.Select(o => (JsonNode)names[o.Qubits[0]])]), new JsonObject { ["key"] = Key }, turns));
        return (instructions, [.. read.Select(o => o.Bit)]);
    }

    private static JsonObject Instruction(string name, JsonArray locus, JsonObject arguments, bool turns) => new() { ["name"] = name, [turns ? "qubits" : "locus"] = locus, ["args"] = arguments };
}
