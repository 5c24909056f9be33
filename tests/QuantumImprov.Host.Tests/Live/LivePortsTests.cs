using System.Text.Json;
using QuantumImprov.Host.Tests.Contracts;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

[Collection("JACK")]
public sealed class LivePortsTests(JackHouse house)
{
    [Theory]
    [InlineData("ports")]
    [InlineData("doctor")]
    public void The_JSON_on_the_page_has_the_keys_that_the_program_prints(string verb)
    {
        using var scratch = new Scratch();
        using var peer = new JackPeer("keyboard", house.Server.Name);
        ContractTests.Check(scratch, verb, house.Server.Name);
    }

    [Theory]
    [InlineData("planned")]
    [InlineData("thru")]
    [InlineData("follow")]
    [InlineData("trade")]
    public void Notes_are_measured_and_told_by_nine_values(string what)
    {
        using var scratch = new Scratch();
        var outcome = ContractTests.Check(scratch, "measure " + what, house.Server.Name);
        Assert.Empty(outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(["sent", "received", "median_ms", "p99_ms", "sd_ms", "exact_frame_share", "xruns", "attempts", "native"], json.RootElement.EnumerateObject().Select(p => p.Name));
        var sent = what == "trade" ? 5 : 300;
        Assert.Equal(sent, json.RootElement.GetProperty("sent").GetInt32());
        Assert.InRange(json.RootElement.GetProperty("attempts").GetInt32(), 1, 4);
        if (Environment.GetEnvironmentVariable("QUANTUMIMPROV_REQUIRE_PARTS") == "1") Assert.True(json.RootElement.GetProperty("native").GetBoolean());
        // A machine that does something else has its xruns; only then may a note be lost or off its frame.
        if (json.RootElement.GetProperty("xruns").GetInt32() > 0) return;
        Assert.Equal(sent, json.RootElement.GetProperty("received").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("exact_frame_share").GetDouble());
        if (what != "planned") Assert.Equal((0.0, 0.0, 0.0), (Number("median_ms"), Number("p99_ms"), Number("sd_ms")));

        double Number(string key) => json.RootElement.GetProperty(key).GetDouble();
    }

    [Fact]
    public void The_managed_callback_can_be_asked_for()
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, "measure", "planned", "--jack-server", house.Server.Name, "--notes", "20", "--managed", "--burn", "--churn");
        Assert.Equal(0, outcome.Code);
        Assert.EndsWith(", managed callback.\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_thousand_planned_notes_leave_at_their_frames()
    {
        Parts.NeedLong();
        using var scratch = new Scratch();
        using var server = house.Start(period: 128);
        var outcome = ProgramRun.Run(scratch, "measure", "planned", "--jack-server", server.Name, "--notes", "2000", "--json");
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(2000, json.RootElement.GetProperty("sent").GetInt32());
        // After three repetitions that all saw xruns the machine has shown nothing about the program.
        Assert.SkipWhen(json.RootElement.GetProperty("xruns").GetInt32() > 0, "This machine was too busy: every attempt had xruns.");
        Assert.InRange(json.RootElement.GetProperty("exact_frame_share").GetDouble(), .999, 1);
    }

    [Fact]
    public void Ports_and_doctor_see_the_server_and_who_is_on_it()
    {
        using var scratch = new Scratch();
        using var peer = new JackPeer("keyboard", house.Server.Name);
        using var json = JsonDocument.Parse(ProgramRun.Run(scratch, "ports", "--jack-server", house.Server.Name, "--json").Output);
        var jack = json.RootElement.GetProperty("jack");
        Assert.True(jack.GetProperty("reachable").GetBoolean());
        var ports = jack.GetProperty("ports").EnumerateArray().Select(p => string.Join(' ', p.EnumerateObject().Select(v => v.Value.ToString()))).ToList();
        Assert.Contains("keyboard:to midi output False", ports);
        Assert.Contains("keyboard:from midi input False", ports);
        Assert.Contains("keyboard:hear audio input False", ports);
        Assert.Contains("system:playback_1 audio input True", ports);
        Assert.Contains("midi   listen to  keyboard:to\n", ProgramRun.Run(scratch, "ports", "--jack-server", house.Server.Name).Output, StringComparison.Ordinal);
        Assert.Contains("found    JACK: A server answers", ProgramRun.Run(scratch, "doctor", "--jack-server", house.Server.Name).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_ports_are_connected_and_a_name_that_fits_nothing_is_told_what_there_is()
    {
        using var scratch = new Scratch();
        using var giver = new JackPeer("giver", house.Server.Name);
        using var listener = new JackPeer("listener", house.Server.Name);
        var fine = ProgramRun.Run(scratch, "play", "--jack-server", house.Server.Name, "--no-stage", "--for", "0.2", "--midi-in", "giver:*", "--midi-out", "listener:from", "--midi-out", "giver:from");
        Assert.Equal((0, ""), (fine.Code, fine.Error));
        Assert.Contains("quantumimprov:in is connected with giver:to.", fine.Output, StringComparison.Ordinal);
        Assert.Contains("quantumimprov:out is connected with listener:from.", fine.Output, StringComparison.Ordinal);
        Assert.Contains("quantumimprov:out is connected with giver:from.", fine.Output, StringComparison.Ordinal);
        var refused = ProgramRun.Run(scratch, "play", "--jack-server", house.Server.Name, "--no-stage", "--for", "0.2", "--midi-in", "organ*");
        Assert.Equal((1, ""), (refused.Code, refused.Output));
        Assert.Equal(["quantumimprov: No JACK MIDI output port matches \"organ*\"; there are giver:to, listener:to."], refused.ErrorLines);
    }

    [Fact]
    public void A_second_session_has_another_name_and_says_so() => LiveRig.Play(house.Server, first =>
    {
        using var scratch = new Scratch();
        var second = ProgramRun.Run(scratch, "play", "--jack-server", house.Server.Name, "--no-stage", "--for", "0.2");
        Assert.Equal("quantumimprov", first.Name);
        Assert.Matches(@"JACK: (?!quantumimprov:)[^:]+:in, .* \(the name quantumimprov was taken\)\.", second.Output);
    });
}
