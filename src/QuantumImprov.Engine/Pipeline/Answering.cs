using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Turns a call into an answer: plans it, for each of the partner's voices, has every pitch measured in turn, and fills the plan ahead. Each answer has random streams of its own, so that what
/// one performer's interruption cuts short does not change the answers after it. Allocates nothing, but a chart for each answer while a hand holds chords. [engine]
/// </summary>
public sealed partial class Answering(LearnedMusic learned, Preset preset, ulong seed)
{
    /// <summary>How loud the notes of a chord are beside its leading note.</summary>
    public const double ChordLoudness = .8;

    /// <summary>The velocity of a chord's notes beside a leading note of <paramref name="velocity"/>.</summary>
    internal static byte Softened(byte velocity) => (byte)Math.Max(1, velocity * ChordLoudness);

    private readonly Energy _energy = new();
    private readonly Recollection _recollection = new();
    private LearnedMusic _learned = learned;
    private bool _accompanies;
    private ulong _answers, _drawn;

    /// <summary>What is known; when it becomes another, the partner's line is lost and begins where the performer's stands.</summary>
    public LearnedMusic Learned
    {
        get => _learned;
        set
        {
            _learned = value;
            foreach (var voice in _voices) voice?.Adopt(value, value.Members.NewLine());
        }
    }

    /// <summary>The plan of the answer last made: the leading voice's.</summary>
    public AnswerPlan Plan => Lead.Plan;

    /// <summary>How often shots were redrawn, and notes that no shot was kept for, over the whole session.</summary>
    public (long Redraws, long Unkept) Shots
    {
        get
        {
            var (redraws, unkept) = (0L, 0L);
            foreach (var voice in _voices) (redraws, unkept) = (redraws + (voice?.Shots.Redraws ?? 0), unkept + (voice?.Shots.Unkept ?? 0));
            return (redraws, unkept);
        }
    }

    /// <summary>Consensus of the leading voice's note last chosen; NaN where the chain asks no members.</summary>
    public double Consensus => Lead.Consensus;

    /// <summary>Answers made so far.</summary>
    public ulong Answers => _answers;

    /// <summary>Tells of each plan before its first note is chosen; it is the same <see cref="Plan"/> every time. [engine]</summary>
    public event Action<AnswerPlan>? Planned;

    /// <summary>A bank of shots that chooses the leading voice's notes where it can; null: the chain's own simulator chooses everything.</summary>
    public IShotSource? Banked
    {
        get => Lead.Banked;
        set => Lead.Banked = value;
    }

    /// <summary>Told of every decision, whichever voice it is for, as soon as it is made; null: nobody.</summary>
    public IDecisionWitness? Witness
    {
        get => Lead.Witness;
        set
        {
            foreach (var voice in _voices)
            {
                if (voice is not null) voice.Witness = value;
            }
        }
    }

    /// <summary>The chords that are played over, from the timeline's first bar on; null: those the calls suggest.</summary>
    public ChordChart? Chart { get; set; }

    /// <summary>The hand that holds chords; once it has struck one, answers are played over what it held under the call, in place of <see cref="Chart"/>, while the preset listens to it.</summary>
    public ChordHand Chords { get; } = new();

    /// <summary>The key that the preset's scale or the chart says; null: it is to be found.</summary>
    public Key? FixedKey => preset.Scale?.Key ?? Chart?.Key;

    /// <summary>Where the dials stand. May be turned while playing; voices with a preset of their own stay as that puts them.</summary>
    public DialSettings Dials
    {
        get => Lead.Dials;
        set
        {
            for (var i = 0; i < _voices.Length; i++)
            {
                if (i == 0 || Follows(i)) _voices[i]!.Dials = value;
            }
        }
    }

    /// <summary>What says how answers are planned; a change shapes the next one. Voices beside the leading one keep their register, density and loudness, and those with a preset of their own everything but swing and quantise.</summary>
    public PlanningRules Rules
    {
        get => Lead.Planning.Rules;
        set
        {
            Lead.Planning.Rules = value;
            for (var i = 1; i < _voices.Length; i++)
            {
                if (!Plays(i)) continue;
                var own = _voices[i]!.Planning.Rules;
                _voices[i]!.Planning.Rules = Follows(i)
                    ? value with { Low = own.Low, High = own.High, OctaveShift = own.OctaveShift, Density = own.Density, Loudness = own.Loudness }
                    : own with { Swing = value.Swing, Quantise = value.Quantise };
            }
        }
    }

    /// <summary>Draws from now on as if no answer had been made, from <paramref name="other"/>; what was learned stays. Allocates nothing. [engine]</summary>
    public void BeginAnew(ulong other)
    {
        (seed, _drawn) = (other, 0);
        _energy.Forget();
        Chords.Forget();
        _accompanies = false;
        foreach (var voice in _voices) voice?.BeginAnew();
    }

    /// <summary>Answers <paramref name="call"/> from <paramref name="start"/> on, in <paramref name="key"/>, into <paramref name="ahead"/>; in <paramref name="bars"/> bars or, when that is 0, as many as the call suggests.</summary>
    public void Answer(Call call, Beats start, in Timeline timeline, Key key, HostTime now, PlanAhead ahead, int bars = 0)
    {
        RestartCopies(ahead);
        PlanReply(call, bars, 0, start, timeline, key, ahead.Unplayed);
        Planned?.Invoke(Plan);
        Fill(ahead, now, timeline);
    }

