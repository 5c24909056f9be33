using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// Every phrase learned, note for note, in the order of learning: from it a repertoire file is written, the members are rebuilt, and rhythms are borrowed. Grows
/// by doubling; nothing else is allocated while phrases are added. [engine]
/// </summary>
public sealed class PhraseArchive
{
    private LearnedNote[] _notes = new LearnedNote[4096];
    private Entry[] _phrases = new Entry[256];
    private int _noteCount;
    private int _viewedNotes, _viewedPhrases;

    /// <summary>How many phrases.</summary>
    public int Count { get; private set; }

    /// <summary>How many notes in all.</summary>
    public int NoteCount => _noteCount;

    /// <summary>The notes of phrase <paramref name="index"/>; valid until the next phrase is added.</summary>
    public ReadOnlySpan<LearnedNote> Notes(int index) => _notes.AsSpan(_phrases[index].First, _phrases[index].Count);

    /// <summary>The metre of phrase <paramref name="index"/>.</summary>
    public Metre Metre(int index) => _phrases[index].Metre;

    /// <summary>Where phrase <paramref name="index"/> came from (see <see cref="LearnedPhrase.Source"/>).</summary>
    public string Source(int index) => _phrases[index].Source;

    /// <summary>How many phrases are favoured.</summary>
    public int FavouredCount { get; private set; }

    /// <summary>Whether phrase <paramref name="index"/> is favoured (see <see cref="LearnedPhrase.Favoured"/>).</summary>
    public bool IsFavoured(int index) => _phrases[index].Favoured;

    /// <summary>The number under which phrase <paramref name="index"/> was heard (see <see cref="LearnedPhrase.Number"/>).</summary>
    public int Number(int index) => _phrases[index].Number;

    /// <summary>Phrase <paramref name="index"/> as it is kept. Allocates.</summary>
    public LearnedPhrase Phrase(int index) => _phrases[index].ToPhrase(_notes);

    /// <summary>Favours phrase <paramref name="index"/> from now on, or no longer. Allocates when a view sees it.</summary>
    public void Favour(int index, bool favoured)
    {
        if (_phrases[index].Favoured == favoured) return;
        if (index < _viewedPhrases) Resize(ref _phrases, Count, ref _viewedPhrases);
        _phrases[index] = _phrases[index] with { Favoured = favoured };
        FavouredCount += favoured ? 1 : -1;
    }

    /// <summary>Holds memory for so many more notes and phrases. Allocates.</summary>
    public void Reserve(int notes, int phrases)
    {
        if (_noteCount + notes > _notes.Length) Array.Resize(ref _notes, _noteCount + notes);
        if (Count + phrases > _phrases.Length) Array.Resize(ref _phrases, Count + phrases);
    }

    /// <summary>Opens a phrase, heard under <paramref name="number"/> or under none; the notes that follow belong to it.</summary>
    public void Begin(Metre metre, string source, int number = 0)
    {
        if (Count == _phrases.Length || Count < _viewedPhrases) Resize(ref _phrases, Count, ref _viewedPhrases);
        _phrases[Count++] = new Entry(_noteCount, 0, metre, source, number, false);
    }

    /// <summary>Appends a note to the open phrase.</summary>
    public void Add(LearnedNote note)
    {
        if (_noteCount == _notes.Length || _noteCount < _viewedNotes) Resize(ref _notes, _noteCount, ref _viewedNotes);
        if (Count <= _viewedPhrases) Resize(ref _phrases, Count, ref _viewedPhrases);
        _notes[_noteCount++] = note;
        _phrases[Count - 1] = _phrases[Count - 1] with { Count = _phrases[Count - 1].Count + 1 };
    }

    /// <summary>Appends a whole phrase.</summary>
    public void Add(LearnedPhrase phrase)
    {
        Begin(phrase.Metre, phrase.Source, phrase.Number);
        foreach (var note in phrase.Notes) Add(note);
        if (phrase.Favoured) Favour(Count - 1, true);
    }

    /// <summary>Takes the phrase last opened back, with its notes; there is one.</summary>
    public void TakeBack()
    {
        if (_phrases[Count - 1].Favoured) FavouredCount--;
        _noteCount = _phrases[--Count].First;
    }

    /// <summary>Everything as it is now, at no cost whatever its size.</summary>
    public ArchiveView View()
    {
        (_viewedNotes, _viewedPhrases) = (Math.Max(_viewedNotes, _noteCount), Math.Max(_viewedPhrases, Count));
        return new ArchiveView(_notes, _phrases, Count);
    }

    /// <summary>Everything as immutable phrases. Allocates.</summary>
    public ImmutableArray<LearnedPhrase> ToPhrases() => new ArchiveView(_notes, _phrases, Count).ToPhrases();

    // Views share the memory: what they see is not written again, but left to them.
    private static void Resize<T>(ref T[] items, int count, ref int viewed)
    {
        var grown = new T[count == items.Length ? count * 2 : items.Length];
        items.AsSpan(0, count).CopyTo(grown);
        (items, viewed) = (grown, 0);
    }

    internal readonly record struct Entry(int First, int Count, Metre Metre, string Source, int Number, bool Favoured)
    {
        internal LearnedPhrase ToPhrase(LearnedNote[] notes) => new([.. notes.AsSpan(First, Count)], Metre, Source) { Number = Number, Favoured = Favoured };
    }
}
