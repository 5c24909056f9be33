using System.CommandLine;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Live;
using QuantumImprov.Host.Replaying;
using QuantumImprov.Storage.Data;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>replay SESSION</c>: a recorded session is played again from its journal, and compared with what it says was played.</summary>
public static class ReplayVerb
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var session = new Argument<string>("SESSION") { Description = "The recording: its journal, its MIDI file, or its name in the data folder." };
        var check = Flags.Switch("--check", "End with 1 when the replay is not identical.");
        var output = Flags.Text("--out", "FILE.mid", "Also write the replay: two tracks, performer and partner.");
        var command = new Command("replay", "Plays a recorded session again from its journal, on virtual time, and says whether the partner plays the same.\n\nExample:\n  quantumimprov replay 2026-01-31_20-15-07 --check") { session, check, output };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            TextFile.Promise(result.GetValue(output));
            json.Promise(result);
            var files = Find(result.GetValue(session)!);
            var record = JournalReader.Read(files.Journal) switch
            {
                JournalReading.Recovered { Session: var read } => read,
                JournalReading.Unreadable unreadable => throw new Refusal(unreadable.Sentence),
                _ => throw new Refusal($"{files.Journal} cannot be read as a journal."),
            };
            var verdict = ReplayVerdict.Of(record);
            if (verdict.Identical is null) throw new Refusal($"{files.Name}: {verdict.Sentence}");
            if (result.GetValue(output) is { } path) Performances.Write(path, (record with { Partner = verdict.Partner }).ToPerformance());
            json.Write(result, new ReplaySummary(
                files.Name, verdict.Identical == true, verdict.Sentence, verdict.PartnerNotes, verdict.CutShort, verdict.FromDevice, verdict.Followed, verdict.Late, verdict.DiffersAt, verdict.Line, result.GetValue(output),
                record.Header.ProductVersion, record.Header.Given.FirstOrDefault(g => g.Name == SessionGiven.Build)?.Text, Product.Version, Product.Build));
            if (!json.TakesOutput(result)) result.InvocationConfiguration.Output.WriteLine($"{files.Name}: {verdict.Sentence}");
            return result.GetValue(check) && verdict.Identical != true ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    private static SessionFiles Find(string named)
    {
        if (File.Exists(named)) return new SessionFiles(Path.GetExtension(named).Equals(SessionFiles.MidiExtension, StringComparison.OrdinalIgnoreCase) ? Path.ChangeExtension(named, SessionFiles.JournalExtension) : named);
        if (Path.GetFileName(named) == named && DataFolder.Open(Environment.GetEnvironmentVariable, DataFolder.ThisPlatform) is DataFolderOpening.Opened { Folder: var data } && new SessionFiles(Path.Combine(data.Sessions, named + SessionFiles.JournalExtension)) is var files && File.Exists(files.Journal))
            return files;
        throw new Refusal($"there is no session \"{named}\"; allowed is a journal, the MIDI file beside one, or the name of a recording in the data folder.");
    }

    private sealed record ReplaySummary(
        string Session, bool Identical, string Sentence, int PartnerNotes, int CutShort, int FromDevice, int Followed, int Late, double? DiffersAtSeconds, int? Line, string? Out, string PlayedByVersion, string? PlayedByBuild, string Version, string Build);
}
