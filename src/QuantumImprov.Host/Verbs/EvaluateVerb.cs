using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using QuantumImprov.Engine.Evaluation;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Plots;
using QuantumImprov.Host.Terminal;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>evaluate</c>: held-out bits a note of our models and of the strongest classical ones, on any folder of melodies.</summary>
public static class EvaluateVerb
{
    private const int DefaultFolds = 10;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "A folder of .mid files; every file below it is one melody." };
        var view = Flags.Text("--view", "VIEW", "What the models may know of a note before its pitch: pitch, nothing but the pitches so far (the default), or full, rhythm, metre and key signature as well.");
        var folds = Flags.Whole("--folds", "K", 2, 1000, $"Melody i is tested in fold i mod K; default {DefaultFolds}.");
        var order = Flags.Whole("--max-order", "N", 0, ContextTrie.MaxOrder, $"The longest context in notes; default {ContextTrie.MaxOrder}.");
        var models = Flags.Text("--models", "A,B,...", $"Which models, of {string.Join(", ", Models.All)} (default all), and the studies {string.Join(", ", Models.Studies)}.");
        var seed = Flags.Seed();
        var jobs = Flags.Whole("--jobs", "N", 1, 256, "Folds worked on at a time; default one a processor.");
        var laws = Flags.Text("--laws", "FILE", "Write the law of the model the product plays with, note by note, before each note is known.");
        var curve = Flags.Switch("--curve", "Also tell bits by how many notes of the melody were heard (on the way to 25, 50, 100 and 200) and how far the default model's dials move its law.");
        var generate = Flags.Switch("--generate", "Also draw melodies from the blended models, as many and as long as those held out, and tell how varied, how much in key and how new both are.");
        var plot = Flags.Text("--plot", "FILE.svg", "Draw learning curves, the coherence curve and the dials into FILE.svg.");
        var command = new Command("evaluate", "Predicts every melody of a folder from the others and tells how many bits a note each model needs.\n\nExample:\n  quantumimprov evaluate tunes/ --folds 10 --models ppm-both+,power,council --json")
        {
            folder, view, folds, order, models, seed, jobs, laws, curve, generate, plot,
        };
        var json = new JsonFlags(command);
        command.SetAction((result, stop) =>
        {
            var seen = Seen(result.GetValue(view));
            var names = Named(result.GetValue(models));
            TextFile.Promise(result.GetValue(plot));
            TextFile.Promise(result.GetValue(laws));
            json.Promise(result);
            var path = result.GetValue(folder)!;
            var set = Progress.Show("reading", _ => MelodyFiles.Read(path, Console.Error));
            var count = result.GetValue(folds) ?? DefaultFolds;
            if (count > set.Melodies.Length) throw new Refusal($"{path} holds {set.Melodies.Length} melodies for {count} folds; at least as many as folds are needed.");
            var lawFile = result.GetValue(laws) is { } file ? new LawFile(file, set, count) : null;
            if (lawFile is not null && !names.Contains(Models.Default)) names = names.Add(Models.Default);
            var dials = (result.GetValue(curve) || result.GetValue(plot) is not null) && names.Contains(Models.Default) ? new DialTally() : null;
            var generation = result.GetValue(generate) ? new Generation() : null;
            var began = TimeProvider.System.GetTimestamp();
            var scores = Progress.Show("predicting", progress => Comparison.Run(
                set, count, names, result.GetValue(order) ?? ContextTrie.MaxOrder, result.GetValue(seed) ?? RespondVerb.DefaultSeed, result.GetValue(jobs) ?? Environment.ProcessorCount,
                TimeProvider.System, lawFile is null ? null : (lawFile, Models.Default), dials, generation, progress, seen, stop));
            lawFile?.Save();
            var report = new Report(path, set, seen, scores, dials, generation, TimeProvider.System.GetElapsedTime(began).TotalSeconds);
            if (result.GetValue(plot) is { } picture) TextFile.Write(picture, EvaluationPlots.Draw(scores, dials));
            json.Write(result, report.ToJson(result.GetValue(curve)));
            if (!json.TakesOutput(result)) Console.Out.Write(report.InWords(result.GetValue(curve)));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static View Seen(string? text) => text switch
    {
        null or "pitch" => View.Pitch,
        "full" => View.Full,
        _ => throw new Refusal($"--view was given \"{text}\"; allowed are pitch and full.", ExitCodes.Usage),
    };

    private static ImmutableArray<string> Named(string? text)
    {
        if (text is null) return Models.All;
        var names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToImmutableArray();
        foreach (var name in names)
        {
            if (!Models.All.Contains(name) && !Models.Studies.Contains(name)) throw new Refusal($"--models holds \"{name}\"; allowed are {string.Join(", ", Models.All.Concat(Models.Studies))}.", ExitCodes.Usage);
        }

        return names.IsEmpty ? throw new Refusal("--models is empty; name at least one model.", ExitCodes.Usage) : names;
    }

    private sealed record Report(string Folder, MelodySet Set, View View, ImmutableArray<ModelScore> Scores, DialTally? Dials, Generation? Generation, double Seconds)
    {
        public object ToJson(bool curve) => new
        {
            folder = Folder,
            melodies = Set.Melodies.Length,
            notes = Set.Notes,
            alphabet = Set.Alphabet.Length,
            view = View == View.Full ? "full" : "pitch",
            seconds = Math.Round(Seconds, 3),
            @default = Models.Default,
            models = Scores.ToDictionary(s => s.Name, s => new { bits = s.Bits, se = s.StandardError, folds = s.Folds, seconds = Math.Round(s.Seconds, 3), onset = s.Onset, duration = s.Duration }),
            pairs = Pairs().Select(p => new { a = p.A.Name, b = p.B.Name, t = p.A.T(p.B) }),
            curve = curve ? Scores.ToDictionary(s => s.Name, s => BitTally.Marks.Select((mark, i) => (mark, s.Curve[i])).Where(m => !double.IsNaN(m.Item2)).ToDictionary(m => m.mark.ToString(CultureInfo.InvariantCulture), m => m.Item2)) : null,
            coherence = Dials is { Contexts: > 0 } ? DialTally.Coherences.Select((c, i) => new { dial = c, bits = Dials.Bits(i) }) : null,
            generate = Generated(),
            dials = Dials is { Contexts: > 0 } ? DialTally.Dials.Select((name, d) => (name, steps: Enumerable.Range(0, DialTally.Steps + 1).Select(s => new { dial = Position(d, s), parameter = Dials.Parameter(d, s), variation = Dials.Variation(d, s) }))).ToDictionary(d => d.name, d => d.steps) : null,
        };

        private object? Generated() => Generation is null ? null : new
        {
            human = Figures(Generation.Human),
            models = Generation.Names.Where(n => n != Generation.Human).ToDictionary(n => n, Figures),
        };

        private object Figures(string name)
        {
            var f = Generation!.Of(name);
            return new { pitch_class_entropy = f.PitchClassEntropy, distinct_4 = f.Distinct4, copy_4 = f.Copy4, copy_8 = f.Copy8, interval_copy_8 = f.IntervalCopy8, mean_interval = f.MeanInterval };
        }

        // The coherence dial is turned down, the others up.
        private static double Position(int dial, int step) => (dial == 0 ? DialTally.Steps - step : step) / (double)DialTally.Steps;

        public string InWords(bool curve)
        {
            var text = new StringBuilder();
            text.AppendLine(CultureInfo.InvariantCulture, $"{Set.Melodies.Length} melodies, {Set.Notes} notes, {Set.Alphabet.Length} pitches; bits a note on melodies not learned from.").AppendLine();
            text.Append("model                 bits      se");
            if (View == View.Full) text.Append("    onset duration");
            if (curve) foreach (var mark in BitTally.Marks) text.Append(CultureInfo.InvariantCulture, $"{"to " + mark,9}");
            text.AppendLine("   t against the default");
            var chosen = Scores.FirstOrDefault(s => s.Name == Models.Default);
            foreach (var score in Scores)
            {
                text.Append(CultureInfo.InvariantCulture, $"{score.Name,-18} {score.Bits,7:0.0000} {score.StandardError,7:0.0000}");
                if (View == View.Full) text.Append(CultureInfo.InvariantCulture, $"{score.Onset,9:0.0000}{score.Duration,9:0.0000}");
                if (curve) foreach (var bits in score.Curve) text.Append(CultureInfo.InvariantCulture, $"{bits,9:0.000}");
                text.AppendLine(chosen is null || chosen == score ? "" : string.Create(CultureInfo.InvariantCulture, $"{score.T(chosen),8:0.0}"));
            }

            if (Generation is not null)
            {
                text.AppendLine().AppendLine("melodies of         entropy  distinct-4  copy-4  copy-8  interval copy-8  interval");
                foreach (var name in Generation.Names)
                {
                    var f = Generation.Of(name);
                    text.AppendLine(CultureInfo.InvariantCulture, $"{name,-18} {f.PitchClassEntropy,8:0.000} {f.Distinct4,11:0.000} {f.Copy4,7:0.000} {f.Copy8,7:0.000} {f.IntervalCopy8,16:0.000} {f.MeanInterval,9:0.00}");
                }
            }

            if (Dials is not { Contexts: > 0 }) return text.ToString();
            text.AppendLine().AppendLine("Total variation of the default's law by dial position, and bits by coherence:");
            text.Append("dial      "); 
            for (var step = 0; step <= DialTally.Steps; step++) text.Append(CultureInfo.InvariantCulture, $"{step / (double)DialTally.Steps,7:0.0}");
            text.AppendLine();
            for (var d = 0; d < DialTally.Dials.Length; d++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{DialTally.Dials[d],-10}");
                for (var step = 0; step <= DialTally.Steps; step++) text.Append(CultureInfo.InvariantCulture, $"{Dials.Variation(d, d == 0 ? DialTally.Steps - step : step),7:0.000}");
                text.AppendLine();
            }

            text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"coherence {string.Join(", ", DialTally.Coherences.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"{c:0.##}: {Dials.Bits(i):0.0000}")))} bits"));
            return text.ToString();
        }

        private IEnumerable<(ModelScore A, ModelScore B)> Pairs() => Scores.SelectMany((a, i) => Scores.Skip(i + 1).Select(b => (a, b)));
    }
}
