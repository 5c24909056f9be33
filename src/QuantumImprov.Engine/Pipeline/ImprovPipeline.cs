using System.Reactive.Linq;
using System.Reactive.Subjects;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline.Ways;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// The way of a note, composed: messages become keys, keys become notes and phrases, notes are learned, phrases are answered, answers wait in the plan until the
/// player takes them. Time comes in with <see cref="Hear"/> and <see cref="Advance"/>; everything due is done at its own instant and in order, so that a live
/// session and a concert on virtual time give the same notes. Only operators that cost no bytes are used. [engine]
/// </summary>
public sealed partial class ImprovPipeline : IDisposable, IFloor
{
    private readonly Subject<TimedMessage> _messages = new();
    private readonly Subject<HeardNote> _notes = new();
    private readonly Subject<HostTime> _phraseEnds = new();
    private readonly IDisposable _wiring;
    private readonly Listener _listener;
    private readonly PlanAhead _ahead;
    private readonly Player _player;
    private readonly Call _call = new();
    private readonly PhraseLearning _learning = new();
    private readonly SharedTime _time = new();
    private Preset _preset;
    private double _patience;
    private Way _way;
    private readonly IWorker _worker;
    private readonly FollowingVoices _following;
    private readonly ContinueWay _substitute;
    private bool _phraseClosed;
    private long _late;
    private PhraseSpan? _closed;
    private Key? _key, _keyBefore;

    /// <summary>A pipeline that plays <paramref name="preset"/> with <paramref name="learned"/> into <paramref name="player"/>.</summary>
    /// <param name="learned">What is known; learns on.</param>
    /// <param name="preset">How to play.</param>
    /// <param name="player">Takes the notes; its turns are somebody else's business.</param>
    /// <param name="timeline">Tempo, metre and origins to begin with.</param>
    /// <param name="tempoKnown">Whether somebody stated the tempo; otherwise it is found from each phrase.</param>
    /// <param name="seed">The seed of every random choice.</param>
    /// <param name="worker">Does what takes long.</param>
    /// <param name="inSteps">Whether learning and choosing are left to <see cref="Step"/>.</param>
    public ImprovPipeline(LearnedMusic learned, Preset preset, Player player, Timeline timeline, bool tempoKnown, ulong seed, IWorker worker, bool inSteps = false)
    {
        _inSteps = inSteps;
        (_preset, _patience, _worker, _exchange) = (preset, preset.Patience, worker, new Exchange(worker));
        (Learned, _player, Timeline, TempoKnown) = (learned, player, timeline, tempoKnown);
        (_following, _exchangedFor) = (new FollowingVoices(player), preset);
        _listener = new Listener(preset.Melody, preset.Gap, Ends(preset, preset.Patience), PlanAhead.SoonestStart);
        _listener.Follow(timeline, tempoKnown);
        _ahead = new PlanAhead(player) { Lookahead = preset.Lookahead };
        SpeakAs(preset);
        learned.PlayWith(preset);
        Answering = new Answering(learned, preset, seed) { InSteps = inSteps };
        (_way, _substitute) = (Enter(preset), new ContinueWay(this));

        var keysDown = _messages.Do(m => _way.Hear(m)).Select(m => _listener.Hear(m, _late)).Where(static key => key.Change == KeyChange.Down);
        _wiring = new System.Reactive.Disposables.CompositeDisposable(
            keysDown.Subscribe(key => _way.KeyDown(key)),
            _notes.Subscribe(_ => LearnWhatIsOld()),
            _phraseEnds.Subscribe(EndPhrase));
    }

    /// <summary>What was and is being learned; another one after a <see cref="MusicChange"/> that a worker made.</summary>
    public LearnedMusic Learned { get; private set; }

    /// <summary>How answers are made.</summary>
    public Answering Answering { get; }

    /// <summary>The plan that waits to be played.</summary>
    public PlanAhead Ahead => _ahead;

    /// <summary>The bridge between musical and clock time now.</summary>
    public Timeline Timeline { get; private set; }

    /// <summary>Whether the tempo was stated, rather than found from the playing.</summary>
    public bool TempoKnown { get; private set; }

    /// <summary>Whether a MIDI clock is followed when one is heard; default it is.</summary>
    public bool FollowsClock
    {
        get => _time.IsOn;
        set => _time.IsOn = value;
    }

    /// <summary>The ticks of a MIDI clock on the input, followed or not.</summary>
    public ClockFollower Clock => _time.Clock;

