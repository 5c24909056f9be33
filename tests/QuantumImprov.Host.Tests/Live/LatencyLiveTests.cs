using System.Text.Json;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Tests.Contracts;
using QuantumImprov.Storage.Latencies;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>A sound module that answers late, the softer the later, and sends back what it played.</summary>
[Collection("JACK")]
public sealed class LatencyLiveTests(JackHouse house)
{
    private const int Attempts = 5;
    private static readonly int[] Phrase = [60, 62, 64, 65, 67, 65, 64, 60];

    [Fact]
    public void A_late_module_is_measured_to_the_frame_and_then_played_on_the_beat()
    {
        using var module = new JackPeer("synth", house.Server.Name);
        module.Echo(Wait);
        var measured = Measure();
        LiveRig.Play(
            house.Server,
            scratch =>
            {
                Directory.CreateDirectory(scratch.Home);
                scratch.Write("home/latencies.json", measured);
            },
            rig =>
            {
                Assert.Contains("Planned notes are sent 20 to 68.75 ms early, as was measured for synth:from.", rig.Run.Output, StringComparison.Ordinal);
                using var hall = new JackPeer("hall", house.Server.Name);
                hall.Connect("synth:to", "hall:from");
                var late = new List<(uint Frame, ShortMessage Message)>();
                for (var i = 0; i < 3; i++)
                {
                    var before = hall.CameCount;
                    rig.PlayPhrase(rig.Soon(), Phrase);
                    Testing.Wait.Until(() => hall.CameCount > before && (int)(hall.Now - hall.Came[^1].Frame) > 60_000, () => $"the end of an answer after {before} messages; there were {string.Join(", ", hall.Came)}");
                    // The first note of an answer may come late.
                    late.AddRange(hall.Came.Skip(before).Where(m => m.Message.IsNoteOn).Skip(1));
                }

                // The clock that is sent says where the beat is: six ticks a sixteenth, from the bar line at which it starts.
                var came = rig.Listener.Came;
                var start = came.ToList().FindIndex(m => m.Message.Status == 0xFA);
                uint[] sixteenths = [.. came.Skip(start).Where(m => m.Message.Status == 0xF8).Select(m => m.Frame).Where((_, tick) => tick % 6 == 0)];
                Assert.True(late.Count > 8 && sixteenths.Length > 50, $"{late.Count} notes, {sixteenths.Length} sixteenths.");
                Assert.True(late.Select(m => Wait(m.Message.Data2)).Distinct().Count() > 2, "All notes are equally loud.");
                Assert.All(late, note => Assert.InRange(sixteenths.Min(s => Math.Abs((int)(s - note.Frame))), 0, 2));
            },
            "--midi-out",
            "synth:from",
            "--clock-out");

        static int Wait(int velocity) => 960 + (127 - velocity) * 20;
    }

    [Fact]
    public void What_is_known_of_the_first_output_counts_unless_a_latency_is_stated()
    {
        using var scratch = new Scratch();
        using var synth = new JackPeer("synth", house.Server.Name);
        using var piano = new JackPeer("piano", house.Server.Name);
        Directory.CreateDirectory(scratch.Home);
        foreach (var (output, ms) in new[] { ("piano:from", 30.0), ("quantumimprov:out", 4.5) })
            Assert.Null(LatencyFile.Keep(scratch["home/latencies.json"], new OutputLatency(output, LatencyTable.TryMake(ms, [], out _)!)));
        Assert.Contains("Planned notes are sent 4.5 ms early, as was measured for quantumimprov:out.", Play(), StringComparison.Ordinal);
        Assert.Contains("Planned notes are sent 30 ms early, as was measured for piano:from; so are those to synth:from.", Play("--midi-out", "synth:from", "--midi-out", "pia*"), StringComparison.Ordinal);
        Assert.DoesNotContain("early", Play("--midi-out", "synth:from"), StringComparison.Ordinal);
        Assert.Contains("Planned notes are sent 12 ms early, as --latency says.", Play("--midi-out", "piano:from", "--latency", "12"), StringComparison.Ordinal);
        Assert.DoesNotContain("early", Play("--midi-out", "piano:from", "--latency", "0"), StringComparison.Ordinal);

        string Play(params string[] more)
        {
            var outcome = ProgramRun.Run(scratch, ["play", "--jack-server", house.Server.Name, "--no-stage", "--for", "0.2", .. more]);
            Assert.Equal((0, ""), (outcome.Code, outcome.Error));
            return outcome.Output;
        }
    }

