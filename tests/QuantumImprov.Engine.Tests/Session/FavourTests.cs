using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Tests.Pipeline;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>What the performer likes is taken up more often, by a law in closed form; taken back, it is as if it had never been liked.</summary>
public class FavourTests
{
    private const double Motif = .6;
    private static readonly int[][] Loaded = [[60, 64, 62, 61, 60], [63, 62, 60]];
    private static readonly int[][] Phrases = [[60, 62, 64, 62], [64, 63, 62, 60, 61], [60, 62, 63, 64], [61, 60, 64, 60, 62], [62, 64, 60, 61], [64, 62, 61, 60], [60, 61, 62, 61]];

    // 50,000 draws a phrase and 4.9 standard errors: a right law fails one run in a million a phrase.
    [Theory]
    [InlineData(7, new[] { 2 })]
    [InlineData(7, new[] { 1, 3, 6 })]
    [InlineData(7, new int[0])]
    [InlineData(3, new[] { 1 })]
    public void Each_phrase_is_taken_up_as_often_as_its_law_says(int heard, int[] favoured)
    {
        const int draws = 50_000;
        using var scene = Played(heard);
        foreach (var number in favoured) scene.Ask(CommandKind.Favour, number);
        var (taken, random, recollection) = (new int[heard], new Xoshiro(12), new Recollection());
        var timeline = scene.Session.Pipeline.Timeline;
        for (var i = 0; i < draws; i++)
        {
            if (recollection.Recalls(scene.Learned, timeline, Motif, random)) taken[Array.FindIndex(Phrases, p => p.SequenceEqual(recollection.Remembered.Notes.ToArray().Select(n => (int)n.Pitch)))]++;
        }

        for (var phrase = 0; phrase < heard; phrase++)
        {
            var earlier = heard >= 5 && phrase < heard - 2 ? .2 * Motif / (heard - 2) : 0;
            var law = earlier + (favoured.Contains(phrase + 1) ? .4 * Motif / favoured.Length : 0);
            Assert.InRange(taken[phrase] / (double)draws, law - Error(law), law + Error(law));
        }

        static double Error(double p) => 4.9 * Math.Sqrt(p * (1 - p) / draws);
    }

    [Fact]
    public void The_last_one_heard_is_no_answer_to_itself_and_another_metre_is_left_out()
    {
        using var scene = Played(3);
        scene.Ask(CommandKind.Favour);
        Assert.Equal([3], scene.Session.Snapshot(scene.Now).Favoured);
        var (recollection, random) = (new Recollection(), new Xoshiro(1));
        Assert.DoesNotContain(true, Enumerable.Range(0, 200).Select(_ => recollection.Recalls(scene.Learned, scene.Session.Pipeline.Timeline, 1, random)));
        scene.Ask(CommandKind.Favour, 1);
        Assert.Contains(true, Enumerable.Range(0, 200).Select(_ => recollection.Recalls(scene.Learned, scene.Session.Pipeline.Timeline, 1, random)));
        Assert.DoesNotContain(true, Enumerable.Range(0, 200).Select(_ => recollection.Recalls(scene.Learned, scene.Session.Pipeline.Timeline with { Metre = Metre.Of(3, 4) }, 1, random)));
    }

    [Fact]
    public void A_session_remembers_what_is_liked_in_its_answers()
    {
        var (liked, plain) = (Recalled(2), Recalled(null));
        // With the motif dial at 1, of 80 answers .2 remember something and .4 more what is liked: 16 and 48, with standard deviations of 3.6 and 4.4. Another seed fails one time in 20,000.
        Assert.InRange(liked, 30, 66);
        Assert.InRange(plain, 1, 31);
        Assert.True(liked > plain + 8, $"{liked} and {plain}");

        static int Recalled(int? liked)
        {
            using var scene = new Scene(Loaded, preset: new Preset { MaxCopy = 6, Motif = 1 });
            var recalled = 0;
            scene.Session.Pipeline.Answering.Planned += plan => recalled += plan.Recalls ? 1 : 0;
            for (var i = 0; i < 80; i++)
            {
                scene.Play(Phrases[i % Phrases.Length]);
                if (i + 1 == liked) scene.Ask(CommandKind.Favour);
            }

            return recalled;
        }
    }

    [Theory]
    [InlineData(CommandKind.Undo)]
    [InlineData(CommandKind.Favour)]
    public void Taken_back_it_was_never_asked_for(CommandKind back)
    {
        using Scene liked = Played(5), plain = Played(5);
        liked.Ask(CommandKind.Favour);
        Assert.NotEqual(plain.Learned.ToContent(), liked.Learned.ToContent());
        liked.Ask(back);
        foreach (var scene in new[] { liked, plain })
        {
            foreach (var phrase in Phrases) scene.Play(phrase);
        }

        ForgettingTests.AssertSame(plain.Learned, liked.Learned, [.. Loaded, .. Phrases]);
        Assert.Equal(plain.Learned.Amplitudes.Weights, liked.Learned.Amplitudes.Weights);
        Assert.Equal(plain.Sent, liked.Sent);
        Assert.Empty(liked.Session.Snapshot(liked.Now).Favoured);
    }

