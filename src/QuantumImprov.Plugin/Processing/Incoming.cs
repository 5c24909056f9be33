using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Plugin.Processing;

/// <summary>What is known, made ready to be played with on a thread that must not allocate. Made on any other thread; belongs to one processor at a time.</summary>
internal sealed class Incoming
{
    /// <summary>How many notes can be learned before memory is taken for more: an hour and a half of three notes a second.</summary>
    internal const int NotesAhead = 16_384;

    private Incoming(LearnedMusic music, RepertoireContent? content, int notes)
    {
        (Music, Content) = (music, content);
        Lines = [.. Enumerable.Range(0, VoiceRules.Most).Select(_ => music.Members.NewLine())];
        Reserve(notes);
    }

    /// <summary>What is known.</summary>
    internal LearnedMusic Music { get; }

    /// <summary>What it was made from; null: what a fresh install knows.</summary>
    internal RepertoireContent? Content { get; }

    /// <summary>A line in it for each of the partner's voices.</summary>
    internal MelodicLine[] Lines { get; }

    /// <summary>Phrases heard before the song began to run, when that is to be gone back to.</summary>
    internal int PassBegan { get; set; }

    /// <summary>What <paramref name="content"/> holds; null: what a fresh install knows. Takes some tens of milliseconds.</summary>
    internal static Incoming From(RepertoireContent? content, int notes = NotesAhead) => new(content is null ? ShippedRepertoire.Learn() : LearnedMusic.From(content), content, notes);

    /// <summary>Takes memory for so many more notes.</summary>
    internal void Reserve(int notes = NotesAhead) => Music.Prepare(ShippedPresets.Playable, notes);
}
