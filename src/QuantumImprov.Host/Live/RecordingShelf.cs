using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Replaying;
using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Stage.Archive;
using QuantumImprov.Storage.Journal;

namespace QuantumImprov.Host.Live;

/// <summary>The finished recordings of the folders that this session records to. What was read of a journal is kept, for a journal that is finished does not change. [worker]</summary>
public sealed class RecordingShelf(IReadOnlyList<string> folders) : IStageArchive
{
    private const int Most = 200;

    private readonly Lock _change = new();
    private readonly Dictionary<string, StageRecording?> _read = [];

    /// <inheritdoc/>
    public IReadOnlyList<StageRecording> List()
    {
        lock (_change)
        {
            return [.. Finished().Select(Summary).OfType<StageRecording>()];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(StagePart Part, double Seconds, ShortMessage Message)>? Notes(string name)
    {
        if (Find(name) is not { } session) return null;
        var heard = session.Performer.Select(m => (Part: StagePart.Performer, m.At, m.Message)).Concat(session.Partner.Select(m => (Part: StagePart.Partner, m.At, m.Message))).OrderBy(m => m.At).ToList();
        return [.. heard.Select(m => (m.Part, m.At.SecondsSince(heard[0].At), m.Message))];
    }

    /// <inheritdoc/>
    public byte[]? Midi(string name)
    {
        try
        {
            return Named(name) is { } files ? File.ReadAllBytes(files.Midi) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Stream? Wav(string name)
    {
        if (Find(name) is not { } session) return null;
        var preset = PresetLibrary.All.FirstOrDefault(p => p.Name == session.Header.PresetName).Preset ?? new Preset();
        var path = Path.Combine(Path.GetTempPath(), $"quantumimprov-{Guid.NewGuid():N}.wav");
        try
        {
            Sound.Render(session.ToPerformance(), preset, path, null, TextWriter.Null);
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is Refusal or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public StageReplay? Replay(string name) => Find(name) is { } session && ReplayVerdict.Of(session) is var verdict ? new StageReplay(verdict.Identical, verdict.Sentence) : null;

    private SessionRecord? Find(string name) => Named(name) is { } files && JournalReader.Read(files.Journal) is JournalReading.Recovered { Session: var session } ? session : null;

    // Only what is found in the folders has a name; nothing is ever made into a path.
    private SessionFiles? Named(string name) => Finished().Where(f => f.Name == name).Select(f => (SessionFiles?)f).FirstOrDefault();

    private IEnumerable<SessionFiles> Finished()
    {
        try
        {
            return [.. folders.Distinct().Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + SessionFiles.JournalExtension))
                .Select(path => new SessionFiles(path))
                .Where(files => File.Exists(files.Midi))
                .OrderByDescending(files => files.Name, StringComparer.Ordinal)
                .Take(Most)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private StageRecording? Summary(SessionFiles files)
    {
        if (_read.TryGetValue(files.Journal, out var known)) return known;
        return _read[files.Journal] = JournalReader.Read(files.Journal) is JournalReading.Recovered { Session: var session } ? Summarised(files.Name, session) : null;
    }

    private static StageRecording Summarised(string name, SessionRecord session)
    {
        var times = session.Performer.Concat(session.Partner).Select(m => m.At).ToList();
        return new StageRecording(
            name,
            times.Count == 0 ? 0 : Math.Round(times.Max().SecondsSince(times.Min()), 1),
            session.Performer.Count(m => m.Message.IsNoteOn),
            session.Partner.Count(m => m.Message.IsNoteOn),
            session.Header.PresetName,
            session.Header.Seed);
    }
}
