using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Host.Live;

/// <summary>Turns journals into MIDI files: when a session ends, and at the next start for one that died.</summary>
public static class Recordings
{
    /// <summary>Writes the MIDI file beside the journal; returns one sentence on what came of it.</summary>
    public static string Finish(SessionFiles files) => Finish(files, JournalReader.Read(files.Journal));

    /// <summary>Finishes what died in <paramref name="folder"/>.</summary>
    public static IReadOnlyList<RecoveredRecording> Recover(SessionFolder folder) =>
        [.. folder.FindDied().Select(files => (files, Reading: JournalReader.Read(files.Journal))).Select(died => new RecoveredRecording(Finish(died.files, died.Reading), Silencing(died.Reading)))];

    // A preset that cannot be read any more named the usual channel, most likely.
    private static ImmutableArray<ShortMessage> Silencing(JournalReading reading) =>
        reading is JournalReading.Recovered { Session: var session } ? session.Silencing((PresetText.Read(session.Header.PresetText, out _) ?? new Preset()).Channel - 1) : [];

    private static string Finish(SessionFiles files, JournalReading reading)
    {
        switch (reading)
        {
            case JournalReading.Recovered { Session: var session }:
                var performance = session.ToPerformance();
                if (!performance.Messages.Any(m => m.Message.IsNoteOn)) return Discard(files);
                try
                {
                    Performances.Write(files.Midi, performance);
                    var damage = session.Damage.IsWhole ? "" : $" {session.Damage.DamagedLines} damaged lines were left out.";
                    return $"Recorded: {files.Midi}.{damage}";
                }
                catch (Refusal refusal)
                {
                    return $"{refusal.Message} The recording stays in {files.Journal}.";
                }

            case JournalReading.Unreadable unreadable:
                SessionFolder.SetAside(files);
                return unreadable.Sentence;
            default:
                return $"{files.Journal} was left as it is.";
        }
    }

    // Nothing was played: an empty recording is no use to anybody.
    private static string Discard(SessionFiles files)
    {
        try
        {
            File.Delete(files.Journal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It will be tried again at the next start.
        }

        return "";
    }
}
