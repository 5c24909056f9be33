using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Storage.Repertoires;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

public sealed class ForgettingLiveTests
{
    [Fact]
    public async Task What_was_forgotten_is_gone_from_the_disk_though_the_program_is_killed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        using var scratch = new Scratch();
        using var run = ProgramRun.Start(scratch, "play", "--no-open", "--stage-port", "0", "--tempo", "240", "--seed", "3", "--record", scratch["takes"], "--repertoire", scratch["mine.repertoire"]);
        var port = Regex.Match(run.WaitForLine("Play here:"), @"http://127\.0\.0\.1:(\d+)").Groups[1].Value;
        using var page = new ClientWebSocket();
        await page.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/live"), TestContext.Current.CancellationToken);
        await Play(page, [60, 62, 64], heard: 1);
        await Play(page, [67, 69, 71], heard: 2);
        await Send(page, """{"type":"act","name":"forget"}""");
        Wait.Until(() => Kept(scratch).SequenceEqual(["60 62 64"]), () => $"a repertoire without the forgotten phrase: {string.Join(", ", Kept(scratch))}");
        await Play(page, [72, 74, 76], heard: 3);
        await Send(page, """{"type":"act","name":"keep","value":1}""");
        Wait.Until(() => Kept(scratch).SequenceEqual(["72 74 76"]), "a repertoire with the last phrase only");
        // The journal is on disk within a second; the repertoire may be there before it.
        Wait.Until(() => File.ReadAllText(Directory.GetFiles(scratch["takes"], "*.journal").Single()).Contains("keep", StringComparison.Ordinal), "the command in the journal");
        run.Signal(ProgramRun.KillNow);
        run.End();
        Assert.Equal(["72 74 76"], Kept(scratch));
        var session = Assert.IsType<JournalReading.Recovered>(JournalReader.Read(Directory.GetFiles(scratch["takes"], "*.journal").Single())).Session;
        Assert.Equal(["forget 0", "keep 1"], session.Commands.Select(c => $"{c.Name} {string.Join(' ', c.Arguments)}"));
    }

    [Fact]
    public async Task Each_repertoire_keeps_its_own_phrases_and_bank_selection_goes_to_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        using var scratch = new Scratch();
        using var run = ProgramRun.Start(scratch, "play", "--no-open", "--stage-port", "0", "--tempo", "240", "--seed", "3", "--repertoire", scratch["mine.repertoire"]);
        var port = Regex.Match(run.WaitForLine("Play here:"), @"http://127\.0\.0\.1:(\d+)").Groups[1].Value;
        using var page = new ClientWebSocket();
        await page.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/live"), TestContext.Current.CancellationToken);
        await Play(page, [60, 62, 64], heard: 1);
        await Send(page, """{"type":"midi","data":[176,0,2]}""");
        await Number(page, "repertoire", 2);
        Wait.Until(() => Kept(scratch).SequenceEqual(["60 62 64"]), "the first repertoire on disk");
        await Play(page, [67, 69, 71], heard: 2);
        await Send(page, """{"type":"act","name":"repertoire","value":0}""");
        await Number(page, "repertoire", 0);
        Wait.Until(() => Kept(scratch, "mine-2.repertoire").SequenceEqual(["67 69 71"]), "the second repertoire on disk");
        await Play(page, [72, 74, 76], heard: 3);
        await Send(page, """{"type":"midi","data":[176,0,2]}""");
        await Number(page, "repertoire", 2);
        // Passed by on the way, with nothing played.
        await Send(page, """{"type":"act","name":"repertoire","value":5}""");
        await Number(page, "repertoire", 5);
        await Send(page, """{"type":"act","name":"repertoire","value":2}""");
        await Number(page, "repertoire", 2);
        // What cannot be read is left alone, and the repertoire stays.
        File.WriteAllText(scratch["mine-7.repertoire"], "torn");
        await Send(page, """{"type":"act","name":"repertoire","value":7}""");
        await Play(page, [65, 69, 72], heard: 4);
        run.Signal(ProgramRun.Terminate);
        Assert.Equal(0, run.End().Code);
        Assert.Equal(["60 62 64", "72 74 76"], Kept(scratch));
        Assert.Equal(["67 69 71", "65 69 72"], Kept(scratch, "mine-2.repertoire"));
        Assert.False(File.Exists(scratch["mine-5.repertoire"]));
        Assert.Equal("torn", File.ReadAllText(scratch["mine-7.repertoire"]));
    }

    private static IEnumerable<string> Kept(Scratch scratch, string name = "mine.repertoire") =>
        RepertoireFile.Load(scratch[name]) is RepertoireLoad.Loaded { Content: var content }
            ? [.. content.Phrases.Where(p => p.Source == LearnedPhrase.FromPerformer).Select(p => string.Join(' ', p.Notes.Select(n => n.Pitch.Number)))]
            : [];

    private static async Task Play(ClientWebSocket page, int[] pitches, int heard)
    {
        foreach (var pitch in pitches)
        {
            await Send(page, $$"""{"type":"midi","data":[144,{{pitch}},80]}""");
            // Well over a sixteenth at this tempo, so that none is lost on the grid.
            var struck = Stopwatch.GetTimestamp();
            Wait.Until(() => Stopwatch.GetElapsedTime(struck) > TimeSpan.FromMilliseconds(150), "a key to be held");
            await Send(page, $$"""{"type":"midi","data":[128,{{pitch}},0]}""");
        }

        await Number(page, "phrasesHeard", heard);

        // Whoever plays on before the answer sounds has only drawn breath.
        var ended = Stopwatch.GetTimestamp();
        Wait.Until(() => Stopwatch.GetElapsedTime(ended) > TimeSpan.FromMilliseconds(600), "the answer to begin");
    }

    // Until the state says so.
    private static async Task Number(ClientWebSocket page, string name, int expected)
    {
        while (await Next(page, name) != expected)
        {
        }
    }

    private static async Task<int> Next(ClientWebSocket page, string name)
    {
        var buffer = new byte[1 << 16];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await page.ReceiveAsync(buffer.AsMemory(length), limit.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            using var message = JsonDocument.Parse(buffer.AsMemory(0, length));
            // A state has what changed.
            if (message.RootElement.GetProperty("type").GetString() == "state" && message.RootElement.TryGetProperty(name, out var number)) return number.GetInt32();
        }
    }

    private static async Task Send(ClientWebSocket page, string text) =>
        await page.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
}
