using System.Collections.Immutable;
using QuantumImprov.Engine.Evaluation;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
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
            else melodies.Add(Melody(name, outcome.File));
        }

        var set = new MelodySet(melodies.ToImmutable());
        return set.Notes > 0 ? set : throw new Refusal($"{folder} holds no note in a .mid file; melodies to predict are needed.");
    }

    /// <summary>A file's notes with their times, metres (4/4 where it states none) and the key signature it begins with.</summary>
    public static Melody Melody(string name, MidiFile file)
    {
        var performance = file.ToPerformance();
        var notes = Sorted(performance);
        return new Melody(name, [.. notes.Select(n => n.Pitch)]) { Times = [.. notes.Select(n => Time(performance.Map.Metres, n.On, n.Length))], Signature = KeySignature(file) };
    }

    /// <summary>The pitches of all notes with a velocity above 0, by onset, then duration, then pitch. A note that never ends lasts to the end.</summary>
    public static ImmutableArray<int> Notes(Performance performance) => [.. Sorted(performance).Select(n => n.Pitch)];

    /// <summary>All notes with a velocity above 0, by onset, then duration, then pitch. A note that never ends lasts to the end.</summary>
    internal static IEnumerable<(Beats On, Beats Length, int Pitch, int Velocity)> Sorted(Performance performance)
    {
        var sounding = new Dictionary<(int Track, int Channel, int Pitch), Queue<(Beats On, int Velocity)>>();
        var notes = new List<(Beats On, Beats Length, int Pitch, int Velocity)>();
        foreach (var (at, track, message) in performance.Messages)
        {
            if (!message.IsNoteOn && !message.IsNoteOff) continue;
            var key = (track, message.Channel, (int)message.Data1);
            if (!sounding.TryGetValue(key, out var starts)) sounding[key] = starts = [];
            if (message.IsNoteOn) starts.Enqueue((at, message.Data2));
            else if (starts.TryDequeue(out var begun)) notes.Add((begun.On, at - begun.On, key.Item3, begun.Velocity));
        }

        foreach (var (key, starts) in sounding)
        {
            foreach (var (on, velocity) in starts) notes.Add((on, performance.End - on, key.Pitch, velocity));
        }

        return notes.OrderBy(n => n.On).ThenBy(n => n.Length).ThenBy(n => n.Pitch).ToList();
    }

    // Bars are counted from the last change of metre.
    private static NoteTime Time(ImmutableArray<MetreChange> metres, Beats on, Beats length)
    {
        var last = metres.LastOrDefault(m => m.At <= on);
        return NoteTime.Of(on, length, last.At, last.Metre);
    }

    /// <summary>The first key signature of any track; null when there is none.</summary>
    // Sharps above 0, flats below, then 1 for minor.
    internal static Key? KeySignature(MidiFile file)
    {
        const int Most = 7, Fifth = 7;
        var signs = file.Tracks.SelectMany(t => t.Events.Where(e => e.MetaType == MetaType.KeySignature && e.Data is [_, 0 or 1] && Math.Abs((sbyte)e.Data[0]) <= Most)).OrderBy(e => e.Tick).Take(1).ToList();
        if (signs is not [var sign]) return null;
        var minor = sign.Data[1] == 1;
        return new Key((((sbyte)sign.Data[0] * Fifth + (minor ? 9 : 0)) % 12 + 12) % 12, minor ? Mode.Minor : Mode.Major);
    }

    /// <summary>Every .mid below <paramref name="folder"/> with its relative path, by the bytes of these as they are on disk in UTF-8.</summary>
    internal static IEnumerable<(string Path, string Name)> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f).Equals(".mid", StringComparison.OrdinalIgnoreCase))
            .Select(f => (Path: f, Name: Path.GetRelativePath(folder, f).Replace('\\', '/')))
            .OrderBy(f => System.Text.Encoding.UTF8.GetBytes(f.Name), Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)));
}
