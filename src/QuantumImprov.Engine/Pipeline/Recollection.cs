using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>What an answer takes up instead of the call: what an earlier answer had begun to say, or an earlier phrase of the session. Allocates nothing after construction. [engine]</summary>
internal sealed class Recollection
{
    // Of ten answers with the motif dial in the middle one remembers.
    private const double RecallShare = .2;
    private const int FewestToRecall = 5;

    private readonly CallNote[] _notes = new CallNote[Listening.Phrase.Capacity];

    /// <summary>What was remembered last.</summary>
    internal Call Remembered { get; } = new();

    /// <summary>Every other time an answer that was cut short, with <paramref name="unplayed"/> left over, is what the next one begins with.</summary>
    internal bool TakesUp(ReadOnlySpan<AheadNote> unplayed, double motif, Xoshiro random)
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

    /// <summary>Now and then an earlier phrase of this session is taken up instead of the last: one of the same metre, not among the last two.</summary>
    internal bool Recalls(LearnedMusic learned, in Timeline timeline, double motif, Xoshiro random)
    {
        var heard = learned.Heard.Ended;
        if (heard < FewestToRecall || motif == 0 || random.NextDouble() >= RecallShare * motif) return false;
        var (archive, phrase) = (learned.Archive, random.NextInt(heard - 2));
        var index = archive.Count - heard + phrase;
        var notes = archive.Notes(index);
        if (archive.Metre(index) != timeline.Metre || notes.Length < MotifPlanning.Fewest) return false;
        var count = Math.Min(notes.Length, _notes.Length);
        for (var i = 0; i < count; i++) _notes[i] = new CallNote(timeline.BarOrigin + notes[i].Onset, notes[i].Duration, (byte)notes[i].Pitch.Number, notes[i].Velocity);
        Remembered.Take(_notes.AsSpan(0, count));
        return true;
    }
}
