using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>What an answer takes up instead of the call: what an earlier answer had begun to say, an earlier phrase of the session, or one that the performer likes. Allocates nothing after construction. [engine]</summary>
public sealed class Recollection
{
    /// <summary>How often an earlier phrase is taken up, times the motif dial: with it in the middle by one of ten answers; and, where the performer likes any, how often one of those is besides, by two of ten.</summary>
    public const double RecallShare = .2, FavouredShare = .4;

    private const int FewestToRecall = 5;

    private readonly CallNote[] _notes = new CallNote[Listening.Phrase.Capacity];

    /// <summary>What was remembered last.</summary>
    public Call Remembered { get; } = new();

    /// <summary>Every other time an answer that was cut short, with <paramref name="unplayed"/> left over, is what the next one begins with.</summary>
    public bool TakesUp(ReadOnlySpan<AheadNote> unplayed, double motif, Xoshiro random)
    {
        if (motif == 0 || unplayed.Length < MotifPlanning.Fewest || random.NextInt(2) == 0) return false;
        var count = 0;
        foreach (var note in unplayed)
        {
            // The leading note of each chord.
            if (count == _notes.Length || (count > 0 && note.On <= _notes[count - 1].Onset)) continue;
            _notes[count++] = new CallNote(note.On, note.Off - note.On, note.Pitch, note.Velocity);
        }

        Remembered.Take(_notes.AsSpan(0, count));
        return count >= MotifPlanning.Fewest;
    }

    /// <summary>
    /// Now and then an earlier phrase is taken up instead of the last: one of this session, not among the last two, or, with a probability of <see cref="FavouredShare"/> times <paramref name="motif"/> whatever else there is, one of those that are
    /// favoured, of whatever session, each as likely as the other, but the last one heard. Only phrases of the same metre are.
    /// </summary>
    public bool Recalls(LearnedMusic learned, in Timeline timeline, double motif, Xoshiro random)
    {
        var (archive, heard) = (learned.Archive, learned.Heard.Ended);
        var earlier = heard < FewestToRecall ? 0 : RecallShare * motif;
        var favoured = archive.FavouredCount == 0 ? 0 : CountFavoured(archive, heard, timeline.Metre);
        if (motif == 0 || (earlier == 0 && favoured == 0)) return false;
        var drawn = random.NextDouble();
        if (drawn < earlier) return Takes(archive, archive.Count - heard + random.NextInt(heard - 2), timeline);
        return favoured > 0 && drawn < earlier + FavouredShare * motif && Takes(archive, Favoured(archive, timeline.Metre, random.NextInt(favoured)), timeline);
    }

    private static bool MayBeTaken(PhraseArchive archive, int index, Metre metre) => archive.Metre(index) == metre && archive.Notes(index).Length >= MotifPlanning.Fewest;

    private static int CountFavoured(PhraseArchive archive, int heard, Metre metre)
    {
        var count = 0;
        for (var i = 0; i < archive.Count - Math.Min(heard, 1); i++)
        {
            if (archive.IsFavoured(i) && MayBeTaken(archive, i, metre)) count++;
        }

        return count;
    }

    // The one of that number, from 0, among those counted.
    private static int Favoured(PhraseArchive archive, Metre metre, int number)
    {
        var index = 0;
        while (!archive.IsFavoured(index) || !MayBeTaken(archive, index, metre) || number-- > 0) index++;
        return index;
    }

    private bool Takes(PhraseArchive archive, int index, in Timeline timeline)
    {
        if (!MayBeTaken(archive, index, timeline.Metre)) return false;
        var notes = archive.Notes(index);
        var count = Math.Min(notes.Length, _notes.Length);
        for (var i = 0; i < count; i++) _notes[i] = new CallNote(timeline.BarOrigin + notes[i].Onset, notes[i].Duration, (byte)notes[i].Pitch.Number, notes[i].Velocity);
        Remembered.Take(_notes.AsSpan(0, count));
        return true;
    }
}
