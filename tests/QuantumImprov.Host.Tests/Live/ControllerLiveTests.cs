using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

public sealed class ControllerLiveTests
{
    [Fact]
    public async Task A_learned_pad_is_kept_in_the_profile_and_what_it_asks_for_is_in_the_journal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        using var scratch = new Scratch();
        using var run = ProgramRun.Start(scratch, "play", "--no-open", "--stage-port", "0", "--seed", "3", "--record", scratch["takes"], "--repertoire", scratch["mine.repertoire"], "--controller", scratch["pads.json"]);
        run.WaitForLine("pads.json is not there yet");
        var port = Regex.Match(run.WaitForLine("Play here:"), @"http://127\.0\.0\.1:(\d+)").Groups[1].Value;
        using var page = new ClientWebSocket();
        await page.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/live"), TestContext.Current.CancellationToken);
        await Send(page, """{"type":"learn","name":"mute"}""");
        await Send(page, """{"type":"midi","data":[176,80,127]}""");
        Wait.Until(() => File.Exists(scratch["pads.json"]), "the profile");
        var map = ControlText.Read(File.ReadAllText(scratch["pads.json"]), out var fault);
        Assert.Null(fault);
        Assert.Contains(new ControlBinding(new ControlSource(false, 80, 1), ControlTarget.Find("mute")!), map!.Bindings);
        foreach (var value in new[] { 0, 127, 0 }) await Send(page, $$"""{"type":"midi","data":[176,80,{{value}}]}""");
        await Send(page, """{"type":"midi","data":[176,11,90]}""");
        await Send(page, """{"type":"act","name":"undo"}""");
        SessionRecord? session = null;
        Wait.Until(() => (session = Journal(scratch))?.Commands.Length >= 2, "two commands in the journal");
        run.Signal(ProgramRun.KillNow);
        run.End();
        Assert.Equal(["mute 1", "undo 0"], session!.Commands.Select(c => $"{c.Name} {string.Join(' ', c.Arguments)}"));
        Assert.Equal([11], session.Performer.Select(m => (int)m.Message.Data1));
    }

    [Theory]
    [InlineData("{}", "version: allowed is 1.")]
    [InlineData("""{"version":1,"name":"a","bindings":[{"controller":1,"does":"dance"}]}""", "bindings[0]: does: allowed is coherence")]
    public void A_profile_with_a_fault_is_refused_in_one_line(string text, string told)
    {
        using var scratch = new Scratch();
        scratch.Write("pads.json", text);
        var outcome = ProgramRun.Run(scratch, ["play", "--no-stage", "--for", "0", "--controller", scratch["pads.json"]]);
        Assert.Equal(1, outcome.Code);
        Assert.Contains(told, outcome.Error);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static SessionRecord? Journal(Scratch scratch) =>
        Directory.GetFiles(scratch["takes"], "*.journal") is [var path] && JournalReader.Read(path) is JournalReading.Recovered read ? read.Session : null;

    private static async Task Send(ClientWebSocket page, string text) =>
        await page.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
}