    [Fact]
    public void A_phrase_keeps_its_number_through_whatever_is_done_to_others()
    {
        using var scene = Played(4);
        scene.Ask(CommandKind.Forget);
        scene.Play(Phrases[4]);
        // The fifth is the fourth that is known.
        scene.Ask(CommandKind.Favour, 4);
        Assert.Empty(Favoured());
        scene.Ask(CommandKind.Favour, 5);
        scene.Ask(CommandKind.Favour, 2);
        Assert.Equal([2, 5], Favoured());
        scene.Ask(CommandKind.Keep, 2);
        scene.Play(Phrases[5]);
        Assert.Equal([5], Favoured());
        scene.Ask(CommandKind.Undo);
        scene.Play(Phrases[6]);
        Assert.Equal([2, 5], Favoured());
        scene.Ask(CommandKind.Undo);
        Assert.Equal([5], Favoured());
        scene.Ask(CommandKind.Undo);
        scene.Ask(CommandKind.Favour, 3);
        scene.Ask(CommandKind.Favour, 3);
        Assert.Empty(Favoured());

        IEnumerable<int> Favoured() => scene.Session.Snapshot(scene.Now).Favoured;
    }

    [Fact]
    public void What_is_forgotten_and_remembered_is_liked_as_before()
    {
        using var scene = Played(3);
        scene.Ask(CommandKind.Favour);
        scene.Ask(CommandKind.Forget);
        Assert.Empty(scene.Session.Snapshot(scene.Now).Favoured);
        scene.Play(Phrases[3]);
        scene.Ask(CommandKind.Undo);
        Assert.Equal([3], scene.Session.Snapshot(scene.Now).Favoured);
        Assert.Equal(1, scene.Learned.Archive.FavouredCount);
    }

    [Fact]
    public void In_the_middle_of_a_phrase_that_phrase_is_meant_and_what_a_worker_makes_goes_first()
    {
        var slow = new SlowWorker();
        using var scene = new Scene(Loaded, slow);
        scene.Play(Phrases[0]);
        scene.PlayKeys(Phrases[1][..2]);
        scene.Ask(CommandKind.Keep, 0);
        scene.Ask(CommandKind.Favour);
        scene.PlayKeys(Phrases[1][2..]);
        scene.Rest(9);
        scene.Play(Phrases[2]);
        Assert.True(scene.Session.Pipeline.ChangePending);
        slow.Finish();
        scene.Rest(.1);
        // Of what was heard since the change the last one.
        Assert.Equal([3], scene.Session.Snapshot(scene.Now).Favoured);
        using var other = Played(1);
        other.PlayKeys(Phrases[1]);
        other.Ask(CommandKind.Favour);
        other.Rest(9);
        Assert.Equal([2], other.Session.Snapshot(other.Now).Favoured);
    }

    [Fact]
    public void What_was_liked_in_an_earlier_session_is_taken_up_in_a_later_one()
    {
        var content = new RepertoireContent([new LearnedPhrase([.. Phrases[0].Select((p, i) => new LearnedNote(Beats.Of(i, 2), Beats.Of(1, 2), new Pitch(p), 80))], default, LearnedPhrase.FromPerformer) { Favoured = true }], null);
        var learned = LearnedMusic.From(content);
        var (recollection, random) = (new Recollection(), new Xoshiro(3));
        var timeline = new Timeline(Tempo.FromBpm(120), default, Beats.Zero, default);
        var taken = Enumerable.Range(0, 1000).Count(_ => recollection.Recalls(learned, timeline, 1, random));
        // .4 of a thousand, within five standard deviations.
        Assert.InRange(taken, 320, 480);
        Assert.Equal(Phrases[0], recollection.Remembered.Notes.ToArray().Select(n => (int)n.Pitch));
    }

    [Fact]
    public void A_view_sees_what_was_liked_when_it_was_taken()
    {
        using var scene = Played(2);
        var before = scene.Learned.View();
        scene.Ask(CommandKind.Favour, 1);
        var after = scene.Learned.View();
        scene.Ask(CommandKind.Favour, 2);
        Assert.Equal((0, 1, 2), (Liked(before()), Liked(after()), Liked(scene.Learned.ToContent())));

        static int Liked(RepertoireContent content) => content.Phrases.Count(p => p.Favoured);
    }

    private static Scene Played(int phrases)
    {
        var scene = new Scene(Loaded);
        foreach (var phrase in Phrases[..phrases]) scene.Play(phrase);
        return scene;
    }
}