    /// <summary>Whether time is kept with a MIDI clock at <paramref name="now"/>.</summary>
    public bool SharesTime(HostTime now) => _time.IsShared(now);

    /// <summary>Notes of the open phrase that were not learned yet.</summary>
    public int NotesWaiting => _learning.IsOff ? 0 : _learning.Waiting(_listener.Phrase);

    /// <summary>Phrases heard to their end.</summary>
    public int Phrases { get; private set; }

    /// <summary>Whether the performer is in the middle of a phrase.</summary>
    public bool IsPhraseOpen => !_listener.PhraseTaken && (!_listener.Phrase.IsEmpty || _listener.Held > 0);

    /// <summary>When <see cref="Advance"/> is next needed if no message comes.</summary>
    public HostTime Due => HostTime.Min(HostTime.Min(_listener.Due, _ahead.Due(Timeline)), HostTime.Min(_way.Due, Answering.Due(Timeline)));

    /// <summary>How it is played now.</summary>
    public Preset Preset => _preset;

    /// <summary>The phrase being played, or else the one closed last; null before the first.</summary>
    public PhraseSpan? LastPhrase => IsPhraseOpen && !_listener.Phrase.IsEmpty ? new PhraseSpan(Phrases + 1, _listener.Phrase.Notes[0].On, null, null) : _closed;

    /// <summary>Tells of each new timeline the pipeline finds or is given. [engine]</summary>
    public event Action<Timeline>? TimelineChanged;

    /// <summary>A message of the performer; times never decrease. Everything due before it is done first.</summary>
    public void Hear(TimedMessage message) => Hear(message, message.At);

    /// <summary>
    /// A message of the performer that was played at <paramref name="played"/>, no later than it is told: a page that was busy tells late. It is learned as it was played; what is due goes by when it is told.
    /// Neither time ever decreases.
    /// </summary>
    public void Hear(TimedMessage message, HostTime played)
    {
        Advance(message.At);
        if (_time.Hear(message))
        {
            Keep(message);
            return;
        }

        if (_listener.SettleBefore(played, out var note)) Settled(note);
        _late = message.At.Since(played);
        Told(message);
    }

    /// <summary>The same for a message of the hand that holds the chords: no melody is heard in it.</summary>
    public void HearChord(TimedMessage message, HostTime played)
    {
        Advance(message.At);
        Answering.Chords.Hear(message.Message, Timeline.ToBeats(played));
    }

    /// <summary>Does everything that is due up to and including <paramref name="now"/>, each at its own instant.</summary>
    public void Advance(HostTime now)
    {
        _following.Tend();
        TakeWhatIsReady();
        while (!HasWork)
        {
            var due = Due;
            if (due > now) break;
            if (_listener.SettleChord(due, out var note)) Settled(note);
            else if (_listener.TakePhraseEnd(due)) Ended(due);
            else if (Answering.Due(Timeline) <= due) Answering.ChooseUntil(due, Timeline);
            else if (_way.Due <= due) TurnWay(due);
            else _ahead.Turn(due, Timeline);
        }

        _reached = HostTime.Max(_reached, now);
    }

    /// <summary>From its time origin on, which is now, beats pass as <paramref name="timeline"/> says: somebody stated the tempo. Everything due before it is done first.</summary>
    public void Follow(in Timeline timeline)
    {
        Advance(timeline.TimeOrigin);
        TempoKnown = true;
        Change(timeline);
    }

    /// <summary>The session ends at <paramref name="now"/>: a phrase that was still open is kept as far as it got.</summary>
    public void Finish(HostTime now)
    {
        Advance(now);
        if (_listener.SettleChord(HostTime.Never.Plus(-1), out var note)) Settled(note);
        TakeExchanged(wait: true);
        if (!_listener.PhraseTaken && !_listener.Phrase.IsEmpty)
        {
            _call.Read(_listener.Phrase.Notes, Timeline, now);
            _learning.Learn(Learned, _listener.Phrase, _call, Timeline, open: 0);
            if (!_learning.IsOff) Learned.EndPhrase(_call, Timeline, Phrases + 1);
            BeginPhrase();
        }

        CarryOutChanges(wait: true);
        TakeExchanged(wait: true);
    }

    /// <summary>Ends what the partner plays at once, and what it was about to.</summary>
    public void Hush()
    {
        _way.Leave();
        _way = Enter(_preset);
    }

