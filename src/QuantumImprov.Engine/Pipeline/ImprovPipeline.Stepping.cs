using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline.Ways;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Learning and choosing in small steps, for whoever has no thread but one that must never be kept: each note learned and each note chosen is a step. While there is work, musical time stands: nothing is heard, nothing else
/// becomes due, and so everything comes out as if it had been done at once.
/// </summary>
public sealed partial class ImprovPipeline
{
    private readonly bool _inSteps;
    private int? _lesson;
    private HostTime? _ending;
    private bool _changesWait;

    /// <summary>Whether <see cref="Step"/> is needed before anything more is heard, asked for or advanced to. Always false unless it was made to work in steps.</summary>
    public bool HasWork => _lesson is not null || _ending is not null || (_inSteps && Answering.IsChoosing);

    /// <summary>Notes that are going to be learned by the next steps.</summary>
    public int NotesToLearn => _lesson is { } open ? Math.Max(0, _learning.Left(_listener.Phrase, _call, open)) : 0;

    /// <summary>Does the next piece of work; there is some.</summary>
    /// <param name="now">When.</param>
    /// <param name="hand">Whether notes that were chosen and are due go to the player already, though others are still to be chosen.</param>
    public void Step(HostTime now, bool hand)
    {
        if (_lesson is { } open)
        {
            if (_learning.LearnNext(Learned, _listener.Phrase, _call, Timeline, open) && NotesToLearn > 0) return;
            _lesson = null;
        }
        else if (_ending is { } ended)
        {
            _ending = null;
            _way.PhraseEnded(ended);
            AfterPhrase();
        }
        else
        {
            Answering.ChooseNext();
            if (hand) _ahead.Turn(now, Timeline);
            if (!Answering.IsChoosing && _changesWait) CarryOutWhenChosen();
        }
    }

    /// <summary>
    /// Something that closes the phrase is going to be asked for at <paramref name="now"/> (<see cref="Stop"/>, <see cref="EndCall"/>, <see cref="TakeOver"/>, <see cref="Freeze"/>): begins to learn it in steps, which is
    /// what the asking would otherwise do at once. Everything due before was done. Does nothing when nothing is to be learned.
    /// </summary>
    public void Foresee(HostTime now)
    {
        if (!_inSteps || HasWork || !HasPhrase(now) || HasWork) return;
        _call.Read(_listener.Phrase.Notes, Timeline, now);
        BeginLesson(0);
    }

    /// <summary>The phrase heard last is going to be forgotten (<see cref="ForgetLast"/>): of an answer under way everything is chosen first, in steps, because a line does not go on in music that is no longer known. Everything due before was done.</summary>
    public void ForeseeForgetting() => Answering.ChooseRest();

    // Learning in steps all but the last `open` notes of the call as it was just read; false when it is to be done at once.
    private bool BeginLesson(int open)
    {
        if (!_inSteps || _learning.Left(_listener.Phrase, _call, open) <= 0) return false;
        _lesson = open;
        return true;
    }

    // Somebody needs it now.
    private void FinishLesson()
    {
        if (_lesson is not { } open) return;
        _lesson = null;
        _learning.Learn(Learned, _listener.Phrase, _call, Timeline, open);
    }

    private bool EndsInSteps(HostTime now)
    {
        if (!_inSteps || !_way.ClosesPhrase) return false;
        _call.Read(_listener.Phrase.Notes, Timeline, now);
        if (!BeginLesson(0)) return false;
        _ending = now;
        return true;
    }

    private void TurnWay(HostTime due)
    {
        if (_inSteps && _way.TurnReads is var reads and not Reading.Nothing && !_listener.PhraseTaken && !_listener.Phrase.IsEmpty)
        {
            var notes = _listener.Phrase.Notes;
            _call.Read(notes, Timeline, due);
            if (BeginLesson(reads == Reading.Whole ? 0 : StillHeld(notes))) return;
        }

        _way.Turn(due);
    }

    // In steps the rooms call each other; otherwise they are composed. What is done is the same.
    private void Told(TimedMessage message)
    {
        if (!_inSteps)
        {
            _messages.OnNext(message);
            return;
        }

        _way.Hear(message);
        var key = _listener.Hear(message, _late);
        if (key.Change == KeyChange.Down) _way.KeyDown(key);
    }

    private void Settled(in HeardNote note)
    {
        if (_inSteps) LearnWhatIsOld();
        else _notes.OnNext(note);
    }

    private void Ended(HostTime due)
    {
        if (_inSteps) EndPhrase(due);
        else _phraseEnds.OnNext(due);
    }

    private void CarryOutWhenChosen()
    {
        _changesWait = Answering.IsChoosing;
        if (!_changesWait) CarryOutChanges(_worker.MayBeWaitedFor);
    }
}
