using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Turns a call into an answer: plans it, has every pitch measured in turn, and fills the plan ahead. Each answer has a random stream of its own, so that what
/// one performer's interruption cuts short does not change the answers after it. Allocates nothing. [engine]
/// </summary>
public sealed class Answering(LearnedMusic learned, Preset preset, ulong seed)
{
    /// <summary>How loud the notes of a chord are beside its leading note.</summary>
    public const double ChordLoudness = .8;

    // Of ten answers with the motif dial in the middle one remembers.
    private const double RecallShare = .2;
    private const int FewestToRecall = 5;

    private readonly Planning _planning = new(preset.Rules);
    private Favouring _favouring = new(preset.KeyLock, preset.Leap);
    private readonly Candidates _candidates = new();
    private readonly Returns _returns = new();
    private readonly Energy _energy = new();
    private readonly Call _recalled = new();
    private readonly CallNote[] _recall = new CallNote[Listening.Phrase.Capacity];
    private readonly ChordCouncil _chords = new();
    private readonly Voicing _voicing = new();
    private int _shape = -1;
    private bool _accompanies;
    private CopyLimit _copying = new(preset.MaxCopy);
    private MelodicLine _line = learned.Members.NewLine();
    private readonly Xoshiro _random = new(seed);
    private ulong _answers;
    private LearnedMusic _learned = learned;
    private ulong _drawn;
    private int _struck, _place;
    private PlanAhead? _filled;
    private PresetTools[] _prepared = [];

    /// <summary>What is known; when it becomes another, the partner's line is lost and begins where the performer's stands.</summary>
    public LearnedMusic Learned
    {
        get => _learned;
        set => (_learned, _line) = (value, value.Members.NewLine());
    }

    /// <summary>The plan of the answer last made.</summary>
    public AnswerPlan Plan { get; } = new();

    /// <summary>How often shots were redrawn, and notes that no shot was kept for, over the whole session.</summary>
    public (long Redraws, long Unkept) Shots { get; private set; }

    /// <summary>Consensus of the note last chosen; NaN where the chain asks no members.</summary>
    public double Consensus { get; private set; }

    /// <summary>Answers made so far.</summary>
    public ulong Answers => _answers;

    /// <summary>Tells of each plan before its first note is chosen; it is the same <see cref="Plan"/> every time. [engine]</summary>
    public event Action<AnswerPlan>? Planned;

    /// <summary>A bank of shots that chooses where it can; null: the chain's own simulator chooses everything.</summary>
    public BankedChoosing? Banked { get; set; }

    /// <summary>Where the dials stand. May be turned while playing.</summary>
    public DialSettings Dials { get; set; } = new(preset.Coherence, preset.Phase, preset.Novelty);

    /// <summary>What says how answers are planned; a change shapes the next one.</summary>
    public PlanningRules Rules
    {
        get => _planning.Rules;
        set => _planning.Rules = value;
    }

    /// <summary>Told of every decision as soon as it is made; null: nobody.</summary>
    public IDecisionWitness? Witness { get; set; }

    /// <summary>Whether an answer's notes are left to be chosen one by one by <see cref="ChooseNext"/>; default: all are chosen at once.</summary>
    internal bool InSteps { get; init; }

    /// <summary>Whether notes of the present answer are still to be chosen.</summary>
    public bool IsChoosing => _filled is not null;

    /// <summary>Draws from now on as if no answer had been made, from <paramref name="other"/>; what was learned stays. Allocates nothing. [engine]</summary>
    public void BeginAnew(ulong other)
    {
        (seed, _drawn) = (other, 0);
        _energy.Forget();
        _copying.Restart();
        _shape = -1;
        _accompanies = false;
    }

    /// <summary>Makes ready what playing as any of <paramref name="presets"/> says needs, so that <see cref="PlayAs"/> one of them allocates nothing. Allocates.</summary>
    internal void Prepare(ImmutableArray<Preset> presets) => _prepared = [.. presets.Select(p => new PresetTools(p))];

    /// <summary>What is known becomes <paramref name="music"/>, of which <paramref name="line"/> is a new line; as setting <see cref="Learned"/>, without allocating.</summary>
    internal void Adopt(LearnedMusic music, MelodicLine line) => (_learned, _line) = (music, line);

    /// <summary>Plays as <paramref name="other"/> says from now on; the dials stand where it puts them. Allocates unless it was prepared.</summary>
    public void PlayAs(Preset other)
    {
        preset = other;
        var tools = ToolsFor(other);
        (_planning.Rules, _favouring, _copying) = (other.Rules, tools.Favouring, tools.Copying);
        _copying.Restart();
        Dials = new DialSettings(other.Coherence, other.Phase, other.Novelty);
    }

