using System.Collections.Immutable;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Storage.Repertoires;

namespace QuantumImprov.Host.Files;

/// <summary>What the file verbs start from, and what they learn on top.</summary>
public static class Repertoires
{
    /// <summary>The repertoire in <paramref name="path"/>, or the shipped one when it is null.</summary>
    /// <exception cref="Refusal">The file is missing, damaged or of a newer version.</exception>
    public static LearnedMusic Load(string? path) => path is null ? ShippedRepertoire.Learn() : LearnedMusic.From(Read(path));

    /// <summary>What the repertoire in <paramref name="path"/> is made from.</summary>
    /// <exception cref="Refusal">The file is missing, damaged or of a newer version.</exception>
    public static RepertoireContent Read(string path) => RepertoireFile.Load(path) switch
    {
        RepertoireLoad.Loaded loaded => loaded.Content,
        RepertoireLoad.Unusable unusable => throw new Refusal(WithBackup(unusable.Sentence, unusable.BackupPath)),
        RepertoireLoad.Absent absent => throw new Refusal(WithBackup($"{path}: there is no such repertoire.", absent.BackupPath)),
        _ => throw new Refusal($"{path} cannot be read as a repertoire."),
    };

    /// <summary>Learns every MIDI file <paramref name="paths"/> name; returns their phrases in order. Files that cannot be read are told and left out.</summary>
    /// <exception cref="Refusal">None could be read.</exception>
    public static ImmutableArray<LearnedPhrase> Learn(LearnedMusic learned, IReadOnlyList<string> paths, Preset preset, IProgress<double>? progress, TextWriter remarks)
    {
        var files = paths.SelectMany(Performances.Find).ToList();
        var phrases = ImmutableArray.CreateBuilder<LearnedPhrase>();
        Refusal? last = null;
        for (var i = 0; i < files.Count; i++)
        {
            try
            {
                var performance = Performances.Read(files[i], null, null, remarks);
                phrases.AddRange(PhraseReading.Read(performance, preset.Melody, preset.Gap, LearnedPhrase.FromFile(Path.GetFileName(files[i]))));
            }
            catch (Refusal refusal)
            {
                last = refusal;
                if (files.Count > 1) remarks.WriteLine($"quantumimprov: {refusal.Message} It is left out.");
            }

            progress?.Report((i + 1) / (double)files.Count);
        }

        if (phrases.Count == 0) throw last ?? new Refusal("nothing was found to learn from.");
        var music = phrases.ToImmutable();
        learned.Teach(music);
        learned.RehearseAmplitudes(music);
        return music;
    }

    private static string WithBackup(string sentence, string? backup) => backup is null ? sentence : $"{sentence} A usable backup is at {backup}; give it with --repertoire.";
}
