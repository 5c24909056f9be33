using System.Globalization;
using System.Text.Json;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Files;

namespace QuantumImprov.Bench.Endings;

/// <summary>
/// Fits the weights of <see cref="EndPrediction"/>: <c>endings FOLDER FILE.json</c>, where the file tells the phrase ends of the calls in the folder as <c>judge --ends</c> takes them. Each folder directly below FOLDER counts
/// as much as every other, a phrase in it as every other. Every silence is asked, behind each division of the beat that passes in it, whether the phrase was over.
/// </summary>
internal static class EndingBench
{
    private const double MostQuarters = 3, Ridge = .1;
    private static readonly string[] Names = ["length", "tonic", "grid", "notes", "bar line", "habit", "short", "overdue", "silence", "bias"];

    internal static int Run(string folder, string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var sets = new Dictionary<string, (List<(double[] X, bool Over)> Rows, int Ends)>(StringComparer.Ordinal);
        foreach (var call in json.RootElement.EnumerateObject())
        {
            if (!MidiFiles.Read(Path.Combine(folder, call.Name)).IsReadAs(out var midi)) continue;
            var name = call.Name.Split('/')[0];
            if (!sets.TryGetValue(name, out var set)) set = ([], 0);
            var ends = call.Value.EnumerateArray().Select(e => Beats.FromQuarters(e.GetDouble())).ToArray();
            Ask(midi.ToPerformance(), ends, set.Rows);
            sets[name] = (set.Rows, set.Ends + ends.Length);
        }

        foreach (var (name, set) in sets) Console.WriteLine($"{name}: {set.Ends} ends, {set.Rows.Count} questions, {set.Rows.Count(r => r.Over)} of them over");
        var rows = sets.Values.SelectMany(s => s.Rows.Select(r => (r.X, r.Over, Weight: 300.0 / s.Ends))).ToList();
        var weights = Fit(rows);
        Console.WriteLine(string.Join(", ", Names.Zip(weights, (n, w) => $"{n} {w.ToString("0.00", CultureInfo.InvariantCulture)}")));
        return 0;
    }

    // A listener that is told where phrases really end.
    private static void Ask(Performance performance, Beats[] ends, List<(double[] X, bool Over)> rows)
    {
        var map = performance.Map;
        var start = map.At(Beats.Zero);
        var listener = new Listener(MelodyVoice.Top, PhraseGap.Default);
        listener.Follow(start, known: true);
        foreach (var message in performance.Messages)
        {
            var at = map.ToHost(message.At);
            listener.SettleChord(at, out _);
            if (message.Message.IsNoteOn && listener.Evidence is { } evidence)
            {
                var over = Question(evidence, at);
                listener.Hear(new TimedMessage(at, message.Message));
                if (over) listener.BeginPhrase();
            }
            else listener.Hear(new TimedMessage(at, message.Message));
        }

        listener.SettleChord(HostTime.Never.Plus(-1), out _);
        if (listener.Evidence is { } last) Question(last, HostTime.Never);

        bool Question(in EndEvidence evidence, HostTime next)
        {
            var release = map.ToBeats(evidence.Release);
            var over = ends.Any(e => Math.Abs((e - release).Ticks) <= Beats.PerQuarter / 100);
            var timeline = map.At(evidence.Release);
            for (var at = EndPrediction.FirstPlace(evidence.Release, timeline); at < next && (timeline.ToBeats(at) - release).Quarters <= MostQuarters; at = EndPrediction.NextPlace(at, timeline))
            {
                rows.Add(([evidence.Length, evidence.Tonic, evidence.Grid, evidence.Notes, evidence.BarLine, evidence.Habit, evidence.Short, evidence.Overdue(at), evidence.Silence(at), 1], over));
            }

            return over;
        }
    }

    private static double[] Fit(List<(double[] X, bool Over, double Weight)> rows)
    {
        var weights = new double[Names.Length];
        for (var round = 0; round < 12; round++)
        {
            var (gradient, curvature) = (weights.Select(w => -Ridge * w).ToArray(), new double[weights.Length, weights.Length]);
            for (var i = 0; i < weights.Length; i++) curvature[i, i] = Ridge;
            foreach (var (x, over, weight) in rows)
            {
                var z = 0.0;
                for (var i = 0; i < x.Length; i++) z += weights[i] * x[i];
                var p = 1 / (1 + Math.Exp(-z));
                for (var i = 0; i < x.Length; i++)
                {
                    gradient[i] += weight * ((over ? 1 : 0) - p) * x[i];
                    for (var j = 0; j < x.Length; j++) curvature[i, j] += weight * p * (1 - p) * x[i] * x[j];
                }
            }

            Step(weights, gradient, curvature);
        }

        return weights;
    }

    // Symmetric and, with the ridge, positive: elimination needs no pivots.
    private static void Step(double[] weights, double[] gradient, double[,] curvature)
    {
        var n = weights.Length;
        for (var k = 0; k < n; k++)
        {
            for (var i = k + 1; i < n; i++)
            {
                var factor = curvature[i, k] / curvature[k, k];
                for (var j = k; j < n; j++) curvature[i, j] -= factor * curvature[k, j];
                gradient[i] -= factor * gradient[k];
            }
        }

        var step = new double[n];
        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++) gradient[i] -= curvature[i, j] * step[j];
            step[i] = gradient[i] / curvature[i, i];
            weights[i] += step[i];
        }
    }

    private static bool IsReadAs(this MidiFileOutcome outcome, out MidiFile file)
    {
        file = outcome.File!;
        return outcome.IsRead;
    }
}
