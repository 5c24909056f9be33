using System.CommandLine;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Terminal;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>respond IN.mid --out OUT.mid</c>: a file takes the performer's place, and the partner answers it as it would have live.</summary>
public static class RespondVerb
{
    /// <summary>The seed of the file verbs when none is given: the same every time, so that a result can be had again.</summary>
    public const ulong DefaultSeed = 1;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var input = new Argument<string>("IN.mid") { Description = "The performance to answer." };
        var output = new Option<string>("--out") { Description = "The file to write: two tracks, performer and partner.", HelpName = "OUT.mid", Required = true };
        var wav = Flags.Text("--wav", "FILE", "Also write the sound of both parts.");
        var presetName = Flags.Text("--preset", "NAME|FILE", $"How to play; default {PresetLibrary.Default}.");
        var seed = Flags.Seed();
        var tempo = Flags.TempoFlag("Tempo where the file states none; default 120.");
        var metre = Flags.MetreFlag("Metre where the file states none; default 4/4.");
        var repertoire = Flags.Text("--repertoire", "FILE", "Start from this repertoire instead of the shipped one.");
        var chords = Flags.Text("--chords", "FILE", ChordCharts.Help);
        var command = new Command("respond", "Answers a MIDI file as a live session would have.\n\nExample:\n  quantumimprov respond call.mid --out answer.mid --wav answer.wav --seed 7")
        {
            input, output, wav, presetName, seed, tempo, metre, chords, repertoire,
        };
        var backend = new BackendFlags(command);
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var (_, preset) = PresetLibrary.Find(result.GetValue(presetName));
            var chart = ChordCharts.Read(result.GetValue(chords));
            var performance = Performances.Read(result.GetValue(input)!, result.GetValue(tempo), result.GetValue(metre), Console.Error);
            var learned = Repertoires.Load(result.GetValue(repertoire));
            var chosenSeed = result.GetValue(seed) ?? DefaultSeed;
            var start = performance.Map.At(Beats.Zero);
            using var rig = OfflineBank.Open(backend.Backend(result), backend.Budget(result), learned, preset, chosenSeed, performance.Messages.Count(m => m.Message.IsNoteOn), Console.Error);
            using var session = new ImprovSession(new SessionSetup(preset, learned, chosenSeed, start.Tempo, start.Metre, default) { Banked = rig?.Banked, StartedAt = rig?.StartedAt ?? default, Chart = chart });
            var log = new AnswerLog(session.Pipeline.Answering);
            var origins = new List<(HostTime, string)>();
            session.Handed += (at, note) => origins.Add((at, note.Origin.InWords(session.WallAt(at))));
            var partner = Progress.Show("answering", progress => VirtualConcert.Play(session, performance, progress));
            var recording = Recording.Of(performance, partner, origins);
            if (rig is not null) Console.Error.WriteLine($"quantumimprov: {BankFilling.InWords(rig)}");
            Performances.Write(result.GetValue(output)!, recording);
            if (result.GetValue(wav) is { } path) Progress.Show("rendering", progress => Rendered(() => Sound.Render(recording, preset, path, progress, Console.Error)));
            var summary = new RespondSummary(
                result.GetValue(output)!,
                result.GetValue(wav),
                preset.Name,
                chosenSeed,
                performance.Messages.Count(m => m.Message.IsNoteOn),
                session.Pipeline.Phrases,
                partner.Count(m => m.Message.IsNoteOn),
                Math.Round(recording.Map.ToHost(recording.End).SecondsSince(default), 3),
                session.Snapshot(default).Key?.ToString(),
                session.Pipeline.Answering.Shots.Redraws,
                [.. log.Sounded(partner.Where(m => m.Message.IsNoteOn).Select(m => performance.Map.ToBeats(m.At)))
                    .Select(a => new AnswerSummary(Math.Round(a.Start.Quarters, 3), Math.Round(a.End.Quarters, 3), a.Notes, a.Words))]);
            json.Write(result, summary);
            if (!json.TakesOutput(result)) Console.Out.WriteLine(summary.InWords());
            return ExitCodes.Done;
        });
        return command;
    }

    private static bool Rendered(Action render)
    {
        render();
        return true;
    }

    private sealed record AnswerSummary(double From, double To, int Notes, string Plan);

    private sealed record RespondSummary(
        string Out, string? Wav, string Preset, ulong Seed, int PerformerNotes, int Phrases, int PartnerNotes, double Seconds, string? Key, long Redraws, IReadOnlyList<AnswerSummary> Answers)
    {
        public string InWords() =>
            $"{Out}: {Phrases} {(Phrases == 1 ? "phrase" : "phrases")} answered with {PartnerNotes} notes" + (Key is null ? "" : $", {Key}") + FormattableString.Invariant($", {Seconds:0.0} s.") + (Wav is null ? "" : $" Sound: {Wav}.");
    }
}
