using System.Collections.Immutable;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Judging;

/// <summary>
/// The partner of one fold: it has learned whole melodies, hears the first half of another as a performer's phrase, answers it, and forgets it. [one thread]
/// </summary>
public sealed class FoldPartner
{
    private readonly LearnedMusic _learned = new();
    private readonly Preset _preset;
    private readonly WitnessedChain _chain;
    private readonly Call _call = new();

    /// <summary>A partner that plays <paramref name="preset"/> and knows <paramref name="taught"/> and nothing else.</summary>
    public FoldPartner(IEnumerable<JudgedMelody> taught, Preset preset)
    {
        _preset = preset;
        ImmutableArray<LearnedPhrase> phrases = [.. taught.Select(Whole)];
        _learned.Teach(phrases);
        _learned.RehearseAmplitudes(phrases);
        _learned.PlayWith(preset);
        _learned.PlayWith(_chain = new WitnessedChain(_learned.Chain));
    }

    /// <summary>
    /// Answers the first half of <paramref name="melody"/> with as many notes as the second has, from the first beat that is not before the call's end. Nothing of the melody is known afterwards.
    /// </summary>
    public PartnerAnswer Answer(JudgedMelody melody, ulong seed)
    {
        _call.Take(CallOf(melody));
        var timeline = melody.Map.At(_call.End);
        var start = timeline.NextBeat(_call.End);
        timeline = melody.Map.At(start);
        var key = Hear(timeline);
        var (notes, plan, choices) = Reply(given: null);
        // The same plan, with the notes that people put in its places.
        var human = _chain.TakesNotes ? Reply([.. Top(melody.Notes.Skip(melody.Half)).Select(n => (int)n.Pitch)]).Choices : [];
        if (!_learned.TryForgetPhrase()) throw new InvalidOperationException("A call could not be forgotten.");
        return new PartnerAnswer([.. notes.Select(n => new CallNote(n.On, n.Off - n.On, n.Pitch, n.Velocity))], plan.Key, plan.EndDegree, choices, human);

        (List<AheadNote> Notes, AnswerPlan Plan, ImmutableArray<Choice> Choices) Reply(IReadOnlyList<int>? given)
        {
            _chain.Begin(given);
            var (answering, said) = (new Answering(_learned, _preset, seed), new List<AheadNote>());
            answering.Reply(_call, Math.Min(AnswerPlan.Capacity, melody.Notes.Length - melody.Half), start, timeline, key, said);
            // As a file is read.
            said.Sort(static (a, b) => (a.On, a.Off - a.On, a.Pitch).CompareTo((b.On, b.Off - b.On, b.Pitch)));
            return (said, answering.Plan, [.. _chain.Choices]);
        }
    }

    // A new piece: nothing of the last call is left in the short term, nor in the line.
    private Key Hear(in Timeline timeline)
    {
        _learned.Members.EndSequence();
        _learned.Members.ForgetPiece();
        _learned.Performer.Restart();
        _learned.Performer.Key.Clear();
        // What people play together in this piece; nothing of the last one's.
        _learned.Chords = new ChordShapes();
        foreach (var note in _call.Notes) _learned.Hear(new TimedPitch(note.Pitch, NoteTime.Played(note.Onset, note.Duration, timeline.BarOrigin, timeline.Metre)));
        var key = _learned.KeyFor(_call, timeline);
        _learned.EndPhrase(_call, timeline);
        return key;
    }

    // One note an instant, the top one with what sounds below it, as a listener has it; of a very long half the end.
    private static CallNote[] CallOf(JudgedMelody melody)
    {
        var notes = Top(melody.Notes.Take(melody.Half));
        return [.. notes.Skip(notes.Count - Phrase.Capacity)];
    }

    private static LearnedPhrase Whole(JudgedMelody melody)
    {
        var first = melody.Notes[0].Onset;
        var timeline = melody.Map.At(first);
        var origin = first - timeline.InBar(first);
        return new LearnedPhrase([.. Top(melody.Notes).Select(n => new LearnedNote(n.Onset - origin, n.Duration, new Pitch(n.Pitch), n.Velocity))], timeline.Metre, LearnedPhrase.FromFile(melody.Name));
    }

    private static List<CallNote> Top(IEnumerable<CallNote> notes) => [.. notes.GroupBy(n => n.Onset).Select(g => WithShape(g.MaxBy(n => n.Pitch), g))];

    private static CallNote WithShape(CallNote top, IEnumerable<CallNote> together)
    {
        UInt128 beside = 0;
        var held = Beats.Zero;
        foreach (var note in together)
        {
            if (note.Pitch == top.Pitch) continue;
            beside |= UInt128.One << note.Pitch;
            held = held == Beats.Zero ? note.Duration : Beats.Min(held, note.Duration);
        }

        return top with { Shape = ChordGrouping.ShapeOf(beside, top.Pitch), Beside = beside, BesideDuration = held };
    }
}
