using System.CommandLine;
using QuantumImprov.Engine.Judging;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Terminal;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>judge</c>: whether answers end, return, stay in key and in time as people's do.</summary>
public static class JudgeVerb
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var calls = new Argument<string>("CALLS") { Description = "A folder of .mid files: calls, or with --self whole melodies." };
        var self = Flags.Switch("--self", "Let the partner answer the first half of every melody, having learned those of the other folds, and measure the second half beside it.");
        var answers = Flags.Text("--answers", "ANSWERS", "A folder of answers under the same relative paths as their calls.");
        var ends = Flags.Text("--ends", "FILE.json", "Play every call to a session and measure how it takes turns; FILE.json tells where phrases end, {\"relative path\": [end in quarters, ...]}.");
        var presetName = Flags.Text("--preset", "NAME|FILE", $"How the partner plays; default {PresetLibrary.Default}.");
        var repertoire = Flags.Text("--repertoire", "FILE", "With --ends: start every session from this repertoire instead of the shipped one.");
        var seed = Flags.Seed();
        var jobs = Flags.Whole("--jobs", "N", 1, 256, "Folds, or calls, worked on at a time; default one a processor.");
        var command = new Command("judge", "Measures whether answers sound meant: endings, motifs, key, metre and breath, beside people's.\n\nExample:\n  quantumimprov judge tunes/ --self --json")
        {
            calls, self, answers, ends, presetName, repertoire, seed, jobs,
        };
        var json = new JsonFlags(command);
        command.SetAction((result, stop) =>
        {
            var (folder, answered, ended) = (result.GetValue(calls)!, result.GetValue(answers), result.GetValue(ends));
            if ((result.GetValue(self) ? 1 : 0) + (answered is null ? 0 : 1) + (ended is null ? 0 : 1) != 1) throw new Refusal("judge needs one of --self, --answers and --ends.", ExitCodes.Usage);
            json.Promise(result);
            var (_, preset) = PresetLibrary.Find(result.GetValue(presetName));
            var (chosenSeed, workers) = (result.GetValue(seed) ?? RespondVerb.DefaultSeed, result.GetValue(jobs) ?? Environment.ProcessorCount);
            var judgement = answered is not null ? ByAnswers(folder, answered)
                : ended is not null ? ByEnds(folder, ended, result.GetValue(repertoire), preset, chosenSeed, workers, stop)
                : BySelf(folder, preset, chosenSeed, workers, stop);
            var report = new JudgeReport(judgement);
            json.Write(result, report.ToJson());
            if (!json.TakesOutput(result)) Console.Out.Write(report.InWords());
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Judgement ByAnswers(string folder, string answers) => AnswersTrial.Run(Progress.Show("reading", _ => JudgedFiles.Pairs(folder, answers, Console.Error)));

    private static Judgement ByEnds(string folder, string file, string? repertoire, Preset preset, ulong seed, int jobs, CancellationToken stop)
    {
        var calls = JudgedFiles.Ended(folder, PhraseEnds.Read(file), Console.Error);
        // Refused before the work begins, not in the middle of it.
        _ = Repertoires.Load(repertoire);
        return Progress.Show("playing", progress => EndsTrial.Run(calls, () => Repertoires.Load(repertoire), preset, seed, jobs, progress, stop));
    }

    private static Judgement BySelf(string folder, Preset preset, ulong seed, int jobs, CancellationToken stop)
    {
        var melodies = Progress.Show("reading", _ => JudgedFiles.Read(folder, Console.Error));
        if (melodies.Length < 2 || !melodies.Any(SelfTrial.Counts))
            throw new Refusal($"{folder} holds {melodies.Length} melodies, {melodies.Count(SelfTrial.Counts)} with {SelfTrial.FewestNotes} notes or more in the second half; at least two melodies and one such are needed.");
        return Progress.Show("answering", progress => SelfTrial.Run(melodies, preset, seed, jobs, progress, stop));
    }
}
