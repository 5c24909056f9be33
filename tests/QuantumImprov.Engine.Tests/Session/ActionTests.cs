using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Tests.Pipeline;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>What a performer asks for with a foot or a finger: mute, take over, end the call, draw anew, freeze, tap, another preset. 120 quarters a minute, 4/4.</summary>
public class ActionTests
{
    private static readonly int[] Tune = [60, 62, 64, 65, 67, 65, 64, 62];

    [Fact]
    public void Panic_ends_the_phrase_being_played_whatever_key_hangs_and_keeps_it_unanswered()
    {
        using var scene = new Scene([]);
        scene.PlayKeys([60, 62]);
        scene.Send(ShortMessage.NoteOn(0, 64, 80));
        scene.Rest(.01);
        Assert.True(scene.Session.Pipeline.IsPhraseOpen);
        scene.Ask(CommandKind.Panic);
        Assert.False(scene.Session.Pipeline.IsPhraseOpen);
        Assert.Equal(3, scene.Learned.Heard.Notes(0).Length);
        scene.Rest(9);
        Assert.DoesNotContain(scene.Sent, m => m.Message.IsNoteOn);
        // The key that hung is up; what comes is a phrase of its own and is answered.
        scene.Play(Tune);
        Assert.Equal(2, scene.Session.Pipeline.Phrases);
        Assert.Contains(scene.Sent, m => m.Message.IsNoteOn);
    }

    [Fact]
    public void Muted_the_partner_is_silent_at_once_learns_on_and_sounds_again_in_the_midst_of_its_answer()
    {
        using var scene = new Scene([]);
        scene.PlayKeys(Tune);
        scene.Until(() => Notes(scene).Length >= 2);
        scene.Ask(CommandKind.Mute, -1);
        var muted = scene.Now;
        Assert.True(scene.Session.Snapshot(scene.Now).Muted);
        scene.Rest(.05);
        Assert.Equal((0, 0), (scene.Session.Player.Sounding, scene.Session.Player.Pending));
        scene.Until(() => !scene.Session.Pipeline.Ahead.IsActive);
        scene.Rest(1);
        Assert.DoesNotContain(Notes(scene), n => n.On > muted);
        scene.PlayKeys(Tune);
        scene.Until(() => scene.Session.Pipeline.Answering.Answers == 2 && scene.Session.Pipeline.Ahead.FirstSound(scene.Session.Pipeline.Timeline) < scene.Now);
        Assert.Equal(2, scene.Learned.Heard.Ended);
        scene.Ask(CommandKind.Mute, -1);
        var sounds = scene.Now;
        scene.Rest(9);
        Assert.Contains(Notes(scene), n => n.On > sounds);
        Assert.DoesNotContain(Notes(scene), n => n.On > muted && n.On < sounds);
    }

    [Fact]
    public void A_second_voice_is_muted_with_the_rest()
    {
        using var scene = new Scene([], preset: new Preset { Way = WayRules.Default with { Way = WayOfPlaying.Follow } });
        scene.Rest(.1);
        scene.Send(ShortMessage.NoteOn(0, 60, 80));
        scene.Session.Player.Turn(scene.Now, scene.Now.Plus(1), new PartnerRecording(), [new TimedMessage(scene.Now, ShortMessage.NoteOn(0, 60, 80))]);
        Assert.Equal(1, scene.Session.Player.Sounding);
        scene.Ask(CommandKind.Mute, 1);
        scene.Rest(.05);
        Assert.Equal(0, scene.Session.Player.Sounding);
        scene.Session.Player.Turn(scene.Now, scene.Now.Plus(1), new PartnerRecording(), [new TimedMessage(scene.Now, ShortMessage.NoteOn(0, 62, 80))]);
        Assert.Equal(0, scene.Session.Player.Sounding);
        scene.Ask(CommandKind.Mute, 0);
        scene.Rest(.05);
        scene.Session.Player.Turn(scene.Now, scene.Now.Plus(1), new PartnerRecording(), [new TimedMessage(scene.Now, ShortMessage.NoteOn(0, 64, 80))]);
        Assert.Equal(1, scene.Session.Player.Sounding);
    }

