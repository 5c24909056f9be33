using System.CommandLine;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Live;
using QuantumImprov.Host.Measuring;
using QuantumImprov.Host.Terminal;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Storage.Data;
using QuantumImprov.Storage.Latencies;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>measure calibrate</c>: how long an output lets notes wait, measured and written down for <c>play</c>.</summary>
public static class CalibrateVerb
{
    private const int MostNotes = 10_000, Usual = 70;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var server = Flags.Text("--jack-server", "NAME", "The JACK server; default the one JACK names.");
        var notes = Flags.Whole("--notes", "N", CalibrationTiming.LeastNotes, MostNotes, $"How many notes to play, at seven velocities; default {Usual}: about half a minute.");
        var output = Flags.Text("--output", "PATTERN", "The MIDI port to play to; * stands for any text; default straight to the measuring.");
        var input = Flags.Text("--input", "PATTERN", "The MIDI port on which the notes come back; * stands for any text.");
        var command = new Command(
            "calibrate",
            "Measures how long an output lets notes wait, by velocity, and writes it into the data folder: play then sends planned notes so much earlier.\n\nExample:\n  quantumimprov measure calibrate --output \"synth:midi_in\" --input \"synth:midi_out\"") { server, notes, output, input };
        command.Validators.Add(asked =>
        {
            var (to, from) = (asked.GetResult(output), asked.GetResult(input));
            if (to is null != from is null) asked.AddError($"{(to is null ? "--input" : "--output")} was given alone; allowed are --output and --input together, or neither.");
        });
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            json.Promise(result);
            var (to, from) = (result.GetValue(output), result.GetValue(input));
            var path = Latencies();
            var options = new TimingOptions { ServerName = result.GetValue(server), Notes = result.GetValue(notes) ?? Usual };
            var measured = Progress.Show("measuring", _ => CalibrationTiming.TryRun(options, to, from, out var found, out var reason) ? found : throw new Refusal(reason));
            if (!LatencyTabulation.TryMake(measured, out var table, out var fault)) throw new Refusal(fault);
            if (LatencyFile.Keep(path, new OutputLatency(measured.Output, table)) is { } refused) throw new Refusal(refused);
            var figures = MeasureVerb.Figures(measured.Whole, 0);
            json.Write(result, Answer(figures, measured.Output, table));
            if (json.TakesOutput(result)) return ExitCodes.Done;
            Console.Out.WriteLine(figures.Sentence);
            foreach (var point in table.Points) Console.Out.WriteLine(FormattableString.Invariant($"velocity {point.Velocity,3}  {table.Ms + point.Ms,8:0.000} ms"));
            Console.Out.WriteLine($"Written to {path}: play sends planned notes to {measured.Output} {LatencyChoice.InWords(table)}.");
            return ExitCodes.Done;
        });
        return command;
    }

    // What could not be written is told before the notes are played.
    private static string Latencies() => DataFolder.Open(Environment.GetEnvironmentVariable, DataFolder.ThisPlatform) switch
    {
        DataFolderOpening.Opened opened => LatencyFile.Read(opened.Folder.Latencies) is LatencyReading.Unusable unusable ? throw new Refusal(unusable.Refusal) : opened.Folder.Latencies,
        DataFolderOpening.Unusable unusable => throw new Refusal(unusable.Sentence),
        _ => throw new Refusal("There is no data folder."),
    };

    private static object Answer(TimingFigures f, string output, LatencyTable table) => new
    {
        f.Sent,
        f.Received,
        f.MedianMs,
        p99_ms = f.P99Ms,
        f.SdMs,
        f.ExactFrameShare,
        f.Xruns,
        f.Attempts,
        f.Native,
        output,
        table = new { table.Ms, velocities = table.Points },
    };
}
