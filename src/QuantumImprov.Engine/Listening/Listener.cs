using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// The listening room as one step: keys in, settled melody notes and phrase ends out. Time is an input; the same keys at the same times give the same notes
/// whether they come live or from a file. Allocates nothing in steady state. [engine]
/// </summary>
/// <param name="voice">Which note of a chord is heard.</param>
/// <param name="gap">The silence that ends a phrase.</param>
/// <param name="prediction">Says when less silence is enough, or more is needed; null: it is always <paramref name="gap"/>'s.</param>
/// <param name="lead">How long before the silence is enough the end is taken, in nanoseconds; not before the last key has come up. It is then a guess that the next key undoes.</param>
public sealed class Listener(MelodyVoice voice, PhraseGap gap, EndPrediction? prediction = null, long lead = 0)
{
    private const double LongestBreath = 2;

    private readonly Keyboard _keyboard = new();
    private readonly ChordGrouping _chords = new(voice);
    private readonly Articulation _articulation = new();
    private readonly PhraseLengths _lengths = new();
    private readonly KeyFinding _key = new();
    private Timeline _timeline;
    private bool _tempoKnown;
    private HostTime _followed = new(long.MinValue);
    private HostTime? _end;
    private bool _ended, _waits;

    /// <summary>The phrase being played, or just ended and not yet cleared.</summary>
    public Phrase Phrase { get; } = new();

    /// <summary>Whether the end of the phrase was taken and nothing was played since.</summary>
    public bool PhraseTaken => _ended;

    /// <inheritdoc cref="Keyboard.HearsPercussionAsPitch"/>
    public bool HearsPercussionAsPitch => _keyboard.HearsPercussionAsPitch;

    /// <summary>Keys that are down.</summary>
    public int Held => _keyboard.Held;

    /// <summary>When something will have to be decided without further input; <see cref="HostTime.Never"/> if nothing.</summary>
    public HostTime Due => HostTime.Min(_chords.Due, PhraseEndDue);

    /// <summary>When the phrase will have ended if nothing more is played; never while a key is held, or when its end was taken already.</summary>
    public HostTime PhraseEndDue =>
        _ended || _waits || _chords.Due != HostTime.Never || Phrase.IsEmpty || _keyboard.Held > 0 ? HostTime.Never : _end ??= HostTime.Max(_followed, FindEnd());

    /// <summary>What speaks for the end of the phrase now; null while a key is held or nothing was played.</summary>
    public EndEvidence? Evidence => _chords.Due != HostTime.Never || Phrase.IsEmpty || _keyboard.Held > 0 ? null : EndEvidence.Of(Phrase, _articulation, _lengths, _key.Key, _timeline, _tempoKnown);

    /// <summary>
    /// Takes the tempo into account from the timeline's time origin on; <paramref name="known"/> when somebody stated it. A silence that has become shorter ends a
    /// phrase then at the earliest, not in the past.
    /// </summary>
    public void Follow(in Timeline timeline, bool known) => (_timeline, _tempoKnown, _followed, _end) = (timeline, known, timeline.TimeOrigin, null);

    /// <summary>What <paramref name="message"/> did to the keyboard; a key that went down opens or joins a chord. Everything due before it was settled.</summary>
    /// <param name="message">At the time it is told; never earlier than the one before.</param>
    /// <param name="late">How much earlier it was played, in nanoseconds, 0 or more. The music is heard as it was played; what is due goes by when it is told.</param>
    public KeyEvent Hear(TimedMessage message, long late = 0)
    {
        var silent = _keyboard.Held == 0;
        var key = _keyboard.Hear(message) with { Late = late };
        _end = null;
        switch (key.Change)
        {
            case KeyChange.Down:
                _waits = false;
                if (_chords.Due == HostTime.Never) Articulate(key.Played, silent);
                _chords.Add(key);
                break;
            case KeyChange.Up or KeyChange.AllUp:
                _chords.Release(key);
                Phrase.Release(key);
                break;
        }

        return key;
    }

