using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Measuring;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Pacing;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>measure</c>: timing over a real JACK server, with peer clients of our own.</summary>
public static class MeasureVerb
{
    private const int MostNotes = 1_000_000;

    // A major third: any interval would do, the way is the same.
    private const int Thru = 0, Third = 4;

    /// <summary>The verb.</summary>
    public static Command Create() => new("measure", "Measures timing: over a real JACK server, or, on Windows and macOS, of the player's own thread.\n\nExample:\n  quantumimprov measure planned --notes 2000 --json")
    {
        Measured("planned", "Sends planned notes to a peer client and compares frames.", 2000, "How many notes to plan; default 2000.", Planned),
        Measured("thru", "Plays keys that are passed through and tells how long they take.", 2000, "How many notes to play in; default 2000.", options => Followed(options, Thru, 0)),
        Measured("follow", "Plays keys that a voice follows and tells how long it takes.", 2000, "How many notes to play in; default 2000.", options => Followed(options, Third, 2)),
        Measured("trade", "Trades bars with a peer at 60 to 240 quarters a minute and tells how far from the bar line the partner begins.", 50, "How many turns to trade, a fifth at each tempo; default 50: about two minutes.", Traded),
        CalibrateVerb.Create(),
    };

    private static Command Measured(string name, string about, int usual, string notesHelp, Func<TimingOptions, TimingFigures> measure)
    {
        var server = Flags.Text("--jack-server", "NAME", "The JACK server; default the one JACK names.");
        var notes = Flags.Whole("--notes", "N", 1, MostNotes, notesHelp);
        var burn = Flags.Switch("--burn", "Keep one core busy meanwhile.");
        var churn = Flags.Switch("--churn", "Allocate 20 MB a second and force full collections meanwhile.");
        var managed = Flags.Switch("--managed", "Use managed JACK callbacks even where the native ones were built.");
        var command = new Command(name, $"{about}\n\nExample:\n  quantumimprov measure {name} --jack-server default --notes {usual} --json") { server, notes, burn, churn, managed };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
            var options = new TimingOptions { ServerName = result.GetValue(server), Notes = result.GetValue(notes) ?? usual, Managed = result.GetValue(managed) };
            using var burned = result.GetValue(burn) ? new BurnedCore() : null;
            using var churned = result.GetValue(churn) ? new Churn(TimeProvider.System) : null;
            var figures = Progress.Show("measuring", _ => measure(options));
            json.Write(result, figures);
            if (!json.TakesOutput(result)) Console.Out.WriteLine(figures.Sentence);
            return ExitCodes.Done;
        });
        return command;
    }

    private static TimingFigures Planned(TimingOptions options)
    {
        if (!TryPlanned(options, out var timing, out var reason)) throw new Refusal(reason);
        return new TimingFigures(timing.Sent, timing.Received, null, null, null, timing.ExactFrameShare, timing.Xruns, timing.Attempts, timing.IsNative);
    }

    private static TimingFigures Followed(TimingOptions options, int semitones, int periods)
    {
        if (!FollowTiming.TryRun(options, semitones, out var timing, out var reason)) throw new Refusal(reason);
        return Figures(timing, periods);
    }

    internal static TimingFigures Figures(FollowTimingResult timing, int periods) =>
        new(timing.Sent, timing.Received, timing.QuantileMs(.5, periods), timing.QuantileMs(.99, periods), timing.DeviationMs, timing.ExactFrameShare, timing.Xruns, timing.Attempts, timing.IsNative);

    private static TimingFigures Traded(TimingOptions options) => TradeTiming.TryRun(options, out var timing, out var reason) ? Figures(timing, 0) : throw new Refusal(reason);

    // Whoever names a server means JACK; where there is none, a thread plays.
    private static bool TryPlanned(TimingOptions options, [NotNullWhen(true)] out PlannedTimingResult? result, out string reason)
    {
        if (OperatingSystem.IsLinux() || options.ServerName is not null) return PlannedTiming.TryRun(options, out result, out reason);
        using var devices = SystemMidi.TryOpen(out var found, out _) ? found : null;
        return PacedTiming.TryRun(options, devices, out result, out reason);
    }
}
