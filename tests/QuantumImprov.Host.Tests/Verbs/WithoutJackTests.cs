using System.Text.Json;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Verbs;

/// <summary>Where no JACK server runs, everything else works and it is said what is missing.</summary>
public sealed class WithoutJackTests
{
    [Fact]
    public void Ports_says_what_it_looked_for()
    {
        using var scratch = new Scratch();
        using var json = JsonDocument.Parse(ProgramRun.Run(scratch, "ports", "--jack-server", "qi-nobody", "--json").Output);
        var jack = json.RootElement.GetProperty("jack");
        Assert.False(jack.GetProperty("reachable").GetBoolean());
        Assert.Contains("JACK", jack.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, jack.GetProperty("ports").GetArrayLength());
        var words = ProgramRun.Run(scratch, "ports", "--jack-server", "qi-nobody");
        Assert.Equal(0, words.Code);
        // Elsewhere the system's own devices stand before it.
        if (OperatingSystem.IsLinux()) Assert.Equal(jack.GetProperty("reason").GetString() + "\n", words.Output);
        else Assert.EndsWith(jack.GetProperty("reason").GetString() + "\n", words.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_says_what_to_do_about_what_is_missing()
    {
        using var scratch = new Scratch();
        using var json = JsonDocument.Parse(ProgramRun.Run(scratch, "doctor", "--json").Output);
        var findings = json.RootElement.GetProperty("findings").EnumerateArray().ToDictionary(f => f.GetProperty("part").GetString()!);
        Assert.Equal(["FluidSynth", "JACK", "JACK callback", "MIDI devices", "Microsoft's simulator", "SoundFont", "data folder", "latencies", "page", "plugin", "presets", "program", "sound device"], findings.Keys.Order(StringComparer.Ordinal));
        Assert.False(findings["JACK"].GetProperty("found").GetBoolean());
        if (OperatingSystem.IsLinux())
        {
            // For those whose server is PipeWire, and for those who have ALSA only.
            Assert.Contains("start this program with pw-jack", findings["JACK"].GetProperty("advice").GetString(), StringComparison.Ordinal);
            Assert.Contains("a2jmidid -e", findings["MIDI devices"].GetProperty("advice").GetString(), StringComparison.Ordinal);
        }

        foreach (var finding in findings.Values)
        {
            Assert.NotEqual("", finding.GetProperty("detail").GetString());
            if (!finding.GetProperty("found").GetBoolean()) Assert.NotEqual(JsonValueKind.Null, finding.GetProperty("advice").ValueKind);
        }

        Assert.Equal(scratch.Home, findings["data folder"].GetProperty("detail").GetString());
        Assert.Equal(0, ProgramRun.Run(scratch, "doctor").Code);
    }

    [Fact]
    public void A_session_file_without_JACK_ports_is_told_and_left_alone()
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, "play", "--no-stage", "--for", "0", "--session", "cables.json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("cables.json remembers connections of JACK ports; there are none.", outcome.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch["cables.json"]));
    }

    [Theory]
    [InlineData("play", "--no-stage", "--for", "0", "--jack-server", "qi-nobody")]
    [InlineData("measure", "planned", "--jack-server", "qi-nobody", "--json")]
    [InlineData("measure", "thru", "--jack-server", "qi-nobody", "--burn", "--churn")]
    [InlineData("measure", "follow", "--jack-server", "qi-nobody", "--managed")]
    [InlineData("measure", "trade", "--jack-server", "qi-nobody")]
    [InlineData("measure", "calibrate", "--jack-server", "qi-nobody")]
    public void A_server_that_was_asked_for_and_is_not_there_is_a_failure(params string[] asked) => AssertRefusedForWantOfJack(asked);

    [Theory]
    [InlineData("play", "--no-stage", "--for", "0", "--midi-in", "keyboard")]
    [InlineData("play", "--no-stage", "--for", "0", "--connect", "system:*keyboard*")]
    public void A_port_that_was_asked_for_where_there_is_no_server_is_a_failure(params string[] asked)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux are all MIDI ports JACK's.");
        AssertRefusedForWantOfJack(asked);
    }

    private static void AssertRefusedForWantOfJack(string[] asked)
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, asked);
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Contains("JACK", Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }
}
