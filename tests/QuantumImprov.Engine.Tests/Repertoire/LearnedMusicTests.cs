using QuantumImprov.Engine.Choosing.Dials;
using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Repertoire;

public class LearnedMusicTests
{
    private static readonly int[] Vocabulary = [61, 64, 66, 70, 73];

    [Fact]
    public void What_was_saved_and_rebuilt_gives_the_same_laws_to_the_last_bit()
    {
        var learned = ShippedRepertoire.Learn();
        var rebuilt = LearnedMusic.From(learned.ToContent());
        Assert.Equal(learned.ToContent(), rebuilt.ToContent());
        var random = new Xoshiro(1);
        for (var trial = 0; trial < 100; trial++)
        {
            var (line, twin) = (learned.Members.NewLine(), rebuilt.Members.NewLine());
            for (var i = random.NextInt(12); i > 0; i--)
            {
                var pitch = 55 + random.NextInt(25);
                learned.Members.Follow(line, pitch);
                rebuilt.Members.Follow(twin, pitch);
            }

            Assert.Equal(Law(learned, line), Law(rebuilt, twin));
        }
    }

    [Fact]
    public void A_session_saved_and_rebuilt_remembers_every_phrase_once()
    {
        var learned = new LearnedMusic();
        var script = new ScriptedPerformance().Play("C4 D4 E4 C4").Rest(6).Play("G4 F4 E4 D4 C4:2").Rest(6);
        Session.ConcertTests.Play(script, learned: learned);
        var phrases = learned.ToContent().Phrases;
        Assert.Equal(["C4 D4 E4 C4", "G4 F4 E4 D4 C4"], phrases.Select(p => string.Join(' ', p.Notes.Select(n => n.Pitch))));
        Assert.All(phrases, p => Assert.Equal(LearnedPhrase.FromPerformer, p.Source));
    }

    [Fact]
    public void A_phrase_that_only_drew_breath_is_remembered_once_and_whole()
    {
        // At 240 the end is taken after the fourth beat; the next key comes before the first note of the answer.
        var learned = new LearnedMusic();
        var script = new ScriptedPerformance(240).Play("C4 D4 E4 C4", legato: .5).Rest(.4).Play("G4 E4 D4 C4").Rest(12);
        var (session, partner) = Session.ConcertTests.Play(script, learned: learned);
        Assert.Equal(["C4 D4 E4 C4 G4 E4 D4 C4"], learned.ToContent().Phrases.Select(p => string.Join(' ', p.Notes.Select(n => n.Pitch))));
        Assert.Equal(1, session.Pipeline.Phrases);
        Assert.NotEmpty(partner);
    }

