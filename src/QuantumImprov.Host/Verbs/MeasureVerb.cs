using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Pacing;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>measure planned</c>: whether planned notes leave at exactly their frames, with a peer client of our own.</summary>
public static class MeasureVerb
{
    private const int MostNotes = 1_000_000;

    /// <summary>The verb.</summary>
    public static Command Create() => new("measure", "Measures timing: over a real JACK server, or, on Windows and macOS, of the player's own thread.\n\nExample:\n  quantumimprov measure planned --notes 2000 --json") { Planned() };

    private static Command Planned()
    {
        var server = Flags.Text("--jack-server", "NAME", "The JACK server; default the one JACK names.");
        var notes = Flags.Whole("--notes", "N", 1, MostNotes, "How many notes to plan; default 2000.");
        var command = new Command("planned", "Sends planned notes to a peer and compares frames.\n\nExample:\n  quantumimprov measure planned --jack-server default --notes 2000 --json") { server, notes };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            System.Runtime.GCSettings.LatencyMode = System.Runtime.GCLatencyMode.SustainedLowLatency;
            var options = new PlannedTimingOptions { ServerName = result.GetValue(server), Notes = result.GetValue(notes) ?? 2000 };
            var (timing, reason) = Progress.Show("measuring", _ => Measure(options, out var measured, out var why) ? (measured, "") : (null, why));
            if (timing is null) throw new Refusal(reason);
            json.Write(result, new { sent = timing.Sent, received = timing.Received, exact_frame_share = timing.ExactFrameShare, xruns = timing.Xruns, attempts = timing.Attempts });
            if (!json.TakesOutput(result))
                Console.Out.WriteLine(FormattableString.Invariant($"{timing.Sent} sent, {timing.Received} received, {timing.ExactFrameShare:0.0000} at exactly their frame, {timing.Xruns} xruns, attempt {timing.Attempts}."));
            return ExitCodes.Done;
        });
        return command;
    }

    // Whoever names a server means JACK; where there is none, a thread plays.
    private static bool Measure(PlannedTimingOptions options, [NotNullWhen(true)] out PlannedTimingResult? result, out string reason)
    {
        if (OperatingSystem.IsLinux() || options.ServerName is not null) return PlannedTiming.TryRun(options, out result, out reason);
        using var devices = SystemMidi.TryOpen(out var found, out _) ? found : null;
        return PacedTiming.TryRun(options, devices, out result, out reason);
    }
}
