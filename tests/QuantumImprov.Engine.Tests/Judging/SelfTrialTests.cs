using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Evaluation;
using QuantumImprov.Engine.Judging;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using Xunit;
using static QuantumImprov.Engine.Tests.Judging.Lines;

namespace QuantumImprov.Engine.Tests.Judging;

public class SelfTrialTests
{
    private const string Scale = "C4 D4 E4 F4 G4 A4 B4 C5 B4 A4 G4 F4 E4 D4 C4 C4";

    [Fact]
    public void The_same_seed_gives_the_same_judgement_whatever_the_jobs()
    {
        var set = Shipped(13);
        var (one, two, other) = (Run(set, 3, 1), Run(set, 3, 2), Run(set, 4, 2));
        Assert.Equal(one, two);
        Assert.Equal(one.Human, other.Human);
        Assert.NotEqual(one.Partner, other.Partner);
        Assert.Equal((13, 1.0), (one.Calls, one.Human!.OnsetOverlap));
        Assert.Equal((null, null), (one.Partner.ResponseDelayP90Beats, one.Partner.FalseInterruptions));
        Assert.InRange(one.Partner.OutOfKey!.Value, 0, .3);
        Assert.InRange(one.PartnerBits!.Constrained!.Value, .3, 4);
        Assert.Equal((0.0, 0.0), (one.PartnerBits.Forbidden, one.PartnerBits.Cut));
    }

    // Whoever had learned the second half, before or after answering, would answer otherwise when it is another.
    [Fact]
    public void A_second_half_is_never_learned()
    {
        var set = Shipped(12);
        var other = new JudgedMelody("10", [.. set[10].Notes.Select((n, i) => i < set[10].Half ? n : n with { Pitch = (byte)(n.Pitch ^ 7) })], set[10].Map);
        Assert.NotEqual(set[10].Notes, other.Notes);

        // Melodies 0 and 10 are of one fold: neither is taught when the other answers, and the one answered first leaves nothing behind.
        var (taught, seed) = (set.Where((_, i) => i % 10 != 0).ToList(), 9UL);
        var (first, second) = (new FoldPartner(taught, new Preset()), new FoldPartner(taught, new Preset()));
        var (a, b) = (first.Answer(set[10], seed), second.Answer(other, seed));
        Assert.Equal(a.Notes.AsEnumerable(), b.Notes);
        Assert.Equal(first.Answer(set[0], seed).Notes.AsEnumerable(), second.Answer(set[0], seed).Notes);
        Assert.Equal(a.Notes.AsEnumerable(), first.Answer(set[10], seed).Notes);
    }

    [Fact]
    public void The_answer_has_as_many_notes_as_the_second_half_from_the_first_beat_after_the_call()
    {
        // The call ends at 7.5: the answer begins at 8.
        var melody = Melody("C4 D4 E4 F4 G4 A4 B4 C5:.5 .:.5 B4 A4 G4 F4 E4 D4 C4 C4 C4");
        var answer = new FoldPartner(Shipped(4), new Preset()).Answer(melody, 1);
        Assert.Equal((9, 8.0), (answer.Notes.Length, answer.Notes[0].Onset.Quarters));
        Assert.Equal(9, answer.Choices.Length);
        Assert.Equal(answer.Notes.Select(n => (int)n.Pitch), answer.Choices.Select(c => c.Pitch));
        Assert.Equal(melody.Notes.Skip(8).Select(n => (int)n.Pitch), answer.HumanChoices.Select(c => c.Pitch));
    }

    [Fact]
    public void Looking_on_changes_no_note()
    {
        var (plain, watched) = (Known(), Known());
        var witness = new WitnessedChain(watched.Chain);
        watched.PlayWith(witness);
        var (call, timeline) = (new Call(), new Timeline());
        call.Take([.. Melody(Scale).Notes.AsSpan()[..8]]);
        var (a, b) = (new List<AheadNote>(), new List<AheadNote>());
        new Answering(plain, new Preset(), 5).Reply(call, 20, Beats.Of(8), timeline, default, a);
        new Answering(watched, new Preset(), 5).Reply(call, 20, Beats.Of(8), timeline, default, b);
        Assert.Equal(a, b);
        Assert.Equal(20, witness.Choices.Count);
        foreach (var choice in witness.Choices)
        {
            Assert.InRange(choice.Free, 1e-6, 1);
            Assert.InRange(choice.Shaped, 1e-6, 1);
        }
    }

