using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace QuantumImprov.Midi.Files;

/// <summary>
/// What came of reading a file: the file, perhaps with warnings about what was damaged and what was kept, or a refusal. Every sentence says what was found, at
/// which byte (counted from 0), and what is allowed or what was done.
/// </summary>
public sealed class MidiFileOutcome
{
    internal MidiFileOutcome(MidiFile? file, string? refusal, ImmutableArray<string> warnings) => (File, Refusal, Warnings) = (file, refusal, warnings);

    /// <summary>What was read; null when the file was refused.</summary>
    public MidiFile? File { get; }

    /// <summary>One sentence on why nothing could be read; null when something was.</summary>
    public string? Refusal { get; }

    /// <summary>One sentence a fault that was read around, at most <see cref="MidiFileReader.MostWarnings"/>; empty when the file is sound.</summary>
    public ImmutableArray<string> Warnings { get; }

    /// <summary>Whether there is a file.</summary>
    [MemberNotNullWhen(true, nameof(File))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsRead => File is not null;

    internal static MidiFileOutcome Refused(string sentence) => new(null, sentence, []);

    // Names the file in front of every sentence.
    internal MidiFileOutcome Of(string path) =>
        new(File, Refusal is null ? null : $"{path}: {Refusal}", [.. Warnings.Select(warning => $"{path}: {warning}")]);
}