    [Theory]
    [InlineData(WayOfPlaying.Answer)]
    [InlineData(WayOfPlaying.Trade)]
    [InlineData(WayOfPlaying.Duet)]
    [InlineData(WayOfPlaying.Follow)]
    [InlineData(WayOfPlaying.Continue)]
    public void A_partner_that_takes_over_begins_within_a_beat_plays_on_and_hands_back(WayOfPlaying way)
    {
        using var scene = new Scene([], preset: new Preset { Way = WayRules.Default with { Way = way } });
        scene.PlayKeys(Tune);
        scene.Ask(CommandKind.TakeOver, 1);
        var taken = scene.Now;
        Assert.True(scene.Session.Snapshot(scene.Now).TakenOver);
        Assert.False(scene.Session.Pipeline.IsPhraseOpen);
        scene.Rest(10);
        var notes = Notes(scene);
        Assert.InRange(notes.First(n => n.On >= taken).On.SecondsSince(taken), 0, .55);
        Assert.InRange(notes.Max(n => n.On).SecondsSince(taken), 8, 10);
        scene.Ask(CommandKind.TakeOver, 0);
        var back = scene.Now;
        scene.Rest(6);
        Assert.DoesNotContain(Notes(scene), n => n.On > back.PlusSeconds(.02));
        Assert.False(scene.Session.Snapshot(scene.Now).TakenOver);
        Assert.Equal(way, scene.Session.Pipeline.Preset.Way.Way);
    }

    [Fact]
    public void An_ended_call_is_answered_at_the_next_beat_though_a_key_is_down()
    {
        using var scene = new Scene([]);
        scene.PlayKeys(Tune);
        scene.Send(ShortMessage.NoteOn(0, 67, 80));
        scene.Rest(.1);
        scene.Ask(CommandKind.EndCall);
        var ended = scene.Session.Pipeline.Timeline.ToBeats(scene.Now);
        Assert.Equal(scene.Session.Pipeline.Timeline.NextBeat(ended), scene.Session.Pipeline.Answering.Plan.Start);
        scene.Rest(2);
        Assert.Equal(scene.Session.Pipeline.Answering.Plan.Start, scene.Session.Pipeline.Timeline.ToBeats(Notes(scene)[0].On));
        Assert.Equal(9, scene.Learned.Heard.Notes(0).Length);
        // Nothing was played since: there is no call to end.
        scene.Ask(CommandKind.EndCall);
        Assert.Equal(1UL, scene.Session.Pipeline.Answering.Answers);
    }

    [Fact]
    public void Who_ends_the_call_in_a_trade_gives_the_partner_the_next_bar()
    {
        using var scene = new Scene([], preset: new Preset { Way = WayRules.Default with { Way = WayOfPlaying.Trade, Bars = 4 } });
        scene.PlayKeys(Tune);
        scene.Rest(.5);
        scene.Ask(CommandKind.EndCall);
        scene.Rest(6);
        // The first bar began with the first key, at 0 s; it is 2.5 s now.
        Assert.Equal(new HostTime(4_000_000_000), Notes(scene)[0].On);
    }

    [Fact]
    public void An_answer_drawn_anew_is_another_one_and_begins_on_a_strong_beat()
    {
        using var scene = new Scene([]);
        scene.PlayKeys(Tune);
        scene.Ask(CommandKind.Mutate);
        Assert.Equal(0UL, scene.Session.Pipeline.Answering.Answers);
        scene.Until(() => Notes(scene).Length >= 2);
        var first = scene.Session.Pipeline.Ahead.Notes.ToArray();
        scene.Ask(CommandKind.Mutate);
        var (asked, plan) = (scene.Now, scene.Session.Pipeline.Answering.Plan);
        var second = scene.Session.Pipeline.Ahead.Notes.ToArray();
        Assert.NotEqual(first.Select(n => n.Pitch), second.Select(n => n.Pitch));
        Assert.True(scene.Session.Pipeline.Timeline.Strength(plan.Start) > 0);
        scene.Rest(12);
        Assert.DoesNotContain(Notes(scene), n => n.On > asked && n.On < scene.Session.Pipeline.Timeline.ToHost(plan.Start));
        Assert.Equal(second.Length, Notes(scene).Count(n => n.On > asked));
        // An answer that is over is played again, drawn anew; the call was learned once.
        scene.Ask(CommandKind.Mutate);
        scene.Rest(12);
        Assert.Equal((3UL, 1), (scene.Session.Pipeline.Answering.Answers, scene.Learned.Heard.Ended));
    }

