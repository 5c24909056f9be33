using System.Text.Json;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>Ports that come and go under the playing program, on a real JACK server.</summary>
[Collection("JACK")]
public sealed class LiveCablesTests(JackHouse house)
{
    private static readonly int[] Phrase = [60, 62, 64, 65];

    [Fact]
    public void Ports_that_vanish_in_the_midst_of_an_answer_are_connected_again_when_they_return() => LiveRig.Play(house.Server, rig =>
    {
        rig.PlayPhrase(rig.Soon(), Phrase);
        rig.WaitForAnswer(0);
        rig.DropPeers();
        rig.TakePeers(house.Server);
        rig.WaitForEnd();
        var before = rig.Listener.CameCount;
        rig.PlayPhrase(rig.Soon(), Phrase);
        rig.WaitForAnswer(before);
    });

    [Fact]
    public void A_cable_that_somebody_takes_apart_stays_apart() => LiveRig.Play(house.Server, rig =>
    {
        Assert.Equal(0, house.Server.Run("jack_disconnect", "giver:to", $"{rig.Name}:in"));
        // Whoever looks after cables has done so twice by then.
        rig.Listener.WaitForFrame(rig.Soon(2500));
        Assert.False(rig.Giver.IsConnected("giver:to", $"{rig.Name}:in"));
        Assert.True(rig.Giver.IsConnected($"{rig.Name}:out", "listener:from"));
    });

    [Fact]
    public void A_port_that_was_named_is_connected_when_it_comes_and_a_keyboard_that_was_not_is_offered() => LiveRig.Play(
        house.Server,
        rig =>
        {
            Assert.Contains("Nothing matches \"*KEYSTEP*\" yet; it is connected when it comes.", rig.Run.Output, StringComparison.Ordinal);
            // The program has looked once before anything is plugged in.
            rig.Listener.WaitForFrame(rig.Soon(1500));
            using var plugged = new JackPeer("organ", house.Server.Name, device: true);
            using var named = new JackPeer("KeyStep 37", house.Server.Name, device: true);
            rig.Run.WaitForLine($"A new MIDI port can play to the partner: organ:to. Press a to listen to it, or connect it with {rig.Name}:in.");
            rig.Run.WaitForLine($"{rig.Name}:in is connected with KeyStep 37:to. {rig.Name}:out is connected with KeyStep 37:from.");
            Assert.True(named.IsConnected("KeyStep 37:to", $"{rig.Name}:in"));
            Assert.False(named.IsConnected("organ:to", $"{rig.Name}:in"));
        },
        "--connect", "*KEYSTEP*");

    [Fact]
    public void A_session_file_remembers_the_cables() => LiveRig.Play(
        house.Server,
        rig =>
        {
            var file = rig.Scratch["cables.json"];
            rig.Run.Signal(ProgramRun.Terminate);
            Assert.Equal((0, ""), (rig.Run.End().Code, rig.Run.Error));
            using (var json = JsonDocument.Parse(File.ReadAllText(file)))
            {
                Assert.Equal(1, json.RootElement.GetProperty("version").GetInt32());
                Assert.Equal(
                    ["in giver:to", "left listener:hear", "left system:playback_1", "out listener:from", "right system:playback_2"],
                    json.RootElement.GetProperty("cables").EnumerateArray().Select(c => $"{c.GetProperty("end").GetString()} {c.GetProperty("port").GetString()}").Order(StringComparer.Ordinal));
            }

            // One that has left in the meantime is waited for.
            rig.Listener.Dispose();
            using var next = ProgramRun.Start(rig.Scratch, "play", "--jack-server", house.Server.Name, "--no-stage", "--session", "cables.json");
            next.WaitForLine("cables.json: 3 of 5 cables are in; waiting for listener:from, listener:hear.");
            Assert.True(rig.Giver.IsConnected("giver:to", "quantumimprov:in"));
            rig.Giver.Dispose();
            rig.TakePeers(house.Server);
            next.Signal(ProgramRun.Terminate);
            Assert.Equal((0, ""), (next.End().Code, next.Error));
            Assert.Contains("listener:from", File.ReadAllText(file), StringComparison.Ordinal);
        },
        "--session", "cables.json");

    [Theory]
    [InlineData("la la la")]
    [InlineData("""{"version":2,"cables":[]}""")]
    [InlineData("""{"version":1,"cables":[{"end":"up","port":"a:b"}]}""")]
    public void What_is_no_session_file_is_refused_in_one_line(string text)
    {
        using var scratch = new Scratch();
        scratch.Write("cables.json", text);
        var outcome = ProgramRun.Run(scratch, ["play", "--no-stage", "--for", "0", "--session", "cables.json"]);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("cables.json is not a session file; allowed is", Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(scratch["cables.json"]));
    }
}
