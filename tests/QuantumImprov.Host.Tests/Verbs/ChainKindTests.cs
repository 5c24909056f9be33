using QuantumImprov.Host.Tests.Files;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.States;
using QuantumImprov.Testing;
using System.Text.Json;
using Xunit;

namespace QuantumImprov.Host.Tests.Verbs;

/// <summary>Every chain can be chosen by a preset, is played by every verb that plays, and is drawn.</summary>
public sealed class ChainKindTests
{
    public static TheoryData<string> Kinds => ["grover", "walk", "hidden"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_preset_of_your_own_plays_it(string kind)
    {
        using var scratch = new Scratch();
        scratch.Write("mine.json", $$"""{ "version": 1, "name": "mine", "about": "A chain.", "chain": { "kind": "{{kind}}", "coherence": 0.9 } }""");
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        foreach (var name in new[] { "a.mid", "b.mid" }) Assert.Equal(0, ProgramRun.Run(scratch, "respond", "call.mid", "--out", name, "--preset", "mine.json", "--seed", "7").Code);
        Assert.Equal(File.ReadAllBytes(scratch["a.mid"]), File.ReadAllBytes(scratch["b.mid"]));
        var answered = Calls.Read(scratch["a.mid"]);
        Assert.Contains(Calls.Notes(answered, 1), n => n.Quarter < 18);
        Assert.Contains(Calls.Notes(answered, 1), n => n.Quarter >= 26.9);
        RespondTests.AssertEveryNoteEnds(answered, 1);

        Assert.Equal(0, ProgramRun.Run(scratch, "compose", "--learn", "call.mid", "--bars", "4", "--out", "piece.mid", "--preset", "mine.json").Code);
        Assert.NotEmpty(Calls.Read(scratch["piece.mid"]).Messages);
        Assert.Equal(0, ProgramRun.Run(scratch, "play", "--no-stage", "--for", "0.2", "--preset", "mine.json").Code);
    }

    // The narrow range keeps the dense simulation of the walk's two registers within reach.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Its_circuit_written_as_OpenQASM_and_read_back_has_the_law_that_is_shown(string kind)
    {
        using var scratch = new Scratch();
        scratch.Write("mine.json", $$"""{ "version": 1, "name": "mine", "about": "A chain.", "answer": { "low": "E4", "high": "E5" }, "chain": { "kind": "{{kind}}", "tail": 0.2 } }""");
        using var json = JsonDocument.Parse(ProgramRun.Run(scratch, "circuit", "--preset", "mine.json", "--after", "C5 E5 G4", "--qasm", "--json").Output);
        var root = json.RootElement;
        Assert.Equal(kind, root.GetProperty("chain").GetString());
        var circuit = OpenQasmReader.Read(root.GetProperty("qasm").GetString()!);
        var notes = root.GetProperty("note_qubits").GetInt32();
        var shown = root.GetProperty("candidates").EnumerateArray().ToDictionary(c => c.GetProperty("pitch").GetInt32(), c => c.GetProperty("probability").GetDouble());
        var pitches = shown.Keys.Order().ToArray();
        var read = new Dictionary<int, double>();
        foreach (var (bits, p) in DenseReference.Law(circuit))
        {
            // Kept when what is read beside the note is 0. The hidden chain's codes are steps from the last pitch, -12 to 12.
            if (bits >> notes != 0) continue;
            var code = (int)bits;
            var pitch = kind == "hidden" ? 67 + code - 12 : code < pitches.Length ? pitches[code] : -1;
            if (shown.ContainsKey(pitch)) read[pitch] = read.GetValueOrDefault(pitch) + p;
        }

        Assert.All(pitches, pitch => Assert.Equal(shown[pitch], read.GetValueOrDefault(pitch) / read.Values.Sum(), 1e-6));
    }
}
