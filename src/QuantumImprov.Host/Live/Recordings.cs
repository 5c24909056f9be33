using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Host.Live;

/// <summary>Turns journals into MIDI files: when a session ends, and at the next start for one that died.</summary>
public static class Recordings
{
    /// <summary>Writes the MIDI file beside the journal; returns one sentence on what came of it.</summary>
    public static string Finish(SessionFiles files)
    {
        switch (JournalReader.Read(files.Journal))
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

    /// <summary>Finishes what died in <paramref name="folder"/>; one sentence each.</summary>
    public static IReadOnlyList<string> Recover(SessionFolder folder) => [.. folder.FindDied().Select(files => Finish(files)).Where(s => s.Length > 0)];

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
