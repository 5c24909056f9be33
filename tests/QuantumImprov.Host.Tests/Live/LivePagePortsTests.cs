using System.Text.Json;
using System.Text.RegularExpressions;
using QuantumImprov.Host.Tests.Stage;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>What a page sees of the playing program's ports and time, and does to them, on a real JACK server.</summary>
[Collection("JACK")]
public sealed class LivePagePortsTests(JackHouse house)
{
    [Fact]
    public async Task Cables_are_connected_and_parted_from_the_page_and_the_session_file_has_them()
    {
        using var scratch = new Scratch();
        var server = house.Server;
        scratch.Write("cables.json", """{"version":1,"cables":[{"end":"out","port":"organ:from"}]}""");
        using var keys = new JackPeer("keys", server.Name, device: true);
        using var run = Start(scratch, server, "--session", "cables.json");
        using var page = await OpenAsync(run);
        var ports = await UntilAsync(page, "ports", p => StateOf(p, "in", "keys:to") == "apart");
        Assert.Equal("awaited", StateOf(ports, "out", "organ:from"));
        Assert.Equal("You are heard on every channel", Routes(ports)[0]);
        Assert.Contains("You pass through from channel 1 to channel 2", Routes(ports));
        Assert.Null(StateOf(ports, "in", "system:playback_1"));

        await page.SendAsync("""{"type":"cable","end":"in","port":"keys:to","joined":true}""");
        Assert.Equal("quantumimprov:in is connected with keys:to.", (await page.NextAsync("told")).GetProperty("text").GetString());
        Assert.True(keys.IsConnected("keys:to", "quantumimprov:in"));
        await page.SendAsync("""{"type":"cable","end":"out","port":"organ:from","joined":false}""");
        await UntilAsync(page, "ports", p => StateOf(p, "in", "keys:to") == "in" && StateOf(p, "out", "organ:from") is null);
        // A name is a name, also where a pattern would match.
        await page.SendAsync("""{"type":"cable","end":"out","port":"*","joined":true}""");
        Assert.Equal("No port * is there that quantumimprov:out could be connected with.", (await UntilAsync(page, "told", t => t.GetProperty("text").GetString()!.Contains('*'))).GetProperty("text").GetString());
        Assert.Contains("in keys:to", Cables(scratch));
        Assert.DoesNotContain("out organ:from", Cables(scratch));

        await page.SendAsync("""{"type":"cable","end":"in","port":"keys:to","joined":false}""");
        await UntilAsync(page, "ports", p => StateOf(p, "in", "keys:to") == "apart");
        Assert.False(keys.IsConnected("keys:to", "quantumimprov:in"));
        run.Signal(ProgramRun.Terminate);
        Assert.Equal((0, ""), (run.End().Code, run.Error));
        Assert.DoesNotContain("in keys:to", Cables(scratch));
    }

    [Fact]
    public async Task The_page_starts_and_stops_JACK_s_transport_and_chooses_whose_time_is_followed()
    {
        using var scratch = new Scratch();
        var server = house.Start();
        using var master = new TimebaseMaster(server.Name, 150, 4, 4);
        using var run = Start(scratch, server);
        using var page = await OpenAsync(run);
        await UntilAsync(page, "state", s => Time(s, "keeper") == "stated" && Time(s, "rolls") == "False" && Time(s, "follows") == "3");
        await page.SendAsync("""{"type":"transport","rolls":true}""");
        await UntilAsync(page, "state", s => Time(s, "keeper") == "song" && Time(s, "rolls") == "True" && Time(s, "steady") == "True");
        await page.SendAsync("""{"type":"act","name":"sync","value":0}""");
        await UntilAsync(page, "state", s => Time(s, "keeper") == "stated" && Time(s, "rolls") == "True" && Time(s, "follows") == "0");
        await page.SendAsync("""{"type":"act","name":"sync"}""");
        await page.SendAsync("""{"type":"act","name":"sync"}""");
        await UntilAsync(page, "state", s => Time(s, "keeper") == "song" && Time(s, "follows") == "2");
        await page.SendAsync("""{"type":"transport","rolls":false}""");
        await UntilAsync(page, "state", s => Time(s, "keeper") == "stated" && Time(s, "rolls") == "False");
        run.Signal(ProgramRun.Terminate);
        Assert.Equal((0, ""), (run.End().Code, run.Error));
    }

    [Fact]
    public async Task Without_JACK_one_sentence_says_what_there_is_and_what_is_asked_for_is_answered_in_one()
    {
        using var scratch = new Scratch();
        using var run = ProgramRun.StartWith(new Dictionary<string, string> { ["JACK_DEFAULT_SERVER"] = "nobody-" + Guid.NewGuid().ToString("N") }, scratch, "play", "--no-open", "--stage-port", "0");
        using var page = await OpenAsync(run);
        var ports = await page.NextAsync("ports");
        Assert.Equal(0, ports.GetProperty("ends").GetArrayLength());
        if (OperatingSystem.IsLinux()) Assert.StartsWith("There are no MIDI ports, because no JACK server answers;", ports.GetProperty("says").GetString(), StringComparison.Ordinal);
        else Assert.Matches("^(MIDI devices of this system: |There are no MIDI ports;)", ports.GetProperty("says").GetString());
        await page.SendAsync("""{"type":"transport","rolls":true}""");
        Assert.Equal("No transport is shared here; with a JACK server there is one.", (await page.NextAsync("told")).GetProperty("text").GetString());
        await page.SendAsync("""{"type":"cable","end":"in","port":"a:b","joined":true}""");
        Assert.Equal("There are no ports to connect here; with a JACK server there are.", (await page.NextAsync("told")).GetProperty("text").GetString());
    }

    private static ProgramRun Start(Scratch scratch, JackServer server, params string[] more) =>
        ProgramRun.Start(scratch, ["play", "--jack-server", server.Name, "--no-open", "--stage-port", "0", "--tempo", "120", "--thru", "1:2", .. more]);

    private static Task<StageClient> OpenAsync(ProgramRun run) => StageClient.OpenAsync(int.Parse(Regex.Match(run.WaitForLine("Play here:"), @"127\.0\.0\.1:(\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<JsonElement> UntilAsync(StageClient page, string type, Func<JsonElement, bool> condition)
    {
        while (true)
        {
            var message = await page.NextAsync(type);
            if (condition(message)) return message;
        }
    }

    private static string? Time(JsonElement state, string name) => state.TryGetProperty("time", out var time) ? time.GetProperty(name).ToString() : null;

    private static string? StateOf(JsonElement ports, string end, string port) => ports.GetProperty("ends").EnumerateArray()
        .Where(e => e.GetProperty("name").GetString() == end)
        .SelectMany(e => e.GetProperty("others").EnumerateArray())
        .Where(o => o.GetProperty("name").GetString() == port)
        .Select(o => o.GetProperty("cable").GetString())
        .SingleOrDefault();

    private static List<string> Routes(JsonElement ports) => [.. ports.GetProperty("routes").EnumerateArray().Select(r => $"{r.GetProperty("what").GetString()} {r.GetProperty("where").GetString()}")];

    private static List<string> Cables(Scratch scratch)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(scratch["cables.json"]));
        return [.. json.RootElement.GetProperty("cables").EnumerateArray().Select(c => $"{c.GetProperty("end").GetString()} {c.GetProperty("port").GetString()}")];
    }
}
