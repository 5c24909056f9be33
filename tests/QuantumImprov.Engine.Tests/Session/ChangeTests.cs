using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Tests.Pipeline;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

public class ChangeTests
{
    private static readonly int[][] Loaded = [[60, 64, 62, 61, 60], [63, 62, 60]];
    private static readonly int[][] Phrases = [[60, 62, 64, 62], [64, 63, 62, 60, 61], [60, 62, 63, 64], [61, 60, 64, 60, 62], [62, 64, 60]];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void Keeping_the_last_phrases_leaves_what_they_alone_would_have_left(int kept)
    {
        using var stage = new Scene(Loaded);
        foreach (var phrase in Phrases) stage.Play(phrase);
        stage.Ask(CommandKind.Keep, kept);
        stage.Play([64, 62]);
        using var plain = new Scene(Loaded);
        foreach (var phrase in Phrases.TakeLast(kept)) plain.Play(phrase);
        plain.Play([64, 62]);
        ForgettingTests.AssertSameLaws(plain.Learned, stage.Learned, [.. Loaded, .. Phrases]);
        Assert.Equal(Archived(plain), Archived(stage));
        Assert.Equal(1, stage.Session.Pipeline.Changes);
    }

    [Fact]
    public void Another_repertoire_is_gone_to_between_two_phrases_and_nothing_is_taken_back_behind_it()
    {
        using var stage = new Scene([]);
        stage.Play(Phrases[0]);
        var content = new RepertoireContent([Phrase([63, 60, 61], LearnedPhrase.FromFile("other"))], null);
        stage.Ask(CommandKind.Repertoire, 3);
        Assert.Equal((0, 3), (stage.Session.Snapshot(stage.Now).Repertoire, stage.Session.Snapshot(stage.Now).RepertoireAsked));
        stage.Send(ShortMessage.NoteOn(0, 60, 80));
        Assert.Null(stage.Session.TryGoTo(3, content, "three"));
        stage.Send(ShortMessage.NoteOff(0, 60));
        stage.Rest(8);
        var before = stage.Session.TryGoTo(3, content, "three")!();
        Assert.Contains(before.Phrases, p => p.Notes.Select(n => n.Pitch.Number).SequenceEqual(Phrases[0]));
        // What a worker made is there at the end of the next phrase, with that phrase in it.
        stage.Play(Phrases[2]);
        Assert.Equal((3, null), (stage.Session.Snapshot(stage.Now).Repertoire, stage.Session.Snapshot(stage.Now).RepertoireAsked));
        Assert.Equal(["63 60 61", "60 62 63 64"], Known());
        stage.Ask(CommandKind.Undo);
        stage.Play(Phrases[1]);
        Assert.Equal(["63 60 61", "60 62 63 64", "64 63 62 60 61"], Known());
        // Where it is already, nobody is asked to go.
        stage.Ask(CommandKind.Repertoire, 3);
        Assert.Null(stage.Session.Snapshot(stage.Now).RepertoireAsked);

        IEnumerable<string> Known() => stage.Learned.Copy().Phrases.Select(p => string.Join(' ', p.Notes.Select(n => n.Pitch.Number)));
    }

    [Fact]
    public void Phrases_of_earlier_sessions_count_among_the_last_and_what_was_loaded_stays()
    {
        var content = new RepertoireContent([Phrase([60, 62], LearnedPhrase.FromPerformer), Phrase([64, 61], LearnedPhrase.FromFile("a")), Phrase([63, 60], LearnedPhrase.FromPerformer)], null);
        using var stage = new Scene([]);
        stage.Ask(CommandKind.Load, content: content);
        stage.Play([61, 62, 64]);
        stage.Ask(CommandKind.Keep, 2);
        stage.Play([60, 60]);
        Assert.Equal(["64 61", "63 60", "61 62 64", "60 60"], Archived(stage));
    }

