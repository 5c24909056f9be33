using System.Collections.Immutable;
using QuantumImprov.Engine.Evaluation;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Midi.Files;

namespace QuantumImprov.Host.Files;

/// <summary>A folder of MIDI files as melodies to be predicted: all notes of all tracks of a file are one sequence.</summary>
public static class MelodyFiles
{
    /// <summary>Every .mid below <paramref name="folder"/>, relative paths in byte order; files that cannot be read are told and left out.</summary>
    /// <exception cref="Refusal">There is no such folder, or it holds no note.</exception>
    public static MelodySet Read(string folder, TextWriter remarks)
    {
        if (!Directory.Exists(folder)) throw new Refusal($"{folder}: there is no such folder.");
        var melodies = ImmutableArray.CreateBuilder<Melody>();
        foreach (var (path, name) in Files(folder))
        {
            var outcome = MidiFiles.Read(path);
            if (!outcome.IsRead) remarks.WriteLine($"quantumimprov: {outcome.Refusal} It is left out.");
            else melodies.Add(new Melody(name, Notes(outcome.File.ToPerformance())));
        }

        var set = new MelodySet(melodies.ToImmutable());
        return set.Notes > 0 ? set : throw new Refusal($"{folder} holds no note in a .mid file; melodies to predict are needed.");
    }

    /// <summary>The pitches of all notes with a velocity above 0, by onset, then duration, then pitch. A note that never ends lasts to the end.</summary>
    public static ImmutableArray<int> Notes(Performance performance)
    {
        var sounding = new Dictionary<(int Track, int Channel, int Pitch), Queue<Beats>>();
        var notes = new List<(Beats On, Beats Length, int Pitch)>();
        foreach (var (at, track, message) in performance.Messages)
        {
            if (!message.IsNoteOn && !message.IsNoteOff) continue;
            var key = (track, message.Channel, (int)message.Data1);
            if (!sounding.TryGetValue(key, out var starts)) sounding[key] = starts = [];
            if (message.IsNoteOn) starts.Enqueue(at);
            else if (starts.TryDequeue(out var on)) notes.Add((on, at - on, key.Item3));
        }

        foreach (var (key, starts) in sounding)
        {
            foreach (var on in starts) notes.Add((on, performance.End - on, key.Pitch));
        }

        return [.. notes.OrderBy(n => n.On).ThenBy(n => n.Length).ThenBy(n => n.Pitch).Select(n => n.Pitch)];
    }

    // By the bytes of the names as they are on disk in UTF-8.
    private static IEnumerable<(string Path, string Name)> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f).Equals(".mid", StringComparison.OrdinalIgnoreCase))
            .Select(f => (Path: f, Name: Path.GetRelativePath(folder, f).Replace('\\', '/')))
            .OrderBy(f => System.Text.Encoding.UTF8.GetBytes(f.Name), Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)));
}