    [Fact]
    public void A_damaged_file_is_told_and_left_alone_and_the_session_plays_on_the_beat()
    {
        const string torn = "{\"version\":1";
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.Home);
        var path = scratch.Write("home/latencies.json", torn);
        var outcome = ProgramRun.Run(scratch, "play", "--jack-server", house.Server.Name, "--no-stage", "--for", "0.2");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains($"{path} does not tell the latencies of outputs. Found text that is not JSON at line 1, byte 13; allowed is one JSON object. Planned notes are sent on their beat.\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(torn, File.ReadAllText(path));
    }

    [Fact]
    public void A_module_that_sends_nothing_back_leaves_nothing_behind()
    {
        using var scratch = new Scratch();
        using var mute = new JackPeer("synth", house.Server.Name);
        var outcome = ProgramRun.Run(scratch, "measure", "calibrate", "--jack-server", house.Server.Name, "--output", "synth:from", "--input", "synth:to", "--notes", "21", "--json");
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Equal(["quantumimprov: Of 21 notes to synth:from 0 came back in time; allowed is a way back on which at least half of them do, so nothing was written."], outcome.ErrorLines);
        Assert.False(File.Exists(scratch["home/latencies.json"]));
    }

    [Fact]
    public void Ports_that_are_not_there_and_ports_that_are_several_are_told()
    {
        using var scratch = new Scratch();
        using var synth = new JackPeer("synth", house.Server.Name);
        using var piano = new JackPeer("piano", house.Server.Name);
        Assert.Equal("quantumimprov: No JACK MIDI input port matches \"organ\"; there are synth:from, piano:from.", Told("organ", "synth:to"));
        Assert.Equal("quantumimprov: No JACK MIDI output port matches \"organ\"; there are synth:to, piano:to.", Told("synth:from", "organ"));
        Assert.Equal("quantumimprov: \"*:from\" matches synth:from, piano:from; allowed is one port.", Told("*:from", "synth:to"));

        string Told(string output, string input)
        {
            var outcome = ProgramRun.Run(scratch, "measure", "calibrate", "--jack-server", house.Server.Name, "--output", output, "--input", input, "--notes", "21");
            Assert.Equal((1, ""), (outcome.Code, outcome.Output));
            return Assert.Single(outcome.ErrorLines);
        }
    }

    // The file that was written.
    private string Measure()
    {
        for (var attempt = 1; ; attempt++)
        {
            using var scratch = new Scratch();
            var outcome = ContractTests.Check(scratch, "measure calibrate", house.Server.Name);
            Assert.Empty(outcome.Error);
            using var json = JsonDocument.Parse(outcome.Output);
            var found = json.RootElement;
            Assert.Equal(["sent", "received", "median_ms", "p99_ms", "sd_ms", "exact_frame_share", "xruns", "attempts", "native", "output", "table"], found.EnumerateObject().Select(p => p.Name));
            // A machine that does something else has its xruns, and then a frame says nothing.
            if (found.GetProperty("xruns").GetInt32() > 0 && attempt < Attempts) continue;
            Assert.Equal(("synth:from", 21, 21, 0.0), (found.GetProperty("output").GetString(), found.GetProperty("sent").GetInt32(), found.GetProperty("received").GetInt32(), found.GetProperty("exact_frame_share").GetDouble()));
            var kept = Assert.Single(Assert.IsType<LatencyReading.Known>(LatencyFile.Read(scratch["home/latencies.json"])).Outputs);
            Assert.Equal("synth:from", kept.Output);
            Assert.Equal(kept.Table.Ms, found.GetProperty("table").GetProperty("ms").GetDouble());
            Assert.Equal(kept.Table.Points, found.GetProperty("table").GetProperty("velocities").EnumerateArray().Select(p => new LatencyPoint(p.GetProperty("velocity").GetInt32(), p.GetProperty("ms").GetDouble())));
            Assert.Equal([10, 30, 50, 70, 90, 110, 127], kept.Table.Points.Select(p => p.Velocity));
            // A thousandth of a millisecond is a twentieth of a frame.
            Assert.All(Enumerable.Range(10, 118), velocity => Assert.InRange(kept.Table.Of(velocity) * 48e-6 - (960 + (127 - velocity) * 20), -.1, .1));
            Assert.Contains("How planned notes are sent: to synth:from 20 to 68.75 ms early.", ProgramRun.Run(scratch, "doctor").Output, StringComparison.Ordinal);
            return File.ReadAllText(scratch["home/latencies.json"]);
        }
    }
}