    [Fact]
    public void Clearing_goes_back_to_a_fresh_install_and_learns_on()
    {
        using var stage = new Scene(Loaded);
        stage.Play(Phrases[0]);
        stage.Ask(CommandKind.Clear);
        Assert.True(stage.Session.Pipeline.ChangePending);
        stage.Play(Phrases[1]);
        Assert.False(stage.Session.Pipeline.ChangePending);
        var fresh = ShippedRepertoire.Learn();
        HearAgain(fresh, stage.Learned, 0);
        ForgettingTests.AssertSameLaws(fresh, stage.Learned, [.. Loaded, .. Phrases]);
        Assert.Equal(fresh.Amplitudes.Weights, stage.Learned.Amplitudes.Weights);
        Assert.Equal(ShippedRepertoire.Phrases.Length + 1, stage.Learned.Archive.Count);
    }

    [Fact]
    public void A_phrase_asked_to_be_forgotten_in_its_middle_is_forgotten_at_its_end_after_its_answer()
    {
        using var stage = new Scene(Loaded);
        stage.Play(Phrases[0]);
        stage.PlayKeys(Phrases[1]);
        stage.Ask(CommandKind.Forget);
        Assert.Equal((1, 5), (stage.Learned.Heard.Count, stage.Session.Pipeline.NotesWaiting));
        stage.Rest(9);
        Assert.Equal((1, 2), (stage.Learned.Heard.Count, stage.Session.Pipeline.Phrases));
        using var plain = new Scene(Loaded);
        plain.Play(Phrases[0]);
        ForgettingTests.AssertSame(plain.Learned, stage.Learned, Phrases);
    }

    [Fact]
    public void A_forgotten_phrase_does_not_go_on_when_it_only_drew_breath()
    {
        using var stage = new Scene(Loaded);
        stage.Play(Phrases[0]);
        stage.PlayKeys(Phrases[1]);
        // Its end is due half a second after the last key came up; the answer sounds at the next beat.
        stage.Until(() => stage.Learned.Heard.Ended == 2);
        stage.Ask(CommandKind.Forget);
        stage.Play(Phrases[2]);
        using var plain = new Scene(Loaded);
        plain.Play(Phrases[0]);
        plain.Play(Phrases[2]);
        Assert.Equal(Pitches(plain), Pitches(stage));
        Assert.Equal(Archived(plain), Archived(stage));
    }

    [Fact]
    public void Beyond_the_phrases_that_can_be_forgotten_at_once_a_worker_forgets()
    {
        using var stage = new Scene([]);
        for (var i = 0; i < LearnedMusic.MostForgotten + 2; i++) stage.Play([60 + i, 62, 64]);
        for (var i = 0; i <= LearnedMusic.MostForgotten + 5; i++) stage.Ask(CommandKind.Forget);
        stage.Play([60, 61]);
        Assert.Equal(1, stage.Learned.Archive.Count);
    }

    // The worker is as slow as a worker can be without missing a phrase's end; the last time it misses one.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void However_long_the_worker_takes_the_music_learned_is_the_same(int notesLater)
    {
        var slow = new SlowWorker();
        using var stage = new Scene(Loaded, slow);
        using var plain = new Scene(Loaded);
        foreach (var scene in new[] { stage, plain })
        {
            scene.Play(Phrases[0]);
            scene.Play(Phrases[1]);
            scene.Ask(CommandKind.Keep, 1);
        }

        stage.PlayKeys(Phrases[2][..notesLater]);
        slow.Finish();
        stage.PlayKeys(Phrases[2][notesLater..]);
        stage.Rest(9);
        plain.Play(Phrases[2]);
        ForgettingTests.AssertSame(plain.Learned, stage.Learned, Phrases);
        Assert.Equal(plain.Sent.Select(m => m.Message), stage.Sent.Select(m => m.Message));
    }

