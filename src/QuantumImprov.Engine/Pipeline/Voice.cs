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

/// <summary>One of the partner's voices: has a plan and a line of its own, and each of its pitches measured in turn from a random stream of its own. Allocates nothing after construction. [engine]</summary>
/// <param name="number">Which, from 0, the leading one.</param>
/// <param name="learned">What is known.</param>
/// <param name="tools">How it plays.</param>
internal sealed class Voice(int number, LearnedMusic learned, PresetTools tools)
{
    // What sounds only from within a note on is passed by, and so is what a note between two beats passes by.
    private const double Passing = .5;

    // Pieces of a choice beside those of the chain's preparation, which count up from 0.
    private const int Favoured = -3, Taken = -4;

    private readonly Candidates _candidates = new();
    private readonly Returns _returns = new();
    private readonly ChordCouncil _chords = new();
    private readonly Accompaniment _hand = new();
    private readonly SaidChords _said = new();
    private readonly Voicing _voicing = new();
    private readonly Consonance _consonance = new();
    private readonly byte[] _beside = new byte[Voicing.Most];
    private MelodicLine _line = learned.Members.NewLine();
    private LearnedMusic _learned = learned;
    private int _shape = -1, _struck, _piece = Favoured, _previous;
    private Decision _decision;

    internal Planning Planning { get; } = new(tools.Preset.Rules);

    /// <summary>The plan of the answer last made.</summary>
    internal AnswerPlan Plan { get; } = new();

    internal Xoshiro Random { get; } = new(0);

    internal DialSettings Dials { get; set; } = LiveSettings.Of(tools.Preset).Law;

    internal double Consensus { get; private set; }

    /// <inheritdoc cref="Answering.Shots"/>
    internal (long Redraws, long Unkept) Shots { get; private set; }

    /// <inheritdoc cref="Answering.Banked"/>
    internal ShotChoosing? Banked { get; set; }

    /// <inheritdoc cref="Answering.Witness"/>
    internal IDecisionWitness? Witness { get; set; }

    /// <summary>Which note of the plan is chosen next.</summary>
    internal int Place { get; private set; }

    /// <summary>Whether nothing of the plan is left to be chosen.</summary>
    internal bool IsDone => Place >= Plan.Count;

    /// <summary>When the next note begins and ends; there is one.</summary>
    internal (Beats On, Beats Off) Next => (Plan.Slots[Place].Struck, Plan.Slots[Place].Struck + Plan.Slots[Place].Duration);

    internal void PlayAs(PresetTools other)
    {
        tools = other;
        Planning.Rules = other.Preset.Rules;
        Dials = LiveSettings.Of(other.Preset).Law;
        other.Copying.Restart();
    }

    /// <summary>What is known becomes <paramref name="music"/>, of which <paramref name="line"/> is a new line.</summary>
    internal void Adopt(LearnedMusic music, MelodicLine line) => (_learned, _line) = (music, line);

    /// <summary>The line stands where <paramref name="line"/> does.</summary>
    internal void StandAt(MelodicLine line) => _line.CopyFrom(line);

    /// <summary>The line of copies begins anew.</summary>
    internal void Restart() => tools.Copying.Restart();

    /// <summary>Nothing was played by this voice yet.</summary>
    internal void BeginAnew()
    {
        Restart();
        _shape = -1;
    }

    /// <summary>The plan is made: the notes of an answer to <paramref name="call"/> that takes up <paramref name="model"/> are going to be chosen.</summary>
    internal void Begin(Call call, Call model)
    {
        _piece = Favoured;
        Plan.Heard = _learned.Performer.Key.Heard | call.Classes;
        _hand.Clear();
        _said.Clear();
        if (number == 0 && ReferenceEquals(model, call))
        {
            _hand.Read(call);
            if (!_hand.IsThere) _said.Read(call);
        }

        // Where it plays no chords none return with their notes.
        var chorded = (_hand.IsThere || _said.IsThere) && tools.Preset.Chords && tools.Preset.Polyphony > 1;
        if (chorded && Plan.Returning > 0) _returns.BeginInPlace(model, Plan.Returning, MotifPlanning.OctavesBetween(call.Range, Plan.Range));
        else _returns.Begin(model, Plan.Returning);
        (_shape, _struck, Place) = (-1, 0, 0);
        tools.Copying.Against(_learned.Pitches);
    }