    /// <summary>Answers <paramref name="call"/> from <paramref name="start"/> on, in <paramref name="key"/>, into <paramref name="ahead"/>; in <paramref name="bars"/> bars or, when that is 0, as many as the call suggests.</summary>
    public void Answer(Call call, Beats start, in Timeline timeline, Key key, HostTime now, PlanAhead ahead, int bars = 0)
    {
        // What was cut short did not sound as it was chosen: the line of copies begins anew.
        if (ahead.WasDropped) _copying.Restart();
        PlanReply(call, bars, 0, start, timeline, key, ahead.Unplayed);
        Planned?.Invoke(Plan);
        Fill(ahead, now);
    }

    /// <summary>Answers <paramref name="call"/>, which was answered before, once more from <paramref name="start"/> on, in the same key and with another draw.</summary>
    public void AnswerAgain(Call call, Beats start, in Timeline timeline, HostTime now, PlanAhead ahead, int bars = 0)
    {
        if (ahead.WasDropped) _copying.Restart();
        PlanReply(call, bars, 0, start, timeline, Plan.Key, [], again: true);
        Planned?.Invoke(Plan);
        Fill(ahead, now);
    }

    /// <summary>
    /// Plays one bar beside the performer, whose music so far is <paramref name="call"/> and who played <paramref name="busy"/> notes a beat in the bar before <paramref name="start"/>: where he rested, thinner the
    /// busier he is, outside his register; it ends at home when <paramref name="homeward"/>.
    /// </summary>
    public void Accompany(Call call, Beats start, in Timeline timeline, Key key, double busy, bool homeward, HostTime now, PlanAhead ahead)
    {
        Draw();
        // A line of its own, that began where the performer stood.
        if (!_accompanies) _line.CopyFrom(_learned.Performer);
        _accompanies = true;
        _planning.PlanBeside(Plan, call, start, timeline, key, busy, homeward, _learned.Flow, _random);
        _returns.Begin(call, Plan.Returning);
        Settle(call);
        Planned?.Invoke(Plan);
        Fill(ahead, now);
    }

    private void Fill(PlanAhead ahead, HostTime now)
    {
        ahead.Begin(Plan.End, now);
        _place = 0;
        _filled = ahead;
        ahead.IsFilling = true;
        EndChoosing();
        while (!InSteps && IsChoosing) ChooseNext();
    }

    /// <summary>Chooses the next note of the answer under way, with its chord; there is one.</summary>
    internal void ChooseNext()
    {
        var (index, ahead) = (_place++, _filled!);
        if (Choose(index) is { } note)
        {
            ahead.Add(note);
            if (ChooseChord(index, note)) AddChord(ahead, note);
        }

        EndChoosing();
    }

    private void EndChoosing()
    {
        if (_place < Plan.Count || _filled is null) return;
        _filled.IsFilling = false;
        _filled = null;
    }

    private void AddChord(PlanAhead ahead, in AheadNote note)
    {
        foreach (var voice in _voicing.Voices)
        {
            if (voice >= preset.Low.Number && voice <= preset.High.Number) ahead.Add(note with { Pitch = voice, Velocity = (byte)Math.Max(1, note.Velocity * ChordLoudness), Origin = default });
        }
    }

    private PresetTools ToolsFor(Preset other)
    {
        foreach (var tools in _prepared)
        {
            if (ReferenceEquals(tools.Preset, other)) return tools;
        }

        return new PresetTools(other);
    }

    /// <summary>The same answer as a list, with exactly <paramref name="count"/> notes (1 to <see cref="AnswerPlan.Capacity"/>) in as many bars as they take. Allocates as the list does.</summary>
    public void Reply(Call call, int count, Beats start, in Timeline timeline, Key key, ICollection<AheadNote> notes)
    {
        PlanReply(call, 0, count, start, timeline, key, []);
        for (var i = 0; i < Plan.Count; i++)
        {
            if (Choose(i) is { } note) notes.Add(note);
        }
    }

    /// <summary>
    /// Goes on with the partner's own line for <paramref name="bars"/> bars in the manner of <paramref name="model"/>, into <paramref name="notes"/>; the line was
    /// set by <see cref="StandAt"/> or by what was played last. Allocates as the list does.
    /// </summary>
    public void Continue(Call model, int bars, Beats start, in Timeline timeline, Key key, int? ending, ICollection<AheadNote> notes)
    {
        Draw();
        _planning.Plan(Plan, model, model, bars, start, timeline, key, ending, _learned.Flow, _learned.Motifs.Share, 0, _random);
        _returns.Begin(model, Plan.Returning);
        _copying.Against(_learned.Pitches);
        // A written piece stays in its key: of the model's colours only those a scale of that key can have.
        Plan.Heard = 0;
        for (var pitchClass = 0; pitchClass < 12; pitchClass++) Plan.Heard |= key.Holds(pitchClass) ? model.Classes & (1 << pitchClass) : 0;
        for (var i = 0; i < Plan.Count; i++)
        {
            if (Choose(i) is { } note) notes.Add(note);
        }
    }

