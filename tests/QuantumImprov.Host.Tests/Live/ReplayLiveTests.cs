using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>A real session, with real threads and a real clock, is played again from what it wrote.</summary>
public sealed class ReplayLiveTests
{
    [Theory]
    [InlineData("answer", "local")]
    [InlineData("beside", "local")]
    [InlineData("thirds", "local")]
    [InlineData("answer", "noisy:ion-trap")]
    [InlineData("answer", "ibm")]
    public async Task What_was_played_live_is_played_again_note_for_note(string preset, string backend)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        using var scratch = new Scratch();
        await using var cloud = await FakeCloud.StartAsync(new FakeCloudOptions { JobsAMinute = 0 });
        if (backend == "ibm")
        {
            using var fill = ProgramRun.StartWith(cloud.Variables, scratch, ["qpu", "fill", "--backend", "ibm", "--target", "20s", "--budget", "500"]);
            Assert.Equal(0, fill.End().Code);
        }

        using var run = ProgramRun.StartWith(cloud.Variables, scratch, ["play", "--no-open", "--stage-port", "0", "--tempo", "160", "--preset", preset, "--backend", backend]);
        var port = Regex.Match(run.WaitForLine("Play here:"), @"http://127\.0\.0\.1:(\d+)").Groups[1].Value;
        using var page = new ClientWebSocket();
        await page.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/live"), TestContext.Current.CancellationToken);
        string[] asked = ["""{"type":"act","name":"favour"}""", """{"type":"dial","name":"density","value":0.8123}""", """{"type":"act","name":"clear"}""", """{"type":"act","name":"forget"}""", """{"type":"act","name":"undo"}""", """{"type":"preset","name":"soft"}"""];
        foreach (var (round, wish) in asked.Index())
        {
            foreach (var pitch in new[] { 60, 64, 67, 62 })
            {
                if (pitch == 62) await SendAsync(page, $$"""{"type":"ping","at":{{round}}}""");
                await SendAsync(page, $$"""{"type":"midi","data":[144,{{pitch}},80]}""");
                // A key is down for so long: the playing itself, in real time.
                await Task.Delay(140, TestContext.Current.CancellationToken);
                await SendAsync(page, $$"""{"type":"midi","data":[128,{{pitch}},0]}""");
            }

            await UntilThePartnerPlaysAsync(page, round);
            await SendAsync(page, wish);
        }

        run.Signal(ProgramRun.Terminate);
        Assert.Equal(0, run.End().Code);
        var name = Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(scratch.Home, "sessions"), "*.journal").Single());
        var outcome = ProgramRun.Run(scratch, "replay", name, "--json", "--out", scratch["again.mid"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        var verdict = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.InRange(verdict.GetProperty("partner_notes").GetInt32(), 3, 1000);
        // The bank was filled, or is within a second by a simulated device, so that shots choose some of it at the least.
        Assert.Equal(backend != "local", verdict.GetProperty("from_device").GetInt32() > 0);
        // On a machine that did not keep up a note went out late, which is told and is no fault of the replay.
        Assert.True(verdict.GetProperty("identical").GetBoolean() || verdict.GetProperty("sentence").GetString()!.StartsWith("The same notes, but ", StringComparison.Ordinal), outcome.Output);
        Assert.True(File.Exists(scratch["again.mid"]));
        var journal = Assert.IsType<JournalReading.Recovered>(JournalReader.Read(Path.Combine(scratch.Home, "sessions", name + ".journal"))).Session;
        Assert.Contains(journal.Steps, step => step.Kind == JournalStepKind.Exchange);
    }

    [Fact]
    public void What_is_no_session_is_refused_in_a_sentence()
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, "replay", "yesterday");
        Assert.Equal((1, "quantumimprov: there is no session \"yesterday\"; allowed is a journal, the MIDI file beside one, or the name of a recording in the data folder."), (outcome.Code, outcome.Error.TrimEnd()));
        Assert.Equal(1, ProgramRun.Run(scratch, "replay", scratch.Write("a.journal", "no journal\n")).Code);
    }

    // A note of the partner's, part 1, that is told after the answer to a ping, which was sent before the last key: what came with the phrase or before it is passed by, but for what follows that key.
    private static async Task UntilThePartnerPlaysAsync(ClientWebSocket page, int ping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var (buffer, text, told) = (new byte[1 << 16], new MemoryStream(), false);
        while (true)
        {
            text.SetLength(0);
            ValueWebSocketReceiveResult part;
            do
            {
                part = await page.ReceiveAsync(buffer.AsMemory(), patience.Token);
                text.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);

            using var message = JsonDocument.Parse(text.ToArray());
            var root = message.RootElement;
            told |= root.GetProperty("type").GetString() == "pong" && root.GetProperty("at").GetDouble() == ping;
            if (told && root.GetProperty("type").GetString() == "notes" && root.GetProperty("notes").EnumerateArray().Any(n => n[0].GetInt32() == 1 && (n[2].GetInt32() & 0xF0) == 0x90 && n[4].GetInt32() > 0)) return;
        }
    }

    private static async Task SendAsync(ClientWebSocket page, string text) => await page.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
}
