using QuantumImprov.Engine.Choosing.Dials;
using System.Collections.Immutable;
using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;
using Xunit;

namespace QuantumImprov.Engine.Tests.Pipeline;

public class ForgettingTests
{
    // Few pitches, so that phrases share contexts of every length; a phrase of one pitch many times is among them.
    private static readonly Gen<int[]> Phrase = Gen.Int[60, 64].Array[1, 24];
    private static readonly Gen<int[][]> Phrases = Phrase.Array[0, 5];

    // 300 repertoires: laws of every member in every context of what was played, graph, endings, archive, amplitudes, and all of it again after more was heard.
    [Fact]
    public void What_was_heard_and_forgotten_leaves_no_trace() =>
        Gen.Select(Phrases, Phrases, Phrases, Phrases).Sample(
            (taught, kept, forgotten, later) =>
            {
                var (plain, once) = (Taught(taught), Taught(taught));
                foreach (var phrase in kept) HearBoth(plain, once, phrase);
                foreach (var phrase in forgotten) Hear(once, phrase);
                foreach (var _ in forgotten) Assert.True(once.TryForgetPhrase());
                AssertSame(plain, once, [.. kept, .. forgotten]);
                foreach (var phrase in later) HearBoth(plain, once, phrase);
                AssertSame(plain, once, [.. kept, .. forgotten, .. later]);
            },
            iter: 300, threads: 1);

    [Fact]
    public void A_phrase_that_drew_breath_is_forgotten_as_one()
    {
        var (plain, once) = (Taught([[60, 62]]), Taught([[60, 62]]));
        HearBoth(plain, once, [60, 64, 62]);
        Hear(once, [62, 61]);
        once.ResumePhrase();
        Hear(once, [63, 60, 64]);
        Assert.True(once.TryForgetPhrase());
        AssertSame(plain, once, [[60, 64, 62], [62, 61, 63]]);
        Assert.Equal(2, once.Archive.Count);
    }

    [Fact]
    public void Sixteen_phrases_can_be_forgotten_one_after_the_other_and_no_more()
    {
        var learned = Taught([]);
        for (var i = 0; i < 20; i++) Hear(learned, [60 + i, 62, 64]);
        for (var i = 0; i < LearnedMusic.MostForgotten; i++) Assert.True(learned.TryForgetPhrase());
        Assert.False(learned.TryForgetPhrase());
        Assert.Equal((4, 4, 12L), (learned.Archive.Count, learned.Heard.Count, learned.NotesHeard));
    }

    [Fact]
    public void A_phrase_under_way_is_not_forgotten_before_its_end()
    {
        var learned = Taught([]);
        Hear(learned, [60, 62]);
        learned.Hear(64);
        Assert.False(learned.TryForgetPhrase());
        Assert.Equal(3, learned.NotesHeard);
    }

    [Fact]
    public void The_hidden_chain_forgets_too()
    {
        var preset = new Preset { Chain = "hidden" };
        var (plain, once) = (Taught([[60, 62, 64, 62]]), Taught([[60, 62, 64, 62]]));
        plain.PlayWith(preset);
        once.PlayWith(preset);
        Hear(once, [64, 60, 64, 60, 64, 60, 64, 60]);
        Assert.True(once.TryForgetPhrase());
        Assert.Equal(ChainLaw(plain), ChainLaw(once));
    }

    internal static void AssertSame(LearnedMusic expected, LearnedMusic actual, int[][] pasts)
    {
        Assert.Equal(expected.ToContent(), actual.ToContent());
        Assert.Equal((expected.NotesHeard, expected.Heard.Count), (actual.NotesHeard, actual.Heard.Count));
        Assert.Equal(expected.Surprise, actual.Surprise);
        AssertSameLaws(expected, actual, pasts);
    }

    internal static void AssertSameLaws(LearnedMusic expected, LearnedMusic actual, int[][] pasts)
    {
        Assert.Equal(Laws(expected, expected.Performer), Laws(actual, actual.Performer));
        foreach (var past in pasts)
        {
            var (there, here) = (expected.Members.NewLine(), actual.Members.NewLine());
            foreach (var pitch in past)
            {
                Assert.Equal(Laws(expected, there), Laws(actual, here));
                expected.Members.Follow(there, pitch);
                actual.Members.Follow(here, pitch);
            }
        }

        foreach (var mode in new[] { Mode.Major, Mode.Minor })
        {
            for (var degree = 0; degree < 12; degree++)
            {
                var (next, there, here) = (new double[12], new double[12], new double[12]);
                next[degree] = 1;
                for (var weight = 0; weight < 3; weight++)
                {
                    expected.Flow.WriteBefore(mode, weight, next, there);
                    actual.Flow.WriteBefore(mode, weight, next, here);
                    Assert.Equal(there, here);
                }

                Assert.Equal(expected.Flow.Endings(mode, degree), actual.Flow.Endings(mode, degree));
            }
        }

        int[] among = [.. Enumerable.Range(58, 9)];
        foreach (var from in among)
        {
            var (there, here) = (new double[9], new double[9]);
            expected.Graph.WriteLaw(from, among, there);
            actual.Graph.WriteLaw(from, among, here);
            Assert.Equal(there, here);
        }
    }

    internal static void Hear(LearnedMusic learned, int[] phrase)
    {
        foreach (var pitch in phrase) learned.Hear(pitch);
        learned.EndPhrase(Played(phrase), default);
    }

    internal static LearnedMusic Taught(int[][] phrases)
    {
        var learned = new LearnedMusic();
        learned.Teach([.. phrases.Select(p => new LearnedPhrase([.. p.Select((pitch, i) => new LearnedNote(Beats.Of(i, 2), Beats.Of(1, 2), new Pitch(pitch), 80))], default, LearnedPhrase.FromFile("test")))]);
        return learned;
    }

    private static Call Played(int[] phrase)
    {
        var call = new Call();
        call.Take([.. phrase.Select((pitch, i) => new CallNote(Beats.Of(i, 2), Beats.Of(1, 2), (byte)pitch, 80))]);
        return call;
    }

    private static void HearBoth(LearnedMusic one, LearnedMusic other, int[] phrase)
    {
        Hear(one, phrase);
        Hear(other, phrase);
    }

    // Sums over counts run in the order in which symbols were first seen, which forgetting does not undo: equal but for rounding.
    private static double[] Laws(LearnedMusic learned, MelodicLine line)
    {
        int[] candidates = [.. Enumerable.Range(58, 9)];
        var (laws, confidence) = (new double[learned.Members.Members.Length * candidates.Length], new int[learned.Members.Members.Length]);
        learned.Members.Laws(line, candidates, laws, confidence);
        return [.. laws.Select(p => Math.Round(p, 12)), .. confidence.Select(c => (double)c)];
    }

    private static double[] ChainLaw(LearnedMusic learned)
    {
        var candidates = new Engine.Choosing.Candidates();
        candidates.Fill(58, 66);
        Assert.True(learned.Chain.Prepare(learned.Members.NewLine(), candidates, DialSettings.Plain, 0));
        var law = new double[candidates.Count];
        learned.Chain.WriteLaw(law);
        return law;
    }
}
