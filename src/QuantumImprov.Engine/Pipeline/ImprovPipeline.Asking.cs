using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline.Ways;
using QuantumImprov.Engine.Presets;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>What can be asked of it beside playing. Everything due before was done.</summary>
public sealed partial class ImprovPipeline
{
    /// <summary>Whether the partner is silent, whatever it would play.</summary>
    public bool IsMuted => _ahead.IsMuted;

    /// <summary>Whether the partner plays on in the performer's place.</summary>
    public bool IsTakenOver => _way is ContinueWay { IsPlaying: true };

    /// <summary>Whether nothing is learned. A phrase that had begun before is learned as far as it had got.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Where the dials stand. What acts on the law acts on the next note that is chosen, what shapes answers on the next one, patience from the next silence on. [engine]</summary>
    public LiveSettings Settings
    {
        get => new(Answering.Dials, Answering.Rules, _patience) { Lookahead = _ahead.Lookahead };
        set
        {
            (Answering.Dials, Answering.Rules, _ahead.Lookahead) = (value.Law, value.Shape, value.Lookahead);
            if (value.Patience == _patience) return;
            _patience = value.Patience;
            _listener.Attend(_preset.Melody, _preset.Gap, Ends(_preset, _patience));
        }
    }

    /// <summary>Silences the partner, or lets it sound again: it goes on listening, learning and answering meanwhile. [engine]</summary>
    public void Mute(bool muted)
    {
        if (muted == IsMuted) return;
        _ahead.Mute(muted);
        _way.MuteChanged();
    }

    /// <summary>
    /// Ends what the partner plays and was about to, and the performer's phrase, which is kept as far as it got and not answered; keys that seem to be down are taken to be up. What is played next begins anew. [engine]
    /// </summary>
    public void Stop(HostTime now)
    {
        Hush();
        _listener.Hear(new TimedMessage(now, ShortMessage.Control(0, 123, 0)));
        if (!HasPhrase(now)) return;
        AwaitExchanged();
        ((IFloor)this).Close(now);
        _phraseClosed = true;
        CarryOutChanges(_worker.MayBeWaitedFor);
    }

    /// <summary>The performer's phrase is over, whatever speaks against it: it is answered at the next felt beat, where the way of playing answers phrases. Does nothing when no phrase is open. [engine]</summary>
    public void EndCall(HostTime now)
    {
        if (!HasPhrase(now)) return;
        AwaitExchanged();
        _way.CallEnded(now);
        AfterPhrase();
        _phraseClosed = true;
    }

    /// <summary>From the next beat on the partner plays in the performer's place, whatever the way of playing, or leaves it to him again. [engine]</summary>
    public void TakeOver(bool begins, HostTime now)
    {
        if (begins == IsTakenOver) return;
        if (!begins)
        {
            Hush();
            return;
        }

        HasPhrase(now);
        if (_way is not ContinueWay)
        {
            _way.Leave();
            _way = _substitute;
        }

        ((ContinueWay)_way).Begin(now);
    }

    /// <summary>What the partner plays, or played last, is drawn anew and begins at the next strong beat; does nothing while the performer plays or before the first answer. [engine]</summary>
    public void Mutate(HostTime now)
    {
        if (IsPhraseOpen || Answering.Answers == 0 || _call.Notes.IsEmpty) return;
        // What sounded, and will sound again, is no breath within the phrase.
        _phraseClosed = true;
        _way.Mutate(now);
    }

    /// <summary>From now on nothing is learned, or everything is again from the next phrase on; answers go on. [engine]</summary>
    public void Freeze(bool frozen, HostTime now)
    {
        if (frozen == IsFrozen) return;
        IsFrozen = frozen;
        if (_listener.PhraseTaken)
        {
            // It cannot go on, half of it learned.
            _phraseClosed = true;
        }
        else if (!HasPhrase(now))
        {
            _learning.Begin(frozen);
        }
        else if (frozen && !_learning.IsOff)
        {
            _call.Read(_listener.Phrase.Notes, Timeline, now);
            _learning.Learn(Learned, _listener.Phrase, _call, Timeline, open: 0);
            Learned.EndPhrase(_call, Timeline, Phrases + 1);
            _learning.TurnOff();
        }
    }

    // Whether the performer is in a phrase of at least a note; one that was just struck is among them. Its beat is found.
    private bool HasPhrase(HostTime now)
    {
        if (_listener.SettleChord(HostTime.Never.Plus(-1), out var note)) Settled(note);
        if (_listener.PhraseTaken || _listener.Phrase.IsEmpty) return false;
        if (!TempoKnown) FindBeat(_listener.Phrase.Notes, now);
        return true;
    }
}