    // Every fourth shipped tune is held out; the amplitudes are learned on the others. Bits a note, each note scored before anything is learned from it.
    [Fact]
    public void Trained_amplitudes_cost_fewer_bits_on_unseen_tunes_than_untrained_and_come_out_the_same_each_time()
    {
        var (untrained, trained) = (0.0, 0.0);
        for (var fold = 0; fold < 4; fold++)
        {
            var rest = ShippedRepertoire.Phrases.Where((_, i) => i % 4 != fold).ToImmutableArray();
            var unseen = ShippedRepertoire.Phrases.Where((_, i) => i % 4 == fold).ToImmutableArray();
            var plain = new LearnedMusic();
            plain.Teach(rest);
            untrained += Bits(plain, unseen) / 4;
            trained += Bits(LearnedMusic.From(new RepertoireContent(rest, null)), unseen) / 4;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{untrained:F3} bits a note untrained, {trained:F3} trained");
        Assert.True(trained < untrained - .1, $"{trained:F3} against {untrained:F3}");
        Assert.Equal(ShippedRepertoire.Learn().ToContent().Amplitudes, ShippedRepertoire.Learn().ToContent().Amplitudes);
    }

    // 120 notes, two a second, over five pitches that no shipped tune has together.
    [Fact]
    public void After_a_minute_the_performers_own_pitches_hold_four_fifths_of_the_next_note()
    {
        var learned = ShippedRepertoire.Learn();
        var random = new Xoshiro(60);
        var at = 2;
        var (own, counted, before) = (0.0, 0, OwnMass(learned));
        for (var i = 0; i < 120; i++)
        {
            learned.Hear(Vocabulary[at]);
            at = Math.Clamp(at + (random.NextInt(2) == 0 ? -1 : 1) * (1 + random.NextInt(2)), 0, Vocabulary.Length - 1);
            if (i < 100) continue;
            own += OwnMass(learned);
            counted++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{before:P1} before, {own / counted:P1} over the last {counted} notes");
        Assert.True(own / counted >= .8, $"{own / counted:P1}");
        Assert.True(before < .5, $"{before:P1}");
    }

    // Ten times a second; for the last minutes with the council listening.
    [Fact]
    public void One_key_repeated_for_an_hour_keeps_every_member_small_and_the_performer_predictable()
    {
        var learned = new LearnedMusic();
        for (var i = 0; i < 34_000; i++) learned.Members.Learn(learned.Performer, 60, live: true);
        for (var i = 0; i < 2_000; i++) learned.Hear(60);
        // For members that look at the place in the bar it is a cycle of four symbols.
        Assert.All(learned.Members.Members, m => Assert.InRange(m.Tree.NodeCount, 1, 4 * (ContextTrie.MaxOrder + 4)));
        Assert.InRange(learned.Surprise, 0, .2);
        Assert.All(learned.Amplitudes.Weights.ToArray().Concat(learned.Amplitudes.Tempers.ToArray()), v => Assert.True(double.IsFinite(v)));
    }

    // What no two notes repeat costs a node a note in each member, and a bounded handful where a passage is met again.
    [Fact]
    public void Random_notes_for_ten_minutes_cost_memory_in_proportion()
    {
        var learned = new LearnedMusic();
        var random = new Xoshiro(6);
        const int notes = 6_000;
        for (var i = 0; i < notes; i++) learned.Members.Learn(learned.Performer, 36 + random.NextInt(60), live: true);
        Assert.All(learned.Members.Members, m => Assert.InRange(m.Tree.NodeCount, 1, 6 * notes));
    }

    [Fact]
    public void Amplitudes_rehearsed_on_what_was_loaded_predict_more_of_its_kind()
    {
        var (learned, loaded) = (new LearnedMusic(), ShippedRepertoire.Phrases.Where((_, i) => i % 2 == 0).ToImmutableArray());
        var unseen = ShippedRepertoire.Phrases.Where((_, i) => i % 2 == 1).ToImmutableArray();
        learned.Teach(loaded);
        var before = Bits(learned, unseen);
        learned.RehearseAmplitudes(loaded);
        Assert.True(Bits(learned, unseen) < before - .05, $"{before} before");
    }

    private static double OwnMass(LearnedMusic learned)
    {
        var law = Law(learned, learned.Performer);
        return Vocabulary.Sum(pitch => law[pitch - 40]);
    }

    private static double[] Law(LearnedMusic learned, MelodicLine line)
    {
        var candidates = new Candidates();
        candidates.Fill(40, 90);
        Assert.True(learned.Council.Prepare(line, candidates, DialSettings.Plain, 0));
        var law = new double[candidates.Count];
        learned.Council.WriteLaw(law);
        return law;
    }

    private static double Bits(LearnedMusic learned, ImmutableArray<LearnedPhrase> unseen)
    {
        var (bits, notes) = (0.0, 0);
        foreach (var phrase in unseen)
        {
            var line = learned.Members.NewLine();
            learned.Members.EndSequence();
            learned.Members.ForgetPiece();
            foreach (var note in phrase.Notes)
            {
                // A rate of zero: scored, not learned.
                bits += learned.Council.Hear(line, note.Pitch.Number, 0);
                learned.Members.Learn(line, note.Pitch.Number, live: true);
                notes++;
            }

            // Taken back, so that the folds' tunes stay strangers to each other.
            learned.Members.EndSequence();
            line = learned.Members.NewLine();
            foreach (var note in phrase.Notes) learned.Members.Unlearn(line, note.Pitch.Number, live: false);
        }

        return bits / notes;
    }
}
