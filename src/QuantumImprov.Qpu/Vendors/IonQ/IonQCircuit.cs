using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Circuits.Transpiling;

namespace QuantumImprov.Qpu.Vendors.IonQ;

/// <summary>
/// A circuit as IonQ's JSON has it: in its own gates (gpi, gpi2, ms; angles in turns) by our transpiler, or in the gate set <c>qis</c> (angles in radians) for devices whose own gates are others. All qubits are read at the end, so measurements are
/// left out. Pure.
/// </summary>
internal static class IonQCircuit
{
    private static readonly HashSet<string> Qis = ["x", "y", "z", "h", "s", "t", "rx", "ry", "rz", "swap"];

    /// <summary>The gates, and the circuit they were written from: its measurements say which qubit is which bit.</summary>
    internal static (JsonArray Gates, Circuit Written) Write(Circuit circuit, bool native)
    {
        var written = native ? Transpiler.Transpile(circuit, Target.IonTrap(circuit.Qubits)).Circuit
            : Lowering.Lower(circuit, g => !g.IsUnitary || Qis.Contains(g.Name) || g.Name is "cx" or "sdg" or "tdg" or "sx" or "sxdg" or "id" or "p" or "cz");
        var gates = new JsonArray();
        foreach (var operation in written.Operations.Where(o => o.Gate.IsUnitary && o.Gate.Name != "id")) Add(gates, operation);
        return (gates, written);
    }

    private static void Add(JsonArray gates, Operation operation)
    {
        var (q, p) = (operation.Qubits, operation.Parameters);
        switch (operation.Gate.Name)
        {
            case "gpi" or "gpi2":
                gates.Add((JsonNode)new JsonObject { ["gate"] = operation.Gate.Name, ["target"] = q[0], ["phase"] = Turns(p[0]) });
                break;
            case "ms":
                gates.Add((JsonNode)new JsonObject { ["gate"] = "ms", ["targets"] = new JsonArray(q[0], q[1]), ["phases"] = new JsonArray(Turns(p[0]), Turns(p[1])), ["angle"] = Turns(p[2]) });
                break;
            case "cx":
                gates.Add((JsonNode)new JsonObject { ["gate"] = "cnot", ["control"] = q[0], ["target"] = q[1] });
                break;
            case "cz":
                gates.Add((JsonNode)new JsonObject { ["gate"] = "h", ["target"] = q[1] });
                gates.Add((JsonNode)new JsonObject { ["gate"] = "cnot", ["control"] = q[0], ["target"] = q[1] });
                gates.Add((JsonNode)new JsonObject { ["gate"] = "h", ["target"] = q[1] });
                break;
            case "swap":
                gates.Add((JsonNode)new JsonObject { ["gate"] = "swap", ["targets"] = new JsonArray(q[0], q[1]) });
                break;
            case "rx" or "ry" or "rz":
                gates.Add((JsonNode)new JsonObject { ["gate"] = operation.Gate.Name, ["target"] = q[0], ["rotation"] = p[0] });
                break;
            case "p":
                gates.Add((JsonNode)new JsonObject { ["gate"] = "rz", ["target"] = q[0], ["rotation"] = p[0] });
                break;
            default:
                gates.Add((JsonNode)new JsonObject { ["gate"] = operation.Gate.Name switch { "sdg" => "si", "tdg" => "ti", "sx" => "v", "sxdg" => "vi", var same => same }, ["target"] = q[0] });
                break;
        }
    }

    private static double Turns(double radians) => radians / (2 * Math.PI);
}