    /// <summary>Puts the partner's line where <paramref name="line"/> is.</summary>
    public void StandAt(MelodicLine line)
    {
        _line.CopyFrom(line);
        _copying.Restart();
    }

    private void PlanReply(Call call, int bars, int count, Beats start, in Timeline timeline, Key key, ReadOnlySpan<AheadNote> unplayed, bool again = false)
    {
        Draw();
        _line.CopyFrom(_learned.Performer);
        _accompanies = false;
        if (!again) _energy.Hear(call);
        var takesUp = TakeUp(unplayed);
        var model = takesUp || Recall(timeline) ? _recalled : call;
        _planning.Plan(Plan, call, model, bars > 0 ? bars : _planning.BarsFor(call, timeline.Metre), start, timeline, key, null, _learned.Flow, _learned.Motifs.Share, _energy.Rise, _random, count);
        _returns.Begin(model, Plan.Returning);
        Plan.TakesUp = takesUp;
        _voicing.Restart();
        Settle(call);
    }

    private void Draw()
    {
        _answers++;
        _random.Reseed(Xoshiro.Derive(seed, ++_drawn));
    }

    private void Settle(Call call)
    {
        Plan.Heard = _learned.Performer.Key.Heard | call.Classes;
        (_shape, _struck) = (-1, 0);
        _copying.Against(_learned.Pitches);
    }

    // Every other time an answer that was cut short is what the next one begins with.
    private bool TakeUp(ReadOnlySpan<AheadNote> unplayed)
    {
        if (Rules.Motif == 0 || unplayed.Length < MotifPlanning.Fewest || _random.NextInt(2) == 0) return false;
        var count = 0;
        foreach (var note in unplayed)
        {
            // The leading note of each chord.
            if (count == _recall.Length || (count > 0 && note.On <= _recall[count - 1].Onset)) continue;
            _recall[count++] = new CallNote(note.On, note.Off - note.On, note.Pitch, note.Velocity);
        }

        _recalled.Take(_recall.AsSpan(0, count));
        return count >= MotifPlanning.Fewest;
    }

    // Now and then an earlier phrase of this session is taken up instead of the last: one of the same metre, not among the last two.
    private bool Recall(in Timeline timeline)
    {
        var heard = _learned.Heard.Ended;
        if (heard < FewestToRecall || Rules.Motif == 0 || _random.NextDouble() >= RecallShare * Rules.Motif) return false;
        var (archive, phrase) = (_learned.Archive, _random.NextInt(heard - 2));
        var index = archive.Count - heard + phrase;
        var notes = archive.Notes(index);
        if (archive.Metre(index) != timeline.Metre || notes.Length < MotifPlanning.Fewest) return false;
        var count = Math.Min(notes.Length, _recall.Length);
        for (var i = 0; i < count; i++) _recall[i] = new CallNote(timeline.BarOrigin + notes[i].Onset, notes[i].Duration, (byte)notes[i].Pitch.Number, notes[i].Velocity);
        _recalled.Take(_recall.AsSpan(0, count));
        return true;
    }

    // A chord beside the note, where the call had one; false where there is none.
    private bool ChooseChord(int index, in AheadNote note)
    {
        if (!preset.Chords || !Plan.Slots[index].Chord) return false;
        var (shapes, above) = (_learned.Chords, preset.Melody == Listening.MelodyVoice.Bottom);
        _shape = _chords.Choose(shapes, new ChordPlace(Plan.Key, note.Pitch, _shape, Plan.Belonging, above), Dials.Coherence, _random);
        if (_shape < 0) return false;
        _voicing.Place(note.Pitch, shapes.Shapes[_shape], above);
        return true;
    }

    private AheadNote? Choose(int index)
    {
        var previous = _line.Context.Previous;
        _line.Await(Plan.TimeOf(index));
        _favouring.Favour(_candidates, Plan, index, previous, _struck, _copying, _returns);
        var tail = preset.Tail * (1 - Dials.Novelty);
        var decision = Banked is { } banked
            ? banked.Choose(_learned.Chain, _line, _candidates, Dials, tail, _random)
            : _learned.Chain.Choose(_line, _candidates, Dials, tail, _random);
        Shots = (Shots.Redraws + decision.Redraws, Shots.Unkept + (decision.Kept ? 0 : 1));
        if (decision.Pitch < 0) return null;
        _struck = decision.Pitch == previous ? _struck + 1 : 1;
        Consensus = decision.Consensus;
        Witness?.Decided(_answers, Plan.Slots[index].Struck, _learned.Chain, _line, _candidates, decision);
        _learned.Members.Follow(_line, decision.Pitch);
        _copying.Play(decision.Pitch);
        _returns.Play(decision.Pitch);
        var slot = Plan.Slots[index];
        return new AheadNote(slot.Struck, slot.Struck + slot.Duration, (byte)decision.Pitch, slot.Velocity, (float)decision.Consensus) { Origin = decision.Origin };
    }
}
