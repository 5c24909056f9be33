using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Choosing.Dials;
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
    private readonly Planning _planning = new(preset.Rules);
    private readonly Favouring _favouring = new(preset.KeyLock, preset.Leap);
    private readonly Candidates _candidates = new();
    private readonly CopyLimit _copying = new(preset.MaxCopy);
    private MelodicLine _line = learned.Members.NewLine();
    private readonly Xoshiro _random = new(seed);
    private ulong _answers;
    private LearnedMusic _learned = learned;
    private int _struck;

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

    /// <summary>A bank of shots that chooses where it can; null: the chain's own simulator chooses everything.</summary>
    public BankedChoosing? Banked { get; set; }

    /// <summary>Where the dials stand. May be turned while playing.</summary>
    public DialSettings Dials { get; set; } = new(preset.Coherence, preset.Phase, preset.Novelty);

    /// <summary>Answers <paramref name="call"/> from <paramref name="start"/> on, in <paramref name="key"/>, into <paramref name="ahead"/>.</summary>
    public void Answer(Call call, Beats start, in Timeline timeline, Key key, HostTime now, PlanAhead ahead)
    {
        // What was cut short did not sound as it was chosen: the line of copies begins anew.
        if (ahead.WasDropped) _copying.Restart();
        PlanReply(call, 0, start, timeline, key);
        ahead.Begin(Plan.End, now);
        for (var i = 0; i < Plan.Count; i++)
        {
            if (Choose(i) is { } note) ahead.Add(note);
        }
    }

    /// <summary>The same answer as a list, with exactly <paramref name="count"/> notes (1 to <see cref="AnswerPlan.Capacity"/>) in as many bars as they take. Allocates as the list does.</summary>
    public void Reply(Call call, int count, Beats start, in Timeline timeline, Key key, ICollection<AheadNote> notes)
    {
        PlanReply(call, count, start, timeline, key);
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
        _random.Reseed(Xoshiro.Derive(seed, ++_answers));
        _planning.Plan(Plan, model, bars, start, timeline, key, ending, _learned.Flow, _random);
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

    private void PlanReply(Call call, int count, Beats start, in Timeline timeline, Key key)
    {
        _random.Reseed(Xoshiro.Derive(seed, ++_answers));
        _line.CopyFrom(_learned.Performer);
        _planning.Plan(Plan, call, _planning.BarsFor(call, timeline.Metre), start, timeline, key, null, _learned.Flow, _random, count);
        Plan.Heard = _learned.Performer.Key.Heard | call.Classes;
        _struck = 0;
        _copying.Against(_learned.Pitches);
    }

    private AheadNote? Choose(int index)
    {
        var previous = _line.Context.Previous;
        _favouring.Favour(_candidates, Plan, index, previous, _struck, _copying);
        var decision = Banked is { } banked
            ? banked.Choose(_learned.Chain, _line, _candidates, Dials, preset.Tail, _random)
            : _learned.Chain.Choose(_line, _candidates, Dials, preset.Tail, _random);
        Shots = (Shots.Redraws + decision.Redraws, Shots.Unkept + (decision.Kept ? 0 : 1));
        if (decision.Pitch < 0) return null;
        _struck = decision.Pitch == previous ? _struck + 1 : 1;
        Consensus = decision.Consensus;
        _learned.Members.Follow(_line, decision.Pitch);
        _copying.Play(decision.Pitch);
        var slot = Plan.Slots[index];
        return new AheadNote(slot.Onset, slot.Onset + slot.Duration, (byte)decision.Pitch, slot.Velocity, (float)decision.Consensus) { Origin = decision.Origin };
    }
}
