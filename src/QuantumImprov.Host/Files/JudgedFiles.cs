using System.Collections.Immutable;
using QuantumImprov.Engine.Judging;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Midi.Files;

namespace QuantumImprov.Host.Files;

/// <summary>Folders of MIDI files as what the judge takes: melodies with times and metres, or calls with their answers.</summary>
public static class JudgedFiles
{
    /// <summary>Every .mid below <paramref name="folder"/> that holds a note, in the order of <see cref="MelodyFiles.Files"/>; files that cannot be read are told and left out.</summary>
    /// <exception cref="Refusal">There is no such folder, or it holds no note.</exception>
    public static ImmutableArray<JudgedMelody> Read(string folder, TextWriter remarks)
    {
        var melodies = Files(folder).Select(file => Melody(file, remarks, partnerOnly: false)).OfType<JudgedMelody>().ToImmutableArray();
        return melodies.IsEmpty ? throw new Refusal($"{folder} holds no note in a .mid file; melodies are needed.") : melodies;
    }

    /// <summary>
    /// Every call below <paramref name="calls"/> that has an answer under the same relative path below <paramref name="answers"/>. In an answer that has a track named partner with a note in it only that track counts,
    /// so that what <c>respond</c> writes can be judged. Calls without an answer are told and left out.
    /// </summary>
    /// <exception cref="Refusal">A folder is missing, or there is no pair.</exception>
    public static IReadOnlyList<(JudgedMelody Call, JudgedMelody Answer)> Pairs(string calls, string answers, TextWriter remarks)
    {
        var answered = Files(answers).ToDictionary(f => f.Name, StringComparer.Ordinal);
        var pairs = new List<(JudgedMelody, JudgedMelody)>();
        foreach (var file in Files(calls))
        {
            if (!answered.TryGetValue(file.Name, out var answer)) remarks.WriteLine($"quantumimprov: {file.Name} has no answer below {answers}. It is left out.");
            else if (Melody(file, remarks, partnerOnly: false) is { } call && Melody(answer, remarks, partnerOnly: true) is { } said) pairs.Add((call, said));
        }

        return pairs.Count == 0 ? throw new Refusal($"{answers} answers no call of {calls}; .mid files with the same relative paths are needed.") : pairs;
    }

    /// <summary>Every call below <paramref name="folder"/> whose phrase ends are among <paramref name="ends"/>; calls without are told and left out.</summary>
    /// <exception cref="Refusal">There is no such folder, or ends of a call that is not there.</exception>
    public static IReadOnlyList<(Performance Call, ImmutableArray<Beats> Ends)> Ended(string folder, IReadOnlyDictionary<string, ImmutableArray<Beats>> ends, TextWriter remarks)
    {
        var calls = new List<(Performance, ImmutableArray<Beats>)>();
        var files = Files(folder).ToList();
        if (ends.Keys.FirstOrDefault(name => files.All(f => f.Name != name)) is { } missing) throw new Refusal($"{folder} holds no {missing}; every call with phrase ends is needed.");
        foreach (var (path, name) in files)
        {
            if (ends.TryGetValue(name, out var mine)) calls.Add((Performances.Read(path, null, null, remarks), mine));
            else remarks.WriteLine($"quantumimprov: {name} has no phrase end. It is left out.");
        }

        return calls;
    }

    /// <summary>The notes of <paramref name="file"/> on the judge's grid.</summary>
    public static JudgedMelody Melody(string name, MidiFile file, bool partnerOnly)
    {
        var performance = file.ToPerformance();
        var partner = performance.TrackNames.IndexOf(Recording.PartnerTrack);
        if (partnerOnly && performance.Messages.Any(m => m.Track == partner && m.Message.IsNoteOn)) performance = performance with { Messages = [.. performance.Messages.Where(m => m.Track == partner)] };
        var notes = MelodyFiles.Sorted(performance)
            .Select(n => new CallNote(n.On.Round(NoteTime.Unit), Beats.Max(NoteTime.Unit, n.Length.Round(NoteTime.Unit)), (byte)n.Pitch, (byte)n.Velocity));
        return new JudgedMelody(name, [.. notes], performance.Map) { Signature = MelodyFiles.KeySignature(file) };
    }

    private static IEnumerable<(string Path, string Name)> Files(string folder) =>
        Directory.Exists(folder) ? MelodyFiles.Files(folder) : throw new Refusal($"{folder}: there is no such folder.");

    private static JudgedMelody? Melody((string Path, string Name) file, TextWriter remarks, bool partnerOnly)
    {
        var outcome = MidiFiles.Read(file.Path);
        if (!outcome.IsRead)
        {
            remarks.WriteLine($"quantumimprov: {outcome.Refusal} It is left out.");
            return null;
        }

        var melody = Melody(file.Name, outcome.File, partnerOnly);
        if (!melody.Notes.IsEmpty) return melody;
        remarks.WriteLine($"quantumimprov: {file.Path} holds no note to judge. It is left out.");
        return null;
    }
}