    /// <summary>The plan is made and goes on with what was played last, in the manner of <paramref name="model"/>; beside the key's, the pitch classes of <paramref name="heard"/> belong.</summary>
    internal void GoOn(Call model, int heard)
    {
        _piece = Favoured;
        _returns.Begin(model, Plan.Returning);
        Plan.Heard = heard;
        _hand.Clear();
        _said.Clear();
        Place = 0;
        tools.Copying.Against(_learned.Pitches);
    }

    /// <summary>The chords of the next answer are voiced without regard to those of the last.</summary>
    internal void Revoice() => _voicing.Restart();

    /// <summary>It has no part in this answer.</summary>
    internal void Rest() => (Plan.Count, Place, _piece) = (0, 0, Favoured);

    /// <summary>Chooses the next note of the plan with its chord, or does a piece of that; there is one. Whether it is chosen.</summary>
    /// <param name="answer">Which of the session's answers it belongs to.</param>
    /// <param name="ahead">Where it goes, and what the voices before have chosen is.</param>
    /// <param name="voices">All of them, by number.</param>
    /// <param name="chords">Whether it may have a chord beside it.</param>
    internal bool ChoosePiece(ulong answer, PlanAhead ahead, ReadOnlySpan<Voice?> voices, bool chords)
    {
        var index = Place;
        if (number > 0 && _piece == Favoured) Listen(ahead, Plan.Slots[index], voices);
        if (!ChoosePiece(index, answer, out var chosen)) return false;
        Place++;
        if (chosen is not { } note) return true;
        ahead.Add(note);
        if (!chords) return true;
        foreach (var pitch in ChordBeside(index, note, out var off)) ahead.Add(note with { Pitch = pitch, Off = off, Velocity = Answering.Softened(note.Velocity), Origin = default });
        return true;
    }

    /// <summary>Chooses the note at place <paramref name="index"/>; null: nothing is left to choose from.</summary>
    internal AheadNote? Choose(int index, ulong answer)
    {
        AheadNote? note;
        while (!ChoosePiece(index, answer, out note))
        {
        }

        return note;
    }

    // What is favoured, then what the chain prepares, piece by piece, then the measurement, then what follows from it.
    private bool ChoosePiece(int index, ulong answer, out AheadNote? note)
    {
        note = null;
        var (chain, tail) = (_learned.ChainOf(number), tools.Preset.Tail * (1 - Dials.Novelty));
        if (_piece == Favoured)
        {
            _previous = _line.Context.Previous;
            _line.Await(Plan.TimeOf(index));
            _returns.Await(Plan.Slots[index].Source, free: Plan.Slots[index].Target < 0);
            tools.Favouring.Favour(_candidates, Plan, index, _previous, _struck, tools.Copying, _returns);
            if (number > 0) _consonance.Lean(_candidates);
            _piece = 0;
            return false;
        }

        if (_piece >= 0)
        {
            if (_piece == 0) Banked?.Begin();
            _piece = chain.PreparePiece(_line, _candidates, Dials, tail, _piece);
            if (_piece != Deciding.NoneLeft) return false;
        }

        if (_piece != Taken)
        {
            _decision = _piece == Deciding.NoneLeft ? Decision.None : Banked is { } banked ? banked.Choose(chain, _line, _candidates, Random) : chain.PlayPrepared(_line, _candidates, Random);
            _piece = Taken;
            return false;
        }

        _piece = Favoured;
        note = Take(_decision, chain, index, answer);
        return true;
    }

    private AheadNote? Take(in Decision decision, IChain chain, int index, ulong answer)
    {
        Shots = (Shots.Redraws + decision.Redraws, Shots.Unkept + (decision.Kept ? 0 : 1));
        if (decision.Pitch < 0) return null;
        _struck = decision.Pitch == _previous ? _struck + 1 : 1;
        Consensus = decision.Consensus;
        Witness?.Decided(answer, number, Plan.Slots[index].Struck, chain, _line, _candidates, decision);
        _learned.Members.Follow(_line, decision.Pitch);
        tools.Copying.Play(decision.Pitch);
        _returns.Play(decision.Pitch);
        var slot = Plan.Slots[index];
        return new AheadNote(slot.Struck, slot.Struck + slot.Duration, (byte)decision.Pitch, slot.Velocity, (float)decision.Consensus) { Origin = decision.Origin, Voice = (byte)number };
    }

    /// <summary>The notes of a chord beside <paramref name="note"/> of place <paramref name="index"/>, ascending, as many and as far as the preset lets it have, and when they end; none where the call had no chord.</summary>
    internal ReadOnlySpan<byte> ChordBeside(int index, in AheadNote note, out Beats off)
    {
        off = note.Off;
        if (number == 0 && _hand.IsThere) return Accompany(index, note, out off);
        if (!ChooseChord(index, note)) return [];
        var count = 0;
        foreach (var pitch in _voicing.Voices[..Math.Min(_voicing.Voices.Length, tools.Preset.Polyphony - 1)])
        {
            if (pitch >= tools.Preset.Low.Number && pitch <= tools.Preset.High.Number) _beside[count++] = pitch;
        }

        return _beside.AsSpan(0, count);
    }