    [Fact]
    public void A_worker_that_misses_the_end_of_a_phrase_keeps_nobody_waiting_and_loses_nothing()
    {
        var slow = new SlowWorker();
        using var stage = new Scene(Loaded, slow);
        stage.Play(Phrases[0]);
        stage.Ask(CommandKind.Clear);
        stage.Play(Phrases[1]);
        Assert.Equal((2UL, true), (stage.Session.Pipeline.Answering.Answers, stage.Session.Pipeline.ChangePending));
        slow.Finish();
        stage.Play(Phrases[2]);
        var fresh = ShippedRepertoire.Learn();
        HearAgain(fresh, stage.Learned, 0);
        HearAgain(fresh, stage.Learned, 1);
        ForgettingTests.AssertSameLaws(fresh, stage.Learned, Phrases);
    }

    [Fact]
    public void What_is_asked_at_the_very_end_is_carried_out_before_it_is_saved()
    {
        var slow = new SlowWorker();
        using var stage = new Scene(Loaded, slow);
        stage.Play(Phrases[0]);
        stage.PlayKeys(Phrases[1]);
        stage.Ask(CommandKind.Clear);
        slow.FinishAtOnce = true;
        stage.Session.Pipeline.Finish(new HostTime(3_600_000_000_000));
        Assert.Equal(ShippedRepertoire.Phrases.Length, stage.Learned.Archive.Count);
    }

    [Fact]
    public void Commands_given_again_at_the_times_they_were_carried_out_lead_to_the_same_music()
    {
        var told = new List<SessionCommand>();
        using var first = new Scene(Loaded);
        first.Session.CarriedOut += told.Add;
        first.Play(Phrases[0]);
        first.Play(Phrases[1]);
        first.Ask(CommandKind.Forget);
        first.PlayKeys(Phrases[2]);
        first.Ask(CommandKind.Keep, 1);
        first.Rest(9);
        first.Play(Phrases[3]);
        Assert.Equal([CommandKind.Forget, CommandKind.Keep], told.Select(c => c.Kind));

        using var again = new Scene(Loaded);
        foreach (var (at, deed) in told.Select(c => (c.At, (Action)(() => again.Command(c)))).Concat(first.Heard.Select(m => (m.At, (Action)(() => again.Session.Hear(m))))).OrderBy(d => d.At).ToList())
        {
            again.Until(at);
            deed();
        }

        again.Rest(20);
        ForgettingTests.AssertSame(first.Learned, again.Learned, Phrases);
        Assert.Equal(first.Sent, again.Sent);
    }

    [Fact]
    public void A_view_of_the_archive_stays_as_it_was()
    {
        var archive = new PhraseArchive();
        for (var i = 0; i < 3; i++) archive.Add(Phrase([60 + i, 62], "x"));
        var view = archive.View();
        var before = view.ToPhrases();
        archive.TakeBack();
        archive.TakeBack();
        var shorter = archive.View();
        for (var i = 0; i < 600; i++) archive.Add(Phrase([70, 71, 72, 73, 74, 75, 76, 77, 78], "y"));
        Assert.Equal(before, view.ToPhrases());
        Assert.Equal(before[..1], shorter.ToPhrases());
        Assert.Equal(601, archive.ToPhrases().Length);
    }

    private static int[] Pitches(Scene scene) => [.. scene.Learned.Heard.Notes(1).ToArray().Select(n => (int)n.Pitch)];

    // Phrase by phrase as it was played, times and all.
    private static void HearAgain(LearnedMusic fresh, LearnedMusic learned, int phrase)
    {
        foreach (var note in learned.Heard.Notes(phrase)) fresh.Hear(note);
        fresh.EndPhrase(learned.Archive.ToPhrases()[learned.Archive.Count - learned.Heard.Count + phrase]);
    }

    private static IEnumerable<string> Archived(Scene scene) => scene.Learned.Archive.ToPhrases().Select(p => string.Join(' ', p.Notes.Select(n => n.Pitch.Number)));

    private static LearnedPhrase Phrase(int[] pitches, string source) => new([.. pitches.Select((p, i) => new LearnedNote(Beats.Of(i, 2), Beats.Of(1, 2), new Pitch(p), 80))], default, source);
}
