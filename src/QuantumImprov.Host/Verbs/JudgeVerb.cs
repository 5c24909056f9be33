using System.CommandLine;
using QuantumImprov.Engine.Judging;
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
        var presetName = Flags.Text("--preset", "NAME|FILE", $"How the partner plays; default {PresetLibrary.Default}.");
        var seed = Flags.Seed();
        var jobs = Flags.Whole("--jobs", "N", 1, 256, "Folds worked on at a time; default one a processor.");
        var command = new Command("judge", "Measures whether answers sound meant: endings, motifs, key, metre and breath, beside people's.\n\nExample:\n  quantumimprov judge tunes/ --self --json")
        {
            calls, self, answers, presetName, seed, jobs,
        };
        var json = new JsonFlags(command);
        command.SetAction((result, stop) =>
        {
            var (folder, answered) = (result.GetValue(calls)!, result.GetValue(answers));
            if ((result.GetValue(self) ? 1 : 0) + (answered is null ? 0 : 1) != 1) throw new Refusal("judge needs one of --self and --answers.", ExitCodes.Usage);
            json.Promise(result);
            var (_, preset) = PresetLibrary.Find(result.GetValue(presetName));
            var chosenSeed = result.GetValue(seed) ?? RespondVerb.DefaultSeed;
            Judgement judgement;
            if (answered is not null) judgement = AnswersTrial.Run(Progress.Show("reading", _ => JudgedFiles.Pairs(folder, answered, Console.Error)));
            else
            {
                var melodies = Progress.Show("reading", _ => JudgedFiles.Read(folder, Console.Error));
                if (melodies.Length < 2 || !melodies.Any(SelfTrial.Counts))
                    throw new Refusal($"{folder} holds {melodies.Length} melodies, {melodies.Count(SelfTrial.Counts)} with {SelfTrial.FewestNotes} notes or more in the second half; at least two melodies and one such are needed.");
                judgement = Progress.Show("answering", progress => SelfTrial.Run(melodies, preset, chosenSeed, result.GetValue(jobs) ?? Environment.ProcessorCount, progress, stop));
            }

            var report = new JudgeReport(judgement);
            json.Write(result, report.ToJson());
            if (!json.TakesOutput(result)) Console.Out.Write(report.InWords());
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
