using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Teaches the notes of the phrase being played, each once. A note is learned with its length and its place in the bar, so it waits until the phrase is over; of a phrase that goes on and on the
/// older notes are learned meanwhile. Allocates nothing. [engine]
/// </summary>
internal sealed class PhraseLearning
{
    /// <summary>So many notes may wait; then all but the newest are learned.</summary>
    internal const int MostWaiting = 128;

    /// <summary>What stays waiting then: its lengths and its beat may still change.</summary>
    internal const int StillOpen = 16;

    private int _learned;

    /// <summary>Notes of <paramref name="phrase"/> that wait to be learned.</summary>
    internal int Waiting(Phrase phrase) => phrase.LetGo + phrase.Notes.Length - _learned;

    /// <summary>Whether what is played now is not to be learned: the performer's line only moves past it.</summary>
    internal bool IsOff { get; private set; }

    /// <summary>Another phrase begins, which is not to be learned when <paramref name="off"/>.</summary>
    internal void Begin(bool off) => (_learned, IsOff) = (0, off);

    /// <summary>The rest of the phrase is not to be learned.</summary>
    internal void TurnOff() => IsOff = true;

    /// <summary>Learns from <paramref name="call"/>, which is <paramref name="phrase"/> on the grid of <paramref name="timeline"/>, all but the last <paramref name="open"/> notes.</summary>
    internal void Learn(LearnedMusic learned, Phrase phrase, Call call, in Timeline timeline, int open)
    {
        while (LearnPiece(learned, phrase, call, timeline, open))
        {
        }
    }

    /// <summary>The next piece of that alone; false when there is none left.</summary>
    internal bool LearnPiece(LearnedMusic learned, Phrase phrase, Call call, in Timeline timeline, int open)
    {
        if (Left(phrase, call, open) <= 0) return false;
        var index = Math.Max(0, _learned - phrase.LetGo);
        var note = call.Notes[index];
        var heard = new TimedPitch(note.Pitch, NoteTime.Played(note.Onset, note.Duration, timeline.BarOrigin, timeline.Metre));
        if (IsOff) learned.Pass(heard);
        else if (!learned.HearPiece(heard)) return true;
        _learned = phrase.LetGo + index + 1;
        return true;
    }

    /// <summary>How many of these notes there are; 0 or less: none.</summary>
    internal int Left(Phrase phrase, Call call, int open) => call.Notes.Length - open - Math.Max(0, _learned - phrase.LetGo);
}