    [Fact]
    public void Frozen_nothing_is_learned_and_every_phrase_is_answered()
    {
        using var scene = new Scene([[60, 62, 64]]);
        scene.Play(Tune);
        scene.Ask(CommandKind.Freeze, -1);
        var (before, heard) = (scene.Learned.ToContent(), scene.Learned.NotesHeard);
        Assert.True(scene.Session.Snapshot(scene.Now).Frozen);
        for (var i = 0; i < 3; i++)
        {
            var sounded = Notes(scene).Length;
            scene.Play([72, 71, 69, 71, 72]);
            Assert.True(Notes(scene).Length > sounded);
        }

        Assert.Equal(before, scene.Learned.ToContent());
        Assert.Equal((heard, heard), (scene.Learned.NotesHeard, scene.Session.Snapshot(scene.Now).NotesHeard));
        scene.Ask(CommandKind.Freeze, -1);
        scene.Play([60, 64]);
        Assert.Equal(heard + 2, scene.Learned.NotesHeard);
    }

    [Fact]
    public void A_phrase_frozen_in_its_middle_is_learned_as_far_as_it_had_got_and_can_be_forgotten()
    {
        using var scene = new Scene([]);
        scene.Play(Tune);
        scene.PlayKeys([60, 64, 67]);
        scene.Ask(CommandKind.Freeze, 1);
        scene.PlayKeys([72, 74]);
        scene.Ask(CommandKind.Freeze, 0);
        scene.PlayKeys([76]);
        scene.Rest(9);
        Assert.Equal(["60 62 64 65 67 65 64 62", "60 64 67"], Archive(scene));
        Assert.Equal(2, scene.Session.Pipeline.Phrases);
        scene.Play([55, 57]);
        Assert.Equal("55 57", Archive(scene)[^1]);
        for (var i = 0; i < 2; i++) scene.Ask(CommandKind.Forget);
        scene.Play([59]);
        Assert.Equal(["60 62 64 65 67 65 64 62", "59"], Archive(scene));
    }

    [Fact]
    public void What_was_frozen_over_leaves_no_trace_in_what_is_learned_afterwards()
    {
        using var stage = new Scene([[60, 62, 64]]);
        stage.Ask(CommandKind.Freeze, 1);
        stage.Play([70, 71, 72, 70]);
        stage.Ask(CommandKind.Freeze, 0);
        foreach (var phrase in new int[][] { [60, 62, 64, 62], [64, 63, 62] }) stage.Play(phrase);
        using var plain = new Scene([[60, 62, 64]]);
        plain.Rest(10);
        foreach (var phrase in new int[][] { [60, 62, 64, 62], [64, 63, 62] }) plain.Play(phrase);
        Assert.Equal(plain.Learned.Archive.ToPhrases(), stage.Learned.Archive.ToPhrases());
        var (there, here) = (plain.Learned.Pitches, stage.Learned.Pitches);
        for (var pitch = 60; pitch <= 72; pitch++)
        {
            Assert.Equal(there.Count(new ContextLine(), 0, pitch), here.Count(new ContextLine(), 0, pitch));
            for (var next = 60; next <= 72; next++) Assert.Equal(Pairs(there, pitch, next), Pairs(here, pitch, next));
        }

        static int Pairs(ContextTrie trie, int pitch, int next)
        {
            var line = new ContextLine();
            line.Push(pitch);
            return trie.Count(line, 1, next);
        }
    }

    [Theory]
    [InlineData(90, 0)]
    [InlineData(90, 12)]
    [InlineData(200, 0)]
    public void Tapped_beats_are_the_tempo_and_the_first_is_a_bar_line(double bpm, int lateMilliseconds)
    {
        using var scene = new Scene([]);
        scene.Rest(1.234);
        var first = scene.Now;
        for (var tap = 0; tap < 5; tap++)
        {
            scene.Until(first.PlusSeconds(tap * 60 / bpm).Plus(lateMilliseconds * 1_000_000L));
            scene.Command(new SessionCommand(first.PlusSeconds(tap * 60 / bpm), CommandKind.Tap));
        }

        var timeline = scene.Session.Pipeline.Timeline;
        Assert.InRange(timeline.Tempo.BeatsPerMinute, bpm - .01, bpm + .01);
        Assert.InRange(timeline.InBar(timeline.ToBeats(first.PlusSeconds(4 * 60 / bpm)) + Beats.Of(1, 100)).Quarters, 0, .02);
        Assert.True(scene.Session.Pipeline.TempoKnown);
    }