    /// <summary>Settles the open chord if it is due; its leading note joins the phrase.</summary>
    public bool SettleChord(HostTime now, out HeardNote note)
    {
        if (!_chords.Settle(now, out note)) return false;
        Add(note);
        return true;
    }

    /// <summary>Settles the open chord when what was played at <paramref name="played"/> is no part of it, however soon it was told.</summary>
    public bool SettleBefore(HostTime played, out HeardNote note)
    {
        note = default;
        if (!_chords.IsOver(played)) return false;
        Add(note = _chords.Close());
        return true;
    }

    /// <summary>Whether the phrase has ended by <paramref name="now"/>; true once for each phrase.</summary>
    public bool TakePhraseEnd(HostTime now)
    {
        if (now < PhraseEndDue) return false;
        _ended = true;
        return true;
    }

    /// <summary>Whether the phrase's end, foretold after its last note, is one that needs no silence (<see cref="EndPrediction.IsCertain"/>).</summary>
    public bool IsCertain { get; private set; }

    /// <summary>The phrase is over, whatever speaks for it.</summary>
    public void EndPhrase() => _ended = true;

    /// <summary>The phrase thought to be over goes on: nothing has sounded in between.</summary>
    public void ResumePhrase() => _ended = false;

    /// <summary>The phrase thought to be over goes on, and no silence ends it before the next key.</summary>
    public void Wait() => (_ended, _waits) = (false, true);

    /// <summary>From now on listens to <paramref name="melody"/>, and takes phrases to be over by <paramref name="silence"/> and <paramref name="ends"/>.</summary>
    public void Attend(MelodyVoice melody, PhraseGap silence, EndPrediction? ends)
    {
        (gap, prediction, _end) = (silence, ends, null);
        _chords.Voice = melody;
    }

    /// <summary>Listens as to somebody who has not played yet; the phrase, if any, is gone. No key is down.</summary>
    public void BeginAnew()
    {
        BeginPhrase();
        _articulation.Forget();
        _lengths.Forget();
        _key.Clear();
        _end = null;
    }

    /// <summary>Another phrase begins.</summary>
    public void BeginPhrase()
    {
        _ended = _waits = false;
        if (_tempoKnown && !Phrase.IsEmpty && Phrase.LetGo == 0) _lengths.Hear(_timeline.ToBeats(Phrase.LastActivity) - _timeline.ToBeats(Phrase.Notes[0].On));
        Phrase.Clear();
    }

    private void Add(in HeardNote note)
    {
        Phrase.Add(note, _chords.Told);
        _key.Hear(note.Pitch);
        _end = null;
    }

    private HostTime FindEnd()
    {
        IsCertain = false;
        if (prediction is not { } ends) return Phrase.LastActivity.Plus(gap.Nanoseconds(_timeline, _tempoKnown));
        var evidence = EndEvidence.Of(Phrase, _articulation, _lengths, _key.Key, _timeline, _tempoKnown);
        IsCertain = _tempoKnown && ends.IsCertain(evidence);
        return HostTime.Max(Phrase.LastActivity, ends.SureAt(evidence, _timeline, _tempoKnown).Plus(-lead));
    }

    // How the performer goes on from note to note. After a bar of silence, or two seconds, something else begins.
    private void Articulate(HostTime onset, bool silent)
    {
        if (Phrase.IsEmpty) return;
        var last = Phrase.Notes[^1];
        var silence = silent ? Math.Max(0, onset.SecondsSince(Phrase.LastPlayed)) : 0;
        var bar = _tempoKnown ? _timeline.Metre.Bar.Quarters * _timeline.Tempo.NanosecondsPerQuarter * 1e-9 : LongestBreath;
        if (silence < bar) _articulation.Hear(HostTime.Min(last.Off, onset).SecondsSince(last.On), onset.SecondsSince(last.On), silence);
    }
}
