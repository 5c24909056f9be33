using System.Collections.Immutable;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>An archive as it was at one moment, for a worker to read while the archive goes on. Immutable. [any]</summary>
public sealed class ArchiveView
{
    private readonly LearnedNote[] _notes;
    private readonly PhraseArchive.Entry[] _phrases;

    internal ArchiveView(LearnedNote[] notes, PhraseArchive.Entry[] phrases, int count) => (_notes, _phrases, Count) = (notes, phrases, count);

    /// <summary>How many phrases.</summary>
    public int Count { get; }

    /// <summary>Everything as immutable phrases. Allocates.</summary>
    public ImmutableArray<LearnedPhrase> ToPhrases() =>
        [.. _phrases.Take(Count).Select(phrase => phrase.ToPhrase(_notes))];
}
