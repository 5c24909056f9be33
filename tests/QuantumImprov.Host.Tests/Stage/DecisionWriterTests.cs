using System.Text.Json;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.Stage;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

public class DecisionWriterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(.4)]
    public void A_decision_of_the_council_is_written_with_its_laws_members_memory_and_circuit(double coherence)
    {
        var record = Decide("council", coherence);
        var json = JsonDocument.Parse(DecisionWriter.Write(record)).RootElement;
        StageContract.AssertFromHost(json);
        Assert.Equal(("decision", 1, "council"), (json.GetProperty("type").GetString(), json.GetProperty("number").GetInt32(), json.GetProperty("chain").GetString()));
        Assert.Equal(record.Candidates, json.GetProperty("candidates").EnumerateArray().Select(c => c.GetInt32()));
        var laws = record.ToLaws();
        AssertLaw(laws.Shaped, json.GetProperty("laws").GetProperty("shaped"));
        AssertLaw(laws.Blend, json.GetProperty("laws").GetProperty("blend"));
        AssertLaw(laws.Dephased, json.GetProperty("laws").GetProperty("dephased"));
        var members = json.GetProperty("members").EnumerateArray().ToList();
        Assert.Equal(record.Council!.Members, members.Select(m => m.GetProperty("name").GetString()));
        Assert.All(members, m => Assert.Equal(1, m.GetProperty("law").EnumerateArray().Sum(p => p.GetDouble()), 1e-4));
        var levels = json.GetProperty("memory").GetProperty("levels").GetInt32();
        foreach (var when in new[] { "before", "after" })
        {
            var rho = json.GetProperty("memory").GetProperty(when).EnumerateArray().Select(n => n.GetDouble()).ToList();
            Assert.Equal(1, Enumerable.Range(0, levels).Sum(i => rho[2 * ((i * levels) + i)]), 1e-3);
        }

        var (circuit, drawn) = (record.ToCircuit(), json.GetProperty("circuit"));
        Assert.Equal(circuit.Operations.Length, drawn.GetProperty("gates").GetArrayLength());
        Assert.Equal(circuit.Qubits, drawn.GetProperty("registers").EnumerateArray().Sum(r => r[1].GetInt32()));
        Assert.Equal(["note", "memory", "selector"], drawn.GetProperty("registers").EnumerateArray().Select(r => r[0].GetString()).Where(name => name != "ancilla"));
        Assert.All(
            drawn.GetProperty("gates").EnumerateArray().Zip(circuit.Operations),
            pair => Assert.Equal(pair.Second.Qubits.Order(), pair.First.GetProperty("on").EnumerateArray().Concat(pair.First.GetProperty("by").EnumerateArray()).Select(q => q.GetInt32()).Order()));
    }

    [Theory]
    [InlineData("grover")]
    [InlineData("walk")]
    [InlineData("hidden")]
    public void Other_chains_have_a_law_and_a_circuit_and_nothing_of_a_council(string chain)
    {
        var record = Decide(chain, 1);
        var json = JsonDocument.Parse(DecisionWriter.Write(record)).RootElement;
        StageContract.AssertFromHost(json);
        AssertLaw(record.Law, json.GetProperty("laws").GetProperty("shaped"));
        Assert.False(json.GetProperty("laws").TryGetProperty("blend", out _));
        Assert.False(json.TryGetProperty("members", out _));
        var circuit = record.ToCircuit();
        Assert.Equal(circuit.Qubits, json.GetProperty("circuit").GetProperty("registers").EnumerateArray().Sum(r => r[1].GetInt32()));
    }

    [Fact]
    public void The_text_of_a_circuit_can_be_read_back()
    {
        var record = Decide("council", 1);
        var text = JsonDocument.Parse(DecisionWriter.WriteQasm(record)).RootElement.GetProperty("text").GetString()!;
        Assert.Equal(OpenQasm.Write3(record.ToCircuit()), text);
    }

    private static DecisionRecord Decide(string kind, double coherence)
    {
        var learned = ShippedRepertoire.Learn();
        learned.PlayWith(new Preset { Chain = kind });
        var (log, line, candidates) = (new DecisionLog { IsOn = true }, learned.Members.NewLine(), new Candidates());
        candidates.Fill(60, 72);
        var decision = learned.Chain.Choose(line, candidates, new DialSettings(coherence), .03, new Xoshiro(5));
        log.Decided(1, 0, Beats.Zero, learned.Chain, line, candidates, decision);
        return log.Find(1)!;
    }

    private static void AssertLaw(IReadOnlyList<double> expected, JsonElement law)
    {
        var drawn = law.EnumerateArray().Select(p => p.GetDouble()).ToList();
        Assert.Equal(expected.Count, drawn.Count);
        for (var i = 0; i < drawn.Count; i++) Assert.Equal(expected[i], drawn[i], 1e-6);
    }
}
