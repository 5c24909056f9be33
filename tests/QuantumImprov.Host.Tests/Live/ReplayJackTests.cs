using System.Text.Json;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>What was played through JACK's ports, beside a song and with the output cabled back, is played again from its journal.</summary>
[Collection("JACK")]
public sealed class ReplayJackTests(JackHouse house)
{
    [Theory]
    [InlineData("answer")]
    [InlineData("thirds")]
    public void A_session_on_a_JACK_server_is_played_again_note_for_note(string preset) => LiveRig.Play(
        house.Server,
        rig =>
        {
            using var master = new TimebaseMaster(house.Server.Name, 150, 4, 4);
            rig.Giver.Connect($"{rig.Name}:out", $"{rig.Name}:in");
            rig.PlayPhrase(rig.Soon(), 60, 64, 67, 64);
            rig.Listener.WaitForFrame(rig.Soon(1500));
            master.Locate(480_000);
            master.Roll();
            rig.Listener.WaitForFrame(rig.Soon(500));
            rig.PlayPhrase(rig.Soon(), 62, 65, 69, 65);
            rig.Listener.WaitForFrame(rig.Soon(2100));
            // Into what sounds, and the song stops.
            rig.PlayPhrase(rig.Soon(), 60, 62);
            rig.Listener.WaitForFrame(rig.Soon(1100));
            master.Stop();
            rig.Listener.WaitForFrame(rig.Soon(600));
            rig.Run.Signal(ProgramRun.Terminate);
            Assert.Equal(0, rig.Run.End().Code);
            var outcome = ProgramRun.Run(rig.Scratch, "replay", Directory.GetFiles(rig.Scratch["takes"], "*.mid").Single(), "--json");
            Assert.Equal((0, ""), (outcome.Code, outcome.Error));
            var verdict = JsonDocument.Parse(outcome.Output).RootElement;
            Assert.InRange(verdict.GetProperty("partner_notes").GetInt32(), 3, 1000);
            Assert.True(verdict.GetProperty("identical").GetBoolean() || verdict.GetProperty("sentence").GetString()!.StartsWith("The same notes, but ", StringComparison.Ordinal), outcome.Output);
        },
        "--preset",
        preset);
}
