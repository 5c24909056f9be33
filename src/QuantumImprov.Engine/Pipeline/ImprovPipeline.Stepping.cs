using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline.Ways;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Learning, forgetting, closing a phrase, planning and choosing in small steps, for whoever has no thread but one that must never be kept: each note learned and each note chosen takes about a dozen. While there is work, musical time
/// stands: nothing is heard, nothing else becomes due, and so everything comes out as if it had been done at once.
/// </summary>
public sealed partial class ImprovPipeline
{
    private readonly bool _inSteps;
    private int? _lesson;
    private HostTime? _ending;
    private int _forgets = -1;
    private bool _keeps;
    private Key? _kept;
    private bool _changesWait;

    /// <summary>Whether <see cref="Step"/> is needed before anything more is heard, asked for or advanced to. Always false unless it was made to work in steps.</summary>
    public bool HasWork => _forgets >= 0 || _lesson is not null || _keeps || _ending is not null || (_inSteps && Answering.IsChoosing);

    /// <summary>About how many steps each note takes, whether it is learned or chosen.</summary>
    public const int StepsANote = LearnedMusic.PiecesANote;

    /// <summary>Notes that are going to be learned by the next steps.</summary>
    public int NotesToLearn => _lesson is { } open ? Math.Max(0, _learning.Left(_listener.Phrase, _call, open)) : 0;

    /// <summary>Whether a phrase is being forgotten, and some of it is.</summary>
    public bool IsForgetting => _forgets >= 0;

    /// <summary>Whatever was begun is left as it is, and nothing of it goes on: after a fault. [engine]</summary>
    public void LeaveWork()
    {
        (_forgets, _lesson, _keeps, _ending, _kept) = (-1, null, false, null, null);
        Answering.LeaveWork();
        Learned.LeaveWork();
    }

    /// <summary>Does the next piece of work; there is some.</summary>
    /// <param name="now">When.</param>
    /// <param name="hand">Whether notes that were chosen and are due go to the player already, though others are still to be chosen.</param>
    public void Step(HostTime now, bool hand)
    {
        if (_forgets >= 0)
        {
            _forgets = Learned.ForgetPiece(_forgets);
        }
        else if (_lesson is { } open)
        {
            if (_learning.LearnPiece(Learned, _listener.Phrase, _call, Timeline, open) && NotesToLearn > 0) return;
            _lesson = null;
        }
        else if (_keeps)
        {
            (_keeps, _kept) = (false, Keep());
        }
        else if (_ending is { } ended)
        {
            _ending = null;
            _way.PhraseEnded(ended);
            AfterPhrase();
        }
        else
        {
            if (Answering.ChoosePiece() && hand) _ahead.Turn(now, Timeline);
            if (!Answering.IsChoosing && _changesWait) CarryOutWhenChosen();
        }
    }

    /// <summary>
    /// Something that learns the whole phrase is going to be asked for at <paramref name="now"/>, and nothing else before it: begins to do so in steps, which the asking would otherwise do at once. Everything due before was done.
    /// Does nothing when nothing is to be learned.
    /// </summary>
    /// <param name="now">When.</param>
    /// <param name="closes">Whether it also closes the phrase, as <see cref="Stop"/> does, not only learns it, as <see cref="Freeze"/>.</param>
    public void Foresee(HostTime now, bool closes)
    {
        if (_inSteps && !HasWork && _kept is null && HasPhrase(now)) Begin(now, closes);
    }

    /// <summary>The same for a message that is going to be heard, of those that have the way of playing close the phrase.</summary>
    public void Foresee(TimedMessage message)
    {
        if (!_inSteps || HasWork || _kept is not null || !_way.IsClosedBy(message.Message)) return;
        if (_listener.SettleBefore(message.At, out var note)) Settled(note);
        if (!_listener.PhraseTaken && !_listener.Phrase.IsEmpty) Begin(message.At, closes: true);
    }

    private void Begin(HostTime now, bool closes)
    {
        // Settling the last chord may have made work that comes first.
        if (HasWork) return;
        _call.Read(_listener.Phrase.Notes, Timeline, now);
        BeginLesson(0);
        _keeps = closes;
    }

    /// <summary>The phrase heard last is going to be forgotten (<see cref="ForgetLast"/>): of an answer under way everything is chosen first, in steps, because a line does not go on in music that is no longer known. Everything due before was done.</summary>
    public void ForeseeForgetting() => Answering.ChooseRest();

    /// <summary>Whether <see cref="EndCall"/> would close the phrase now.</summary>
    public bool CallEndCloses => _way.CallEndCloses;

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
        BeginLesson(0);
        (_keeps, _ending) = (true, now);
        return true;
    }

    // What closing a phrase takes once its notes are learned: its key, asked before the phrase's own form is counted, which would speak for itself.
    private Key Keep()
    {
        var key = ((IFloor)this).JudgeKey(ended: true);
        if (!_learning.IsOff) Learned.EndPhrase(_call, Timeline, Phrases + 1);
        return key;
    }

    private void TurnWay(HostTime due)
    {
        if (_inSteps && _kept is null && _way.TurnReads is var reads and not Reading.Nothing && !_listener.PhraseTaken && !_listener.Phrase.IsEmpty)
        {
            var notes = _listener.Phrase.Notes;
            _call.Read(notes, Timeline, due);
            _keeps = reads == Reading.Whole;
            if (BeginLesson(_keeps ? 0 : StillHeld(notes)) || _keeps) return;
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