    [Fact]
    public void One_tap_or_two_far_apart_are_no_tempo()
    {
        using var scene = new Scene([]);
        for (var tap = 0; tap < 3; tap++)
        {
            scene.Ask(CommandKind.Tap);
            scene.Rest(3.5);
        }

        Assert.Equal(Tempo.FromBpm(120), scene.Session.Pipeline.Timeline.Tempo);
        // A hasty tap after slow ones begins anew.
        foreach (var pause in new[] { .6, .6, .2, .2, .2 })
        {
            scene.Ask(CommandKind.Tap);
            scene.Rest(pause);
        }

        scene.Ask(CommandKind.Tap);
        Assert.InRange(scene.Session.Pipeline.Timeline.Tempo.BeatsPerMinute, 299, 301);
    }

    [Fact]
    public void The_next_preset_follows_the_present_one_and_a_number_finds_its_own()
    {
        Preset[] presets = [new() { Name = "a" }, new() { Name = "b" }, new() { Name = "c" }];
        var told = new List<SessionCommand>();
        using var scene = new Scene([], preset: presets[1], presets: presets);
        scene.Session.CarriedOut += told.Add;
        scene.Ask(CommandKind.NextPreset);
        Assert.Equal("c", scene.Session.Pipeline.Preset.Name);
        scene.Ask(CommandKind.NextPreset);
        scene.Ask(CommandKind.Program, 1);
        scene.Ask(CommandKind.Program, 3);
        Assert.Equal("b", scene.Session.Pipeline.Preset.Name);
        // Told by name, so that whoever gives the command again needs no list.
        Assert.Equal([(CommandKind.Preset, "c"), (CommandKind.Preset, "a"), (CommandKind.Preset, "b")], told.Select(c => (c.Kind, c.Name!)));
    }

    [Fact]
    public void Actions_given_again_at_the_times_they_were_carried_out_lead_to_the_same_notes()
    {
        var told = new List<SessionCommand>();
        using var first = new Scene([[60, 62, 64]]);
        first.Session.CarriedOut += told.Add;
        foreach (var (kind, value) in new[] { (CommandKind.Tap, 0.0), (CommandKind.Tap, 0), (CommandKind.EndCall, 0), (CommandKind.Mutate, 0), (CommandKind.Mute, -1), (CommandKind.Mute, -1), (CommandKind.Freeze, -1), (CommandKind.TakeOver, -1), (CommandKind.TakeOver, -1), (CommandKind.Freeze, -1), (CommandKind.Forget, 0), (CommandKind.Undo, 0), (CommandKind.Reset, 0), (CommandKind.Panic, 0) })
        {
            first.PlayKeys([60, 62, 64 + (told.Count % 5)]);
            first.Command(new SessionCommand(first.Now.Plus(-3_000_000), kind, value));
            first.Rest(1.5);
        }

        Assert.All(told, c => Assert.True(c.Value >= 0));
        using var again = new Scene([[60, 62, 64]]);
        foreach (var (at, deed) in told.Select(c => (c.At, (Action)(() => again.Command(c)))).Concat(first.Heard.Select(m => (m.At, (Action)(() => again.Session.Hear(m))))).OrderBy(d => d.At).ToList())
        {
            again.Until(at);
            deed();
        }

        foreach (var scene in new[] { first, again }) scene.Until(new HostTime(60_000_000_000));
        Assert.Equal(first.Sent, again.Sent);
        ForgettingTests.AssertSame(first.Learned, again.Learned, [[60, 62, 64]]);
    }

    private static Score.Note[] Notes(Scene scene) => [.. Score.NotesOf([.. scene.Sent])];

    private static string[] Archive(Scene scene) => [.. scene.Learned.Archive.ToPhrases().Select(p => string.Join(' ', p.Notes.Select(n => n.Pitch.Number)))];
}