    // 62 and 64 are allowed, 63 is cut as tail, 61 is forbidden; all four sound, and the line goes where they lead.
    [Fact]
    public void Given_notes_sound_whatever_shaping_says_and_what_forbade_them_is_known()
    {
        var learned = Known();
        var witness = new WitnessedChain(learned.Chain);
        var (line, random, candidates) = (learned.Members.NewLine(), new Xoshiro(1), new Candidates());
        witness.Begin([62, 61, 64, 63]);
        foreach (var pitch in new[] { 62, 61, 64, 63 })
        {
            candidates.Fill(55, 70);
            for (var x = 0; x < candidates.Count; x++) candidates.Favour[x] = candidates.Pitches[x] switch { 61 => 0, 63 => 1e-9, _ => 1 };
            var decision = witness.Choose(line, candidates, DialSettings.Plain, .01, random);
            Assert.Equal(pitch, decision.Pitch);
            learned.Members.Follow(line, decision.Pitch);
        }

        Assert.Equal([62, 61, 64, 63], witness.Choices.Select(c => c.Pitch));
        Assert.Equal([false, false, false, true], witness.Choices.Select(c => c.IsCut));
        Assert.Equal([true, false, true, false], witness.Choices.Select(c => c.Shaped > 0));
        Assert.All(witness.Choices, c => Assert.InRange(c.Free, 1e-6, 1));
        Assert.Equal(63, line.Context.Previous);
    }

    [Fact]
    public void Melodies_too_short_are_learned_from_and_not_answered()
    {
        // Eleven notes: five are the call, six the answer. Ten: five and five.
        var (enough, tooFew) = (Melody("C4 D4 E4 F4 G4 A4 G4 F4 E4 D4 C4"), Melody("C4 D4 E4 F4 G4 F4 E4 D4 C4 C4"));
        Assert.True(SelfTrial.Counts(enough));
        Assert.False(SelfTrial.Counts(tooFew));
        Assert.Equal(1, Run([tooFew, enough], 1, 1).Calls);
    }

    // The figures are what the definitions give for the answers of the fold's partner; copies are looked for in the other folds' whole melodies.
    [Fact]
    public void The_figures_are_those_of_the_folds_own_answers()
    {
        ImmutableArray<JudgedMelody> set = [Melody(Scale, name: "a"), Melody(Scale, name: "b")];
        var judged = Run(set, 6, 1);
        Assert.Equal((2, 1.0), (judged.Calls, judged.Human!.Copy8));
        var pairs = set.Select((m, i) => new CallAndAnswer(
            m.Measured[..8], JudgedMelody.Measure(new FoldPartner([set[1 - i]], new Preset()).Answer(m, Xoshiro.Derive(6, (ulong)i)).Notes, m.Map), new Key(0, Mode.Major))).ToList();
        var known = MelodyFigures.Of([.. pairs.Select(p => AnswerFigures.Pitches(p.Answer))], [AnswerFigures.Pitches(set[0].Measured)]).Copy8;
        Assert.Equal(AnswerFigures.Of(pairs, new OnsetHistogram(set.Select(m => m.Measured.Skip(8))), known), judged.Partner);
    }

    [Fact]
    public void Answers_of_others_are_judged_in_the_calls_key_and_metre()
    {
        // Three-four though the answer's own file says four-four: its last onset, at 9, is a bar line.
        var call = Melody("G4 B4 D5 G5 F#5 G5", 0, 3, 4);
        var judged = AnswersTrial.Run([(call, Melody("D5 F#4 G4", 7))]);
        Assert.Equal((1, null, 1.0, 1.0, 0.0), (judged.Calls, judged.Human, judged.Partner.EndsOnTonic, judged.Partner.EndsOnStrongBeat, judged.Partner.OutOfKey));
        Assert.Equal((null, null, null), (judged.Partner.Copy8, judged.PlannedTonicKept, judged.Keys));
    }

    private static Judgement Run(ImmutableArray<JudgedMelody> set, ulong seed, int jobs) => SelfTrial.Run(set, new Preset(), seed, jobs, stop: TestContext.Current.CancellationToken);

    private static LearnedMusic Known()
    {
        var learned = new LearnedMusic();
        learned.Teach(ShippedRepertoire.Phrases[..4]);
        return learned;
    }

    private static ImmutableArray<JudgedMelody> Shipped(int count) => [.. ShippedRepertoire.Phrases.Take(count).Select((p, i) =>
        new JudgedMelody($"{i}", [.. p.Notes.Select(n => new CallNote(n.Onset, n.Duration, (byte)n.Pitch.Number, n.Velocity))], new TempoMap([], [new MetreChange(Beats.Zero, p.Metre)])))];
}
