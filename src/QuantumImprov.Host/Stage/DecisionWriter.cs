using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Host.Stage.Protocol;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Host.Stage;

/// <summary>Writes decisions as messages to a page. [any]</summary>
internal static class DecisionWriter
{
    /// <summary>The decision with its laws, members, memory and circuit.</summary>
    public static byte[] Write(DecisionRecord record)
    {
        var (laws, circuit, council) = (record.ToLaws(), record.ToCircuit(), record.Council);
        return StageJson.Write(new FromHost.Decision(
            record.Number,
            (long)record.Answer,
            record.Voice + 1,
            record.Chain,
            record.Words,
            record.Candidates,
            record.Chosen,
            record.Redraws,
            record.Kept,
            Math.Round(record.KeptShare, 4),
            new FromHost.LawsText(Law(laws.Shaped) ?? [], Law(laws.Blend), Law(laws.Interfered), Law(laws.Coherent), Law(laws.Dephased)),
            new FromHost.CircuitText(circuit.Qubits, [.. Registers(record, circuit.Qubits)], [.. circuit.Operations.Select(Gate)]),
            record.Consensus is { } consensus ? Math.Round(consensus, 4) : null,
            council is null ? null : Math.Round(council.Coherence, 4),
            council is null ? null : [.. Enumerable.Range(0, council.Members.Length).Select(k => Member(council, k))],
            council is null ? null : new FromHost.MemoryText(council.Levels, Density(council.Before), Density(record.After))));
    }

    /// <summary>The decision's circuit as OpenQASM 3.</summary>
    public static byte[] WriteQasm(DecisionRecord record) => StageJson.Write(new FromHost.Qasm(record.Number, OpenQasm.Write3(record.ToCircuit())));

    private static FromHost.MemberText Member(CouncilRecord council, int k) => new(
        council.Members[k],
        Math.Round(council.Weights[k], 5),
        council.Phases.IsEmpty ? 0 : Math.Round(council.Phases[k], 5),
        [.. council.Laws.Skip(k * council.Candidates).Take(council.Candidates).Select(p => Math.Round(p, 6))]);

    // Null where the chain has none.
    private static double[]? Law(ImmutableArray<double> law) => law.IsEmpty ? null : [.. law.Select(p => Math.Round(p, 6))];

    // Pairs of real and imaginary part, row by row.
    private static ImmutableArray<double> Density(ImmutableArray<Complex> density) => [.. density.SelectMany(entry => new[] { Math.Round(entry.Real, 4), Math.Round(entry.Imaginary, 4) })];

    // From the lowest qubit up, as CouncilStep lays them out.
    private static List<FromHost.RegisterRow> Registers(DecisionRecord record, int qubits)
    {
        var registers = new List<FromHost.RegisterRow> { new("note", Math.Min(Math.Max(1, record.NoteQubits), qubits)) };
        var left = qubits - registers[0].Size;
        if (record.Council is { } council)
        {
            var memory = BitOperations.Log2((uint)council.Levels);
            var selector = council.Members.Length > 1 ? BitOperations.Log2((uint)council.Members.Length - 1) + 1 : 0;
            foreach (var (name, size) in new[] { ("memory", memory), ("ancilla", left - memory - selector), ("selector", selector) })
            {
                if (size > 0 && left >= size) registers.Add(new(name, size));
                left -= Math.Max(0, size);
            }
        }
        else if (left > 0)
        {
            registers.Add(new("work", left));
        }

        return registers;
    }

    private static FromHost.GateText Gate(Operation operation)
    {
        var (gate, qubits) = (operation.Gate, operation.Qubits);
        var controls = gate.Controls < 0 ? qubits.Length - 1 : gate.Controls;
        var (targets, by) = gate.Shape switch
        {
            GateShape.Multiplexed => (qubits[..1], qubits[1..]),
            GateShape.Controlled => (qubits[controls..], qubits[..controls]),
            _ => (qubits, ImmutableArray<int>.Empty),
        };
        return new FromHost.GateText(
            gate.Shape == GateShape.Measurement ? "M" : gate.Symbol,
            gate.Help,
            gate.Shape,
            operation.Parameters.Length,
            targets,
            by,
            operation.Bit >= 0 ? operation.Bit : null,
            operation.Condition.Always ? null : operation.Condition.ToString());
    }
}