    /// <summary>Plays as <paramref name="preset"/> says from now on: what the partner plays ends, what was learned stays. Allocates unless it was prepared. [engine]</summary>
    public void Play(Preset preset)
    {
        _way.Leave();
        (_preset, _patience, _ahead.Lookahead) = (preset, preset.Patience, preset.Lookahead);
        _listener.Attend(preset.Melody, preset.Gap, Ends(preset, preset.Patience));
        SpeakAs(preset);
        Learned.PlayWith(preset);
        Answering.PlayAs(preset);
        _way = Enter(preset);
    }

    /// <inheritdoc/>
    public void Dispose() => _wiring.Dispose();

    // With the clock's beat; its stop ends what the partner plays, as it ends everything else that keeps with it.
    private void Keep(in TimedMessage message)
    {
        if (SharedTime.Stops(message) && _time.IsShared(message.At)) Hush();
        if (!_time.TryCorrect(Timeline, message.At, out var corrected)) return;
        TempoKnown = true;
        Change(corrected);
    }

    // Ends are predicted where the partner waits for them; in the other ways they only say what is learned as one phrase.
    private static EndPrediction? Ends(Preset preset, double patience) => preset.Way.Way == WayOfPlaying.Answer ? new EndPrediction(preset.Gap, patience) : null;

    private void SpeakAs(Preset preset)
    {
        _ahead.Speak(0, preset.Channel - 1);
        for (var voice = 1; voice < PlanAhead.MostVoices; voice++) _ahead.Speak(voice, Math.Max(0, preset.Voice(voice + 1).Channel - 1));
    }

    private Way Enter(Preset preset)
    {
        var way = WayFor(preset);
        way.Enter();
        return way;
    }

    private Way MakeWay(Preset preset) => preset.Way.Way switch
    {
        WayOfPlaying.Trade => new TradeWay(this, preset.Way),
        WayOfPlaying.Duet => new DuetWay(this),
        WayOfPlaying.Follow => new FollowWay(this, preset),
        WayOfPlaying.Continue => new ContinueWay(this),
        _ => new AnswerWay(this),
    };

    private void BeginPhrase()
    {
        _listener.BeginPhrase();
        _learning.Begin(IsFrozen);
    }

    private void LearnWhatIsOld()
    {
        if (_learning.Waiting(_listener.Phrase) < PhraseLearning.MostWaiting) return;
        var notes = _listener.Phrase.Notes;
        var now = notes[^1].On;
        if (!TempoKnown) FindBeat(notes, now);
        FinishLesson();
        _call.Read(notes, Timeline, now);
        if (!BeginLesson(PhraseLearning.StillOpen)) _learning.Learn(Learned, _listener.Phrase, _call, Timeline, PhraseLearning.StillOpen);
    }

    private void EndPhrase(HostTime now)
    {
        if (!TempoKnown) FindBeat(_listener.Phrase.Notes, now);
        AwaitExchanged();
        if (EndsInSteps(now)) return;
        _way.PhraseEnded(now);
        AfterPhrase();
    }

    private void AfterPhrase()
    {
        MarkOpening();
        _phraseClosed = false;
        CarryOutWhenChosen();
    }

    // What the answer took up of the phrase it answers.
    private void MarkOpening()
    {
        var plan = Answering.Plan;
        if (_closed is not { } phrase || phrase.Number != Phrases || plan.Recalls || plan.TakesUp || plan.MotifNotes == 0) return;
        // A turn that ends without an answer leaves the plan of an earlier one, which took up something else.
        if (_call.Notes.IsEmpty || plan.OpeningEnds <= _call.Notes[0].Onset || plan.OpeningEnds > _call.End) return;
        _closed = phrase with { OpeningEnds = Timeline.ToHost(plan.OpeningEnds) };
    }

    // The phrase's first onset becomes a bar line of the beat found in it; without one, the present does.
    private void FindBeat(ReadOnlySpan<HeardNote> notes, HostTime now)
    {
        var tempo = BeatFinding.Find(notes);
        var origin = tempo is null ? now : notes[0].On;
        var beats = Timeline.ToBeats(origin);
        Change(new Timeline(tempo ?? Timeline.Tempo, Timeline.Metre, beats, origin, beats));
    }

    private void Change(in Timeline timeline)
    {
        Timeline = timeline;
        _listener.Follow(timeline, TempoKnown);
        TimelineChanged?.Invoke(timeline);
    }
}
