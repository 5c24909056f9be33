using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline.Ways;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>What the ways of playing stand on.</summary>
public sealed partial class ImprovPipeline
{
    /// <inheritdoc/>
    Player IFloor.Player => _player;

    /// <inheritdoc/>
    FollowingVoices IFloor.Following => _following;

    /// <inheritdoc/>
    bool IFloor.HearsPercussionAsPitch => _listener.HearsPercussionAsPitch;

    /// <inheritdoc/>
    Call IFloor.Call => _call;

    /// <inheritdoc/>
    bool IFloor.IsPhraseTaken => _listener.PhraseTaken;

    /// <inheritdoc/>
    bool IFloor.HasNotes => !_listener.PhraseTaken && !_listener.Phrase.IsEmpty;

    /// <inheritdoc/>
    bool IFloor.MayResume => !_phraseClosed;

    /// <inheritdoc/>
    bool IFloor.EndIsCertain => _listener.IsCertain;

    /// <inheritdoc/>
    HostTime IFloor.LastActivity => _listener.Phrase.LastActivity;

    /// <inheritdoc/>
    void IFloor.BeginPhrase() => BeginPhrase();

    /// <inheritdoc/>
    void IFloor.GoOn() => _listener.Wait();

    /// <inheritdoc/>
    void IFloor.BeginBars(HostTime at)
    {
        var beats = Timeline.ToBeats(at);
        Change(Timeline with { BeatOrigin = beats, TimeOrigin = at, BarOrigin = beats });
    }

    /// <inheritdoc/>
    void IFloor.ListenIn(HostTime now)
    {
        var notes = _listener.Phrase.Notes;
        if (_listener.PhraseTaken || notes.IsEmpty) return;
        FinishLesson();
        _call.Read(notes, Timeline, now);
        _learning.Learn(Learned, _listener.Phrase, _call, Timeline, StillHeld(notes));
    }

    private static int StillHeld(ReadOnlySpan<HeardNote> notes)
    {
        var held = 0;
        while (held < notes.Length && notes[notes.Length - 1 - held].Off == HostTime.Never) held++;
        return held;
    }

    /// <inheritdoc/>
    void IFloor.ResumePhrase()
    {
        _listener.ResumePhrase();
        if (!_learning.IsOff) Learned.ResumePhrase();
        _key = _keyBefore;
        Phrases--;
    }

    /// <inheritdoc/>
    Key IFloor.JudgeKey(bool ended)
    {
        _keyBefore = _key;
        var key = Answering.FixedKey ?? Learned.KeyFor(_call, Timeline, _key, ended);
        _key = key;
        return key;
    }

    /// <inheritdoc/>
    Key IFloor.Close(HostTime now)
    {
        _listener.EndPhrase();
        if (_kept is not { } key)
        {
            FinishLesson();
            _call.Read(_listener.Phrase.Notes, Timeline, now);
            _learning.Learn(Learned, _listener.Phrase, _call, Timeline, open: 0);
            key = Keep();
        }

        _kept = null;
        Phrases++;
        if (!_call.Notes.IsEmpty) _closed = new PhraseSpan(Phrases, _listener.Phrase.Notes[0].On, _listener.Phrase.LastPlayed, null);
        return key;
    }
}
