using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// The listening room as one step: keys in, settled melody notes and phrase ends out. Time is an input; the same keys at the same times give the same notes
/// whether they come live or from a file. Allocates nothing in steady state. [engine]
/// </summary>
public sealed class Listener(MelodyVoice voice, PhraseGap gap)
{
    private readonly Keyboard _keyboard = new();
    private readonly ChordGrouping _chords = new(voice);
    private long _gapNanoseconds = gap.Nanoseconds(default, known: false);
    private HostTime _followed = new(long.MinValue);
    private bool _ended;

    /// <summary>The phrase being played, or just ended and not yet cleared.</summary>
    public Phrase Phrase { get; } = new();

    /// <summary>Whether the end of the phrase was taken and nothing was played since.</summary>
    public bool PhraseTaken => _ended;

    /// <summary>Keys that are down.</summary>
    public int Held => _keyboard.Held;

    /// <summary>When something will have to be decided without further input; <see cref="HostTime.Never"/> if nothing.</summary>
    public HostTime Due => HostTime.Min(_chords.Due, PhraseEndDue);

    /// <summary>When the phrase will have ended if nothing more is played; never while a key is held, or when its end was taken already.</summary>
    public HostTime PhraseEndDue =>
        _ended || _chords.Due != HostTime.Never || Phrase.IsEmpty || _keyboard.Held > 0 ? HostTime.Never : HostTime.Max(_followed, Phrase.LastActivity.Plus(_gapNanoseconds));

    /// <summary>
    /// Takes the tempo into account from the timeline's time origin on; <paramref name="known"/> when somebody stated it. A gap that has become shorter ends a
    /// phrase then at the earliest, not in the past.
    /// </summary>
    public void Follow(in Timeline timeline, bool known) => (_gapNanoseconds, _followed) = (gap.Nanoseconds(timeline, known), timeline.TimeOrigin);

    /// <summary>What <paramref name="message"/> did to the keyboard; a key that went down opens or joins a chord. Everything due before it was settled.</summary>
    public KeyEvent Hear(TimedMessage message)
    {
        var key = _keyboard.Hear(message);
        switch (key.Change)
        {
            case KeyChange.Down:
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
        Phrase.Add(note);
        return true;
    }

    /// <summary>Whether the phrase has ended by <paramref name="now"/>; true once for each phrase.</summary>
    public bool TakePhraseEnd(HostTime now)
    {
        if (now < PhraseEndDue) return false;
        _ended = true;
        return true;
    }

    /// <summary>The phrase thought to be over goes on: nothing has sounded in between.</summary>
    public void ResumePhrase() => _ended = false;

    /// <summary>Another phrase begins.</summary>
    public void BeginPhrase()
    {
        _ended = false;
        Phrase.Clear();
    }
}