    /// <summary>Answers <paramref name="call"/>, which was answered before, once more from <paramref name="start"/> on, in the same key and with another draw.</summary>
    public void AnswerAgain(Call call, Beats start, in Timeline timeline, HostTime now, PlanAhead ahead, int bars = 0)
    {
        RestartCopies(ahead);
        PlanReply(call, bars, 0, start, timeline, FixedKey ?? Plan.Key, [], again: true);
        Planned?.Invoke(Plan);
        Fill(ahead, now, timeline);
    }

    /// <summary>
    /// Plays one bar beside the performer, whose music so far is <paramref name="call"/> and who played <paramref name="busy"/> notes a beat in the bar before <paramref name="start"/>: where he rested, thinner the
    /// busier he is, outside his register; it ends at home when <paramref name="homeward"/>.
    /// </summary>
    public void Accompany(Call call, Beats start, in Timeline timeline, Key key, double busy, bool homeward, HostTime now, PlanAhead ahead)
    {
        LeaveWork();
        Draw();
        PlayOver(start, start, start, timeline, key);
        for (var i = 0; i < _voices.Length; i++)
        {
            if (!Plays(i)) continue;
            var voice = _voices[i]!;
            // A line of its own, that began where the performer stood.
            if (!_accompanies) voice.StandAt(_learned.Performer);
            voice.Planning.PlanBeside(voice.Plan, call, start, timeline, key, busy, homeward, _learned.Flow, voice.Random);
            voice.Begin(call, call);
        }

        _accompanies = true;
        Planned?.Invoke(Plan);
        Fill(ahead, now, timeline);
    }

    // What was cut short did not sound as it was chosen: the line of copies begins anew.
    private void RestartCopies(PlanAhead ahead)
    {
        if (!ahead.WasDropped) return;
        foreach (var voice in _voices) voice?.Restart();
    }

    private void PlanReply(Call call, int bars, int count, Beats start, in Timeline timeline, Key key, ReadOnlySpan<AheadNote> unplayed, bool again = false)
    {
        LeaveWork();
        Draw();
        _accompanies = false;
        if (!again) _energy.Hear(call);
        if (call.Notes.IsEmpty) PlayOver(start, start, start, timeline, key);
        else PlayOver(call.Notes[0].Onset, call.Notes[^1].Onset, start, timeline, key);
        var takesUp = _recollection.TakesUp(unplayed, Rules.Motif, Lead.Random);
        var model = takesUp || _recollection.Recalls(_learned, timeline, Rules.Motif, Lead.Random) ? _recollection.Remembered : call;
        var length = bars > 0 ? bars : Lead.Planning.BarsFor(call, timeline.Metre);
        Lead.Planning.Plan(Plan, call, model, length, start, timeline, key, null, _learned.Flow, _learned.Motifs.Share, RiseFor(Lead), Lead.Random, count);
        Plan.TakesUp = takesUp;
        (_replied, _taken, _planned, _unready) = (call, model, timeline, count > 0 ? 1 : _voices.Length);
        while (!InSteps && _unready > 0) ReadyVoice();
    }

    // At the dial's middle as the performer does, at its end twice as far.
    private double RiseFor(Voice voice) => _energy.Rise * 2 * voice.Planning.Rules.Responsiveness;

    // The next voice is planned, but for the leading one, which is already, and stands where its notes begin. In steps one by one, when something is asked of the answer's notes.
    private void ReadyVoice()
    {
        var number = _ready++;
        if (_ready == _unready) (_ready, _unready) = (0, 0);
        if (!Plays(number)) return;
        var voice = _voices[number]!;
        if (number > 0) PlanVoice(voice, number, _replied!, _taken!, _planned, RiseFor(voice));
        BeginVoice(voice, _replied!, _taken!);
    }

    private void PlanVoice(Voice voice, int number, Call call, Call model, in Timeline timeline, double rise)
    {
        var delay = preset.Voice(number + 1).Delay;
        if (delay < Plan.Bars) voice.Planning.PlanWith(voice.Plan, Plan, number, delay, call, model, timeline, _learned.Flow, _learned.Motifs.Share, rise, voice.Random);
        else voice.Rest();
    }

    // The chords that were held from one place to another, or those that are written.
    private void PlayOver(Beats from, Beats until, Beats start, in Timeline timeline, Key key)
    {
        var chart = preset.ChordChannel > 0 && !Chords.IsEmpty ? Chords.ChartFor(from, until + new Beats(1), start, timeline, key) : Chart;
        foreach (var voice in _voices)
        {
            if (voice is not null) voice.Planning.Chart = chart;
        }
    }

    private void BeginVoice(Voice voice, Call call, Call model)
    {
        voice.StandAt(_learned.Performer);
        voice.Revoice();
        voice.Begin(call, model);
    }

    private void Draw()
    {
        _answers++;
        _drawn++;
        for (var i = 0; i < _voices.Length; i++) _voices[i]?.Random.Reseed(Xoshiro.Derive(i == 0 ? seed : Xoshiro.Derive(~seed, (ulong)i), _drawn));
    }
}
