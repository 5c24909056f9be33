using System.Collections.Concurrent;
using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Quantum.Bank;

namespace QuantumImprov.Engine.Session;

/// <summary>
/// The one application service: messages and commands in, notes to the player, snapshots out. One thread, the engine's, calls everything but
/// <see cref="Submit"/>; the player's turns belong to the player's thread.
/// </summary>
public sealed partial class ImprovSession : IDisposable
{
    private const long BankPeriod = 1_000_000_000;

    private readonly ConcurrentQueue<SessionCommand> _commands = new();
    private readonly ConcurrentQueue<ShotBatch> _batches = new();
    private readonly SessionSetup _setup;
    private readonly Controls _controls;
    private readonly OwnNotes? _own;
    private HostTime _tended;
    private ShotOrigin _lastOrigin;
    private string _planInWords = "";
    private ulong _planOfAnswer;
    private AnswerView? _answer;
    private ImmutableArray<int> _favoured = [];

    /// <summary>A session that plays as <paramref name="setup"/> says, into <paramref name="player"/> or, when that is null, one of its own.</summary>
    public ImprovSession(SessionSetup setup, Player? player = null)
    {
        (_setup, _follows) = (setup, setup.Follows);
        _controls = new Controls(setup.Controls);
        Player = player ?? new Player();
        _clock = setup.SendsClock ? new ClockOut(Player) : null;
        var timeline = new Timeline(setup.Tempo ?? default, setup.Metre, Beats.Zero, setup.Start);
        Pipeline = new ImprovPipeline(setup.Learned, setup.Preset, Player, timeline, setup.Tempo is not null, setup.Seed, setup.Worker);
        Pipeline.FollowsClock = setup.Follows.HasFlag(TimeSources.Clock);
        Pipeline.Ahead.Latency = setup.Latency;
        Pipeline.Answering.Witness = Decisions;
        Pipeline.Answering.Banked = (ShotChoosing?)setup.Banked ?? setup.Recorded;
        Pipeline.Answering.Chart = setup.Chart;
        if (setup.MayHearItself)
        {
            var own = _own = new OwnNotes();
            Pipeline.Ahead.Handed += (on, note) => own.Send(Pipeline.Ahead.LeavesAt(on, note), on, Pipeline.Ahead.ChannelOf(note), note.Pitch, note.Velocity);
        }

        if (setup.Banked is not null) Pipeline.Ahead.Handed += Hand;
    }

    /// <summary>Emits the notes. Somebody calls its turns.</summary>
    public Player Player { get; }

    /// <summary>The rooms, composed.</summary>
    public ImprovPipeline Pipeline { get; }

    /// <summary>The decisions made lately, while it is switched on. [any]</summary>
    public DecisionLog Decisions { get; } = new();

    /// <summary>What is known and being learned.</summary>
    public LearnedMusic Learned => Pipeline.Learned;

    /// <summary>Tells of each command when it is carried out, with the session's time of that moment: the session does the same again when it is given the command at that time. [engine]</summary>
    public event Action<SessionCommand>? CarriedOut;

    /// <summary>
    /// Tells that the song of a host ended what the partner played (the first), or is kept with as the pipeline's next timeline says (the second), or both, before it is done: the session does the same again when it is given
    /// <see cref="KeepWithSong"/>. [engine]
    /// </summary>
    public event Action<HostTime, bool, bool>? SongKept;

    /// <summary>The bank of shots that chooses where it can; null: there is none. [engine]</summary>
    public ShotBank? Bank => _setup.Banked?.Bank;

    /// <summary>Tells of each note that goes to the player, with the instant at which it will sound, when there is a bank of shots. [engine]</summary>
    public event Action<HostTime, AheadNote>? Handed;

    /// <summary>Tells of each batch when it enters the bank, with the session's time of that moment. [engine]</summary>
    public event Action<HostTime, ShotBatch>? Deposited;

    /// <summary>The wall clock at an instant of the session.</summary>
    public DateTimeOffset WallAt(HostTime time) => _setup.StartedAt + TimeSpan.FromTicks((time.Nanoseconds - _setup.Start.Nanoseconds) / 100);

    /// <summary>When <see cref="Advance"/> is next needed if nothing comes in. [engine]</summary>
    public HostTime Due => HostTime.Min(HostTime.Min(Pipeline.Due, _controls.Due), _clock?.Due(Pipeline.Timeline) ?? HostTime.Never);

    /// <summary>A message of the performer; times never decrease. False when it was no music of his: a control's, of which <see cref="CarriedOut"/> tells what it asked for, or a note of the partner's own that came back. [engine]</summary>
    public bool Hear(TimedMessage message) => Hear(message, message.At);

    /// <summary>The same for one that was played at <paramref name="played"/>, no later, and is told now; neither time ever decreases. [engine]</summary>
    public bool Hear(TimedMessage message, HostTime played)
    {
        MoveControls(message.At);
        var hearing = _controls.Hear(message, out var command);
        if (hearing == ControlHearing.Music && _own is not null && _own.Hears(message)) return false;
        if (hearing == ControlHearing.Music && Pipeline.Preset.IsChord(message.Message)) Pipeline.HearChord(message, played);
        else if (hearing == ControlHearing.Music && Pipeline.Preset.Hears(message.Message)) Pipeline.Hear(message, played);
        else if (hearing == ControlHearing.Asked) ApplyAt(command, message.At);
        return hearing == ControlHearing.Music;
    }