    // The performer's other hand goes on: a chord of its own, held as long as it was in the call, but not into the next nor beyond the answer's last note.
    private ReadOnlySpan<byte> Accompany(int index, in AheadNote note, out Beats off)
    {
        var slot = Plan.Slots[index];
        off = note.Off;
        if (!tools.Preset.Chords || !slot.Chord) return [];
        var (harmony, belonging, strictly) = HarmonyAt(index);
        if (!_hand.Place(note.Pitch, (tools.Preset.Low.Number, tools.Preset.High.Number), harmony, belonging, strictly)) return [];
        var chosen = _hand.Choose(slot.Source, _returns.IsSaidThere(note.Pitch), Dials.Coherence, Random);
        _hand.Sound(chosen);
        off = Beats.Min(note.On + _hand.HeldAt(slot.Source), Plan.Slots[^1].Struck + Plan.Slots[^1].Duration);
        for (var next = index + 1; next < Plan.Count; next++)
        {
            if (!Plan.Slots[next].Chord) continue;
            off = Beats.Min(off, Plan.Slots[next].Struck);
            break;
        }

        off = Beats.Max(off, note.Off);
        var count = 0;
        for (var keys = _hand[chosen]; keys != 0 && count < Math.Min(_beside.Length, tools.Preset.Polyphony - 1); keys &= keys - 1) _beside[count++] = (byte)UInt128.TrailingZeroCount(keys);
        return _beside.AsSpan(0, count);
    }

    // The pitch classes of the harmony and those that belong at a place, and whether nothing else may sound there: a written chord is the whole harmony, and so is the last one; a scale is never left.
    private (int Harmony, int Belonging, bool Strictly) HarmonyAt(int index)
    {
        var harmony = Plan.ChordUnder(index);
        if (Plan.Chart is null && Plan.Scale is { } scale) harmony = (harmony & scale.Classes) != 0 ? harmony & scale.Classes : scale.Classes;
        var belonging = Plan.Chart is not null || index == Plan.Count - 1 ? harmony : Plan.BelongingAt(index);
        return (harmony, belonging, belonging == harmony || Plan.Scale is not null);
    }

    // What sounds of the voices before while this note does.
    private void Listen(PlanAhead ahead, in Slot slot, ReadOnlySpan<Voice?> voices)
    {
        _consonance.Clear();
        var (on, off) = (slot.Struck, slot.Struck + slot.Duration);
        var weight = (slot.Onset - Plan.BarOrigin).Modulo(Plan.Metre.Beat) == Beats.Zero ? 1 : Passing;
        foreach (var note in ahead.Notes)
        {
            // In steps, what was handed over already stands before what begins with it or before it.
            if (note.On < off && note.Off > on && note.Voice != number) _consonance.Sound(note.Pitch, note.On <= on ? weight : Passing, Math.Sign(Height - voices[note.Voice]!.Height));
        }
    }

    // Twice the middle of its register.
    private int Height => tools.Preset.Low.Number + tools.Preset.High.Number;

    // A chord beside the note, where the call had one; false where there is none.
    private bool ChooseChord(int index, in AheadNote note)
    {
        var (slot, preset) = (Plan.Slots[index], tools.Preset);
        var again = _said.Next(_returns.IsSaidThere(note.Pitch) ? slot.Source : -1, note.Pitch, (preset.Low.Number, preset.High.Number), Math.Min(Voicing.Most, preset.Polyphony - 1));
        if (!preset.Chords || !slot.Chord) return false;
        var (_, belonging, strictly) = HarmonyAt(index);
        if (strictly && !ChordKeys.AreWithin(again, belonging)) again = 0;
        var (shapes, above) = (_learned.Chords, preset.Melody == Listening.MelodyVoice.Bottom);
        _shape = _chords.Choose(shapes, new ChordPlace(Plan.Key, note.Pitch, _shape, belonging, above, again), Dials.Coherence, Random);
        if (_shape < 0) return false;
        if (_shape < shapes.Count)
        {
            _voicing.Place(note.Pitch, shapes.Shapes[_shape], above);
            return true;
        }

        _voicing.Stand(again);
        _shape = shapes.IndexOf(_said.Shape);
        return true;
    }
}
