using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

public sealed class PlayWithoutPartsTests
{
    [Theory]
    [InlineData("play")]
    [InlineData("--preset", "soft")]
    public void It_plays_for_as_long_as_it_was_told_though_its_input_is_at_its_end(params string[] asked)
    {
        using var scratch = new Scratch();
        var began = Stopwatch.GetTimestamp();
        var outcome = ProgramRun.Run(scratch, [.. asked, "--for", "1.5", "--no-open", "--stage-port", "0"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        // Less would mean that the end of input ended it; more is the machine's business.
        Assert.True(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromSeconds(1.5));
        // Elsewhere the system's own MIDI devices take JACK's place.
        if (OperatingSystem.IsLinux()) Assert.Contains("Without JACK there are no MIDI ports; the page works all the same.", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"Play here: http://127\.0\.0\.1:\d+", outcome.Output);
        Assert.Empty(Directory.GetFiles(scratch.Home, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(ProgramRun.Interrupt)]
    [InlineData(ProgramRun.Terminate)]
    [InlineData(ProgramRun.HangUp)]
    public void Ctrl_C_SIGTERM_and_a_hang_up_end_it_in_order(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        Assert.SkipWhen(IsIgnored(signal), "Whoever started these tests in the background has this signal ignored, and children inherit that.");
        using var scratch = new Scratch();
        using var run = ProgramRun.Start(scratch, "play", "--no-stage");
        run.WaitForLine("Play a phrase and pause");
        run.Signal(signal);
        var outcome = run.End();
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
    }

    [Fact]
    public void A_taken_port_moves_on_and_that_is_said()
    {
        using var scratch = new Scratch();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var outcome = ProgramRun.Run(scratch, "play", "--no-open", "--for", "0.2", "--stage-port", $"{port}");
        Assert.Equal(0, outcome.Code);
        var line = Regex.Match(outcome.Output, $@"Play here: http://127\.0\.0\.1:(\d+)/? \(port {port} is taken\)");
        Assert.True(line.Success, outcome.Output);
        Assert.NotEqual($"{port}", line.Groups[1].Value);
    }

    [Fact]
    public async Task The_page_is_served_on_this_machine_only()
    {
        using var scratch = new Scratch();
        using var run = ProgramRun.Start(scratch, "play", "--no-open", "--stage-port", "0");
        var url = Regex.Match(run.WaitForLine("Play here:"), @"http://127\.0\.0\.1:\d+").Value;
        using var client = new HttpClient();
        Assert.Contains("QuantumImprov", await client.GetStringAsync(url, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Host = "example.org" } };
        Assert.False((await client.SendAsync(foreign, TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        // Signals are Unix's.
        if (OperatingSystem.IsWindows()) return;
        run.Signal(ProgramRun.Terminate);
        Assert.Equal(0, run.End().Code);
    }

    [Fact]
    public void A_repertoire_that_is_something_else_is_told_and_left_alone()
    {
        using var scratch = new Scratch();
        scratch.Write("mine.txt", "la la la");
        var outcome = ProgramRun.Run(scratch, "play", "--no-stage", "--for", "0.2", "--repertoire", "mine.txt");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("is not a repertoire", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("la la la", File.ReadAllText(scratch["mine.txt"]));
    }

    [Fact]
    public void A_folder_for_recordings_that_cannot_be_one_is_told_at_the_start_and_the_music_goes_on()
    {
        using var scratch = new Scratch();
        scratch.Write("takes", "a file");
        using var run = ProgramRun.Start(scratch, "play", "--no-stage", "--record", "takes");
        Assert.EndsWith($"; it goes to {Path.Combine(scratch.Home, "sessions")} instead.", run.WaitForLine("cannot be written").TrimEnd(), StringComparison.Ordinal);
        run.WaitForLine("Play a phrase and pause");
        Assert.True(run.IsRunning);
        // Signals are Unix's.
        if (OperatingSystem.IsWindows()) return;
        run.Signal(ProgramRun.Terminate);
        var outcome = run.End();
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal("a file", File.ReadAllText(scratch["takes"]));
    }

    [Fact]
    public void A_file_is_no_folder_for_the_demo()
    {
        using var scratch = new Scratch();
        scratch.Write("place", "a file");
        var outcome = ProgramRun.Run(scratch, "demo", "--out", "place");
        Assert.Equal((1, "quantumimprov: place cannot be used as a folder: it is a file."), (outcome.Code, outcome.Error.Trim()));
    }

    // The kernel tells which signals this process, and so its children, were started to ignore.
    private static bool IsIgnored(int signal) =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } mask
        && (Convert.ToUInt64(mask[7..].Trim(), 16) >> (signal - 1) & 1) != 0;
}