    /// <summary>Does everything that is due, then carries out waiting commands. [engine]</summary>
    public void Advance(HostTime now)
    {
        _now = now;
        MoveControls(now);
        Pipeline.Advance(now);
        if (_tapped && Pipeline.SharesTime(now)) _tapped = false;
        while (_commands.TryDequeue(out var command)) ApplyAt(command, now);
        if (_setup.Banked is { } banked) TendBank(banked, now);
        Pipeline.Advance(now);
        Signal(now);
    }

    /// <summary>Follows <paramref name="timeline"/> from now on: a tempo or metre change of a file or a clock. [engine]</summary>
    public void Follow(in Timeline timeline)
    {
        _tapped = false;
        Pipeline.Follow(timeline);
    }

    /// <summary>Asks for something; carried out at the next <see cref="Advance"/>. [any]</summary>
    public void Submit(SessionCommand command) => _commands.Enqueue(command);

    /// <summary>Brings shots; they enter the bank at the next <see cref="Advance"/>. Does nothing without a bank. [any]</summary>
    public void Submit(ShotBatch batch) => _batches.Enqueue(batch);

    /// <summary>How things stand. Allocates. [engine]</summary>
    public SessionSnapshot Snapshot(HostTime now)
    {
        if (_planOfAnswer != Pipeline.Answering.Answers)
        {
            _planOfAnswer = Pipeline.Answering.Answers;
            _planInWords = Pipeline.Answering.Plan.InWords();
        }

        return new SessionSnapshot
        {
            At = now,
            Turn = Pipeline.IsPhraseOpen ? Turn.Listening : Pipeline.Ahead.IsActive ? Turn.Answering : Turn.Idle,
            Preset = Pipeline.Preset.Name,
            Way = Pipeline.Preset.Way.Way,
            Settings = Pipeline.Settings,
            Controls = _controls.Map,
            ControlLearned = _controls.Learning?.Name,
            ControlsThinned = _controls.Thinned,
            Muted = Pipeline.IsMuted,
            Frozen = Pipeline.IsFrozen,
            TakenOver = Pipeline.IsTakenOver,
            Timeline = Pipeline.Timeline,
            TempoKnown = Pipeline.TempoKnown,
            Time = LookAtTime(now),
            Plays = Pipeline.Preset,
            Key = Learned.Performer.Key.Knows ? Learned.Performer.Key.Key : null,
            Plan = _planInWords,
            Phrases = Pipeline.Phrases,
            Changes = Pipeline.Changes,
            ChangePending = Pipeline.ChangePending,
            Chart = Pipeline.Answering.Chart,
            Repertoire = _repertoire,
            RepertoireAsked = _repertoireAsked,
            NotesHeard = Learned.NotesHeard + Pipeline.NotesWaiting,
            Consensus = Pipeline.Answering.Consensus,
            Surprise = Learned.Surprise,
            Ahead = [.. Pipeline.Ahead.Waiting],
            Phrase = Pipeline.LastPhrase,
            Answer = LookAtAnswer(),
            Decisions = Decisions.Count,
            Favoured = LookAtFavoured(),
            Bank = _setup.Banked is { } banked ? new BankSnapshot(BankName, banked.Bank.Meter, banked.View(BankName, BankIsKnown), _lastOrigin) : null,
        };
    }

    private ImmutableArray<int> LookAtFavoured()
    {
        var archive = Learned.Archive;
        if (archive.FavouredCount == 0) return _favoured = [];
        int[] numbers = [.. Enumerable.Range(archive.Count - Learned.Heard.Ended, Learned.Heard.Ended).Where(i => archive.IsFavoured(i) && archive.Number(i) > 0).Select(archive.Number)];
        return _favoured.AsSpan().SequenceEqual(numbers) ? _favoured : _favoured = [.. numbers];
    }

    // Made anew only when something in it may have changed: an answer has up to some hundred notes.
    private AnswerView? LookAtAnswer()
    {
        var (ahead, plan, number) = (Pipeline.Ahead, Pipeline.Answering.Plan, Pipeline.Answering.Answers);
        if (number == 0 || ahead.Notes.IsEmpty) return _answer = null;
        if (_answer is { } seen && seen.Number == number && seen.Decided == ahead.Decided && seen.Timeline == Pipeline.Timeline && seen.Notes.Length == ahead.Notes.Length) return seen;
        var opening = plan.MotifNotes > 0 && plan.MotifPlace + plan.MotifNotes <= plan.Count ? plan.Slots[plan.MotifPlace + plan.MotifNotes - 1] : default;
        return _answer = new AnswerView
        {
            Number = number,
            Decided = ahead.Decided,
            Timeline = Pipeline.Timeline,
            Latency = ahead.Latency,
            Start = plan.Start,
            End = plan.End,
            Motif = plan.Motif,
            MotifEnds = opening.Duration == Beats.Zero ? null : opening.Struck + opening.Duration,
            Notes = [.. ahead.Notes],
            Decisions = AnswerDecisions.Of(Decisions, number, plan.Start, ahead.Notes),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Pipeline.Dispose();

    /// <summary>The device where shots are ordered, once it is known: for <see cref="SessionSnapshot.Bank"/>. [any]</summary>
    public string BankName { get; set; } = "";

    /// <summary>Whether the laws of the device where shots are ordered are known.</summary>
    public bool BankIsKnown { get; init; }

    private void Hand(HostTime on, AheadNote note)
    {
        _lastOrigin = note.Origin;
        Handed?.Invoke(on, note);
    }

    private void TendBank(BankedChoosing banked, HostTime now)
    {
        while (_batches.TryDequeue(out var batch))
        {
            banked.Bank.Deposit(batch);
            Deposited?.Invoke(now, batch);
        }

        if (now.Nanoseconds - _tended.Nanoseconds < BankPeriod && _tended != default) return;
        _tended = now;
        banked.Tend(WallAt(now));
    }
}
