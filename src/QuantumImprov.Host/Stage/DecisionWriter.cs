using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Host.Stage;

/// <summary>Writes decisions as messages to a page; docs/stage-protocol.md has the forms. [any]</summary>
internal static class DecisionWriter
{
    /// <summary>The decision with its laws, members, memory and circuit.</summary>
    public static byte[] Write(DecisionRecord record) => Message("decision", json =>
    {
        json.WriteNumber("number"u8, record.Number);
        json.WriteNumber("answer"u8, record.Answer);
        json.WriteNumber("voice"u8, record.Voice + 1);
        json.WriteString("chain"u8, record.Chain);
        json.WriteString("words"u8, record.Words);
        json.WriteStartArray("candidates"u8);
        foreach (var pitch in record.Candidates) json.WriteNumberValue(pitch);
        json.WriteEndArray();
        json.WriteNumber("chosen"u8, record.Chosen);
        json.WriteNumber("redraws"u8, record.Redraws);
        json.WriteBoolean("kept"u8, record.Kept);
        if (record.Consensus is { } consensus) json.WriteNumber("consensus"u8, Math.Round(consensus, 4));
        json.WriteNumber("keptShare"u8, Math.Round(record.KeptShare, 4));
        WriteLaws(json, record.ToLaws());
        if (record.Council is { } council) WriteCouncil(json, council, record.After);
        WriteCircuit(json, record);
    });

    /// <summary>The decision's circuit as OpenQASM 3.</summary>
    public static byte[] WriteQasm(DecisionRecord record) => Message("qasm", json =>
    {
        json.WriteNumber("number"u8, record.Number);
        json.WriteString("text"u8, OpenQasm.Write3(record.ToCircuit()));
    });

    private static byte[] Message(string type, Action<Utf8JsonWriter> fill)
    {
        var bytes = new ArrayBufferWriter<byte>(16384);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            fill(json);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteLaws(Utf8JsonWriter json, DecisionLaws laws)
    {
        json.WriteStartObject("laws"u8);
        foreach (var (name, law) in new[] { ("blend", laws.Blend), ("interfered", laws.Interfered), ("shaped", laws.Shaped), ("coherent", laws.Coherent), ("dephased", laws.Dephased) })
        {
            if (!law.IsEmpty) WriteLaw(json, name, law.AsSpan());
        }

        json.WriteEndObject();
    }

    private static void WriteCouncil(Utf8JsonWriter json, CouncilRecord council, ImmutableArray<Complex> after)
    {
        json.WriteNumber("coherence"u8, Math.Round(council.Coherence, 4));
        json.WriteStartArray("members"u8);
        for (var k = 0; k < council.Members.Length; k++)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, council.Members[k]);
            json.WriteNumber("weight"u8, Math.Round(council.Weights[k], 5));
            json.WriteNumber("phase"u8, council.Phases.IsEmpty ? 0 : Math.Round(council.Phases[k], 5));
            WriteLaw(json, "law", council.Laws.AsSpan().Slice(k * council.Candidates, council.Candidates));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("memory"u8);
        json.WriteNumber("levels"u8, council.Levels);
        WriteDensity(json, "before", council.Before);
        WriteDensity(json, "after", after);
        json.WriteEndObject();
    }

    // Pairs of real and imaginary part, row by row.
    private static void WriteDensity(Utf8JsonWriter json, string name, ImmutableArray<Complex> density)
    {
        json.WriteStartArray(name);
        foreach (var entry in density)
        {
            json.WriteNumberValue(Math.Round(entry.Real, 4));
            json.WriteNumberValue(Math.Round(entry.Imaginary, 4));
        }

        json.WriteEndArray();
    }

    private static void WriteLaw(Utf8JsonWriter json, string name, ReadOnlySpan<double> law)
    {
        json.WriteStartArray(name);
        foreach (var p in law) json.WriteNumberValue(Math.Round(p, 6));
        json.WriteEndArray();
    }

    private static void WriteCircuit(Utf8JsonWriter json, DecisionRecord record)
    {
        var circuit = record.ToCircuit();
        json.WriteStartObject("circuit"u8);
        json.WriteNumber("qubits"u8, circuit.Qubits);
        json.WriteStartArray("registers"u8);
        foreach (var (name, size) in Registers(record, circuit.Qubits))
        {
            json.WriteStartArray();
            json.WriteStringValue(name);
            json.WriteNumberValue(size);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("gates"u8);
        foreach (var operation in circuit.Operations) WriteGate(json, operation);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // From the lowest qubit up, as CouncilStep lays them out.
    private static List<(string Name, int Size)> Registers(DecisionRecord record, int qubits)
    {
        var registers = new List<(string, int)> { ("note", Math.Min(Math.Max(1, record.NoteQubits), qubits)) };
        var left = qubits - registers[0].Item2;
        if (record.Council is { } council)
        {
            var memory = BitOperations.Log2((uint)council.Levels);
            var selector = council.Members.Length > 1 ? BitOperations.Log2((uint)council.Members.Length - 1) + 1 : 0;
            foreach (var (name, size) in new[] { ("memory", memory), ("ancilla", left - memory - selector), ("selector", selector) })
            {
                if (size > 0 && left >= size) registers.Add((name, size));
                left -= Math.Max(0, size);
            }
        }
        else if (left > 0)
        {
            registers.Add(("work", left));
        }

        return registers;
    }

    private static void WriteGate(Utf8JsonWriter json, Operation operation)
    {
        var (gate, qubits) = (operation.Gate, operation.Qubits);
        var controls = gate.Controls < 0 ? qubits.Length - 1 : gate.Controls;
        var (targets, by) = gate.Shape switch
        {
            GateShape.Multiplexed => (qubits[..1], qubits[1..]),
            GateShape.Controlled => (qubits[controls..], qubits[..controls]),
            _ => (qubits, ImmutableArray<int>.Empty),
        };
        json.WriteStartObject();
        json.WriteString("name"u8, gate.Shape == GateShape.Measurement ? "M" : gate.Symbol);
        json.WriteString("help"u8, gate.Help);
        json.WriteString("shape"u8, gate.Shape.ToString().ToLowerInvariant());
        json.WriteNumber("angles"u8, operation.Parameters.Length);
        Write(json, "on", targets);
        Write(json, "by", by);
        if (operation.Bit >= 0) json.WriteNumber("bit"u8, operation.Bit);
        if (!operation.Condition.Always) json.WriteString("when"u8, operation.Condition.ToString());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<int> qubits)
    {
        json.WriteStartArray(name);
        foreach (var qubit in qubits) json.WriteNumberValue(qubit);
        json.WriteEndArray();
    }
}
