using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Notation;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Midi.Files;

namespace QuantumImprov.Host.Files;

/// <summary>
/// MIDI files, and tunes in our own notation (.tune), as performances for verbs: what cannot be read or written is refused in one sentence, what was damaged is told.
/// </summary>
public static class Performances
{
    private const int MostFaults = 5;

    /// <summary>
    /// The performance in the file at <paramref name="path"/>. <paramref name="tempo"/> and <paramref name="metre"/> fill in where the file states none. Faults that
    /// were read around go to <paramref name="remarks"/>.
    /// </summary>
    /// <exception cref="Refusal">It cannot be read, or holds no note.</exception>
    public static Performance Read(string path, double? tempo, Metre? metre, TextWriter remarks)
    {
        var performance = Path.GetExtension(path).ToLowerInvariant() == ".tune" ? ReadTune(path) : ReadMidi(path, remarks);
        if (!performance.Messages.Any(m => m.Message.IsNoteOn)) throw new Refusal($"{path} holds no note; a performance to play from is needed.");
        ImmutableArray<TempoChange> tempos = performance.StatesTempo || tempo is null ? performance.Map.Tempos : [new TempoChange(Beats.Zero, Tempo.FromBpm(tempo.Value))];
        ImmutableArray<MetreChange> metres = performance.StatesMetre || metre is null ? performance.Map.Metres : [new MetreChange(Beats.Zero, metre.Value)];
        return performance with { Map = new TempoMap(tempos, metres) };
    }

    /// <summary>All .mid, .midi and .tune files that <paramref name="path"/> names: itself, or those below it in byte order of their relative paths.</summary>
    /// <exception cref="Refusal">Nothing is there.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path)) throw new Refusal($"{path}: there is no such file or folder.");
        var files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f).ToLowerInvariant() is ".mid" or ".midi" or ".tune")
            .OrderBy(f => Path.GetRelativePath(path, f).Replace('\\', '/'), StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new Refusal($"{path} holds no .mid and no .tune file.");
    }

    /// <summary>Writes <paramref name="recording"/> as a file of two tracks, performer and partner.</summary>
    /// <exception cref="Refusal">It cannot be written.</exception>
    public static void Write(string path, Performance recording)
    {
        if (!MidiFiles.TryWrite(path, Duet.ToFile(recording.Map, recording.Messages, recording.End, recording.Texts), out var refusal)) throw new Refusal(refusal);
    }

    private static Performance ReadMidi(string path, TextWriter remarks)
    {
        var outcome = MidiFiles.Read(path);
        if (!outcome.IsRead) throw new Refusal(outcome.Refusal);
        foreach (var warning in outcome.Warnings) remarks.WriteLine($"quantumimprov: {warning}");
        return outcome.File.ToPerformance();
    }

    private static Performance ReadTune(string path)
    {
        try
        {
            if (TuneReader.TryRead(File.ReadAllText(path), out var tune, out var faults)) return tune.ToPerformance();
            throw new Refusal($"{path} is not a tune. {string.Join(" ", faults.Take(MostFaults))}{(faults.Length > MostFaults ? $" And {faults.Length - MostFaults} more." : "")}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Refusal($"{path} cannot be read: {Sentences.Reason(e)}");
        }
    }
}
