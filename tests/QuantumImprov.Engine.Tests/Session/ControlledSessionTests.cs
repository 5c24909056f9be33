using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Tests.Pipeline;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>A session with a controller in front of it, and what floods from it.</summary>
public class ControlledSessionTests
{
    [Fact]
    public void A_session_given_the_commands_a_controller_asked_for_needs_no_controller()
    {
        var (told, music) = (new List<SessionCommand>(), new List<TimedMessage>());
        using var first = Controlled();
        first.Session.CarriedOut += told.Add;
        int[] sent = [20, 67, 104, 103, 108, 21, 105, 106, 109, 109, 102, 66, 22, 110, 119];
        for (var turn = 0; turn < 2; turn++)
        {
            foreach (var controller in sent)
            {
                first.PlayKeys([60, 62, 64 + (controller % 5)]);
                first.Send(ShortMessage.Control(1, controller, 127 - turn));
                first.Rest(.7);
                first.Send(ShortMessage.Control(1, controller, turn * 30));
                first.Rest(.4);
            }
        }

        foreach (var kind in new[] { CommandKind.Dial, CommandKind.TakeOver, CommandKind.Mutate, CommandKind.Mute, CommandKind.Freeze, CommandKind.Forget, CommandKind.Undo, CommandKind.Tap, CommandKind.EndCall, CommandKind.Reset, CommandKind.Preset, CommandKind.Panic })
            Assert.Contains(told, c => c.Kind == kind);
        using var again = new Scene([[60, 62, 64]]);
        foreach (var (at, deed) in told.Select(c => (c.At, (Action)(() => again.Command(c)))).Concat(first.Heard.Where(m => m.Message.Kind != 0xB0).Select(m => (m.At, (Action)(() => again.Session.Hear(m))))).OrderBy(d => d.At).ToList())
        {
            again.Until(at);
            deed();
        }

        foreach (var scene in new[] { first, again }) scene.Until(new HostTime(120_000_000_000));
        Assert.Contains(first.Sent, m => m.Message.IsNoteOn);
        Assert.Equal(first.Sent, again.Sent);
        ForgettingTests.AssertSame(first.Learned, again.Learned, [[60, 62, 64]]);
    }

    [Fact]
    public void A_program_change_and_a_learned_knob_do_what_they_say()
    {
        using var scene = Controlled();
        scene.Send(ShortMessage.Program(0, 2));
        Assert.Equal("c", scene.Session.Pipeline.Preset.Name);
        scene.Command(new SessionCommand(scene.Now, CommandKind.Learn) { Name = "novelty" });
        Assert.Equal("novelty", scene.Session.Snapshot(scene.Now).ControlLearned);
        scene.Send(ShortMessage.Control(0, 1, 30));
        Assert.Equal(0, scene.Session.Pipeline.Answering.Dials.Novelty);
        scene.Send(ShortMessage.Control(0, 1, 127));
        Assert.Equal((1, (string?)null), (scene.Session.Pipeline.Answering.Dials.Novelty, scene.Session.Snapshot(scene.Now).ControlLearned));
        Assert.Contains(scene.Session.Snapshot(scene.Now).Controls.Bindings, b => b.Source == new ControlSource(false, 1, 1) && b.Target.Name == "novelty");
    }

    [Fact]
    public void Floods_on_every_dial_and_button_are_thinned_and_leave_the_last_value()
    {
        var told = 0;
        using var scene = Controlled();
        scene.Session.CarriedOut += _ => told++;
        int[] controllers = [.. ControlMap.Default.Bindings.Select(b => b.Source.Number).Where(n => n is not 67)];
        var start = scene.Now;
        // Fifteen thousand messages in a second.
        for (var i = 0; i < 1000; i++)
        {
            foreach (var controller in controllers) scene.Send(ShortMessage.Control(0, controller, i * 13 % 128));
            scene.Rest(.001);
        }

        foreach (var dial in new[] { 20, 21, 22 }) scene.Send(ShortMessage.Control(0, dial, 127));
        scene.Rest(.05);
        Assert.Equal(new DialSettings(1, 1, 1), scene.Session.Pipeline.Answering.Dials);
        var seconds = scene.Now.SecondsSince(start);
        Assert.InRange(told, 300, controllers.Length * (seconds * 1e9 / Controls.MovePause + 2));
        Assert.True(scene.Session.Snapshot(scene.Now).ControlsThinned > 2000);
        // And at once everything is as before.
        scene.Ask(CommandKind.Mute, 0);
        scene.Ask(CommandKind.Freeze, 0);
        scene.Ask(CommandKind.Preset, 0);
        scene.Session.Pipeline.Play(new Preset());
        var sounded = scene.Sent.Count();
        scene.Play([60, 62, 64, 65, 67]);
        Assert.Contains(scene.Sent.Skip(sounded), m => m.Message.IsNoteOn);
    }

    [Theory]
    [InlineData(WayOfPlaying.Answer, 60)]
    [InlineData(WayOfPlaying.Follow, 4)]
    [InlineData(WayOfPlaying.Duet, 4)]
    public void A_thousand_keys_a_second_are_bounded_and_then_all_is_as_before(WayOfPlaying way, int seconds)
    {
        using var scene = new Scene([], preset: new Preset { Way = WayRules.Default with { Way = way } });
        for (var i = 0; i < seconds * 1000; i++)
        {
            scene.Send(ShortMessage.NoteOn(i % 3, 36 + (i * 7 % 60), 1 + (i % 127)));
            if (i % 3 != 0) scene.Send(ShortMessage.NoteOff(i % 3, 36 + (i * 7 % 60)));
            scene.Rest(.001);
            Assert.True(scene.Session.Player.Pending <= Player.PendingCapacity && scene.Session.Player.Sounding <= Player.SoundingCapacity);
        }

        for (var channel = 0; channel < 3; channel++) scene.Send(ShortMessage.Control(channel, 123, 0));
        scene.Rest(12);
        Assert.False(scene.Session.Pipeline.IsPhraseOpen);
        Assert.Equal((0, 0), (scene.Session.Player.Sounding, scene.Session.Player.Pending));
        Assert.Equal(scene.Sent.Count(m => m.Message.IsNoteOn), scene.Sent.Count(m => m.Message.IsNoteOff));
        var answers = scene.Session.Pipeline.Answering.Answers;
        scene.Play([60, 62, 64, 65, 67]);
        if (way == WayOfPlaying.Answer) Assert.Equal(answers + 1, scene.Session.Pipeline.Answering.Answers);
        Assert.Equal(5, scene.Learned.Heard.Notes(scene.Learned.Heard.Count - 1).Length);
    }

    // Ten seconds of starts, continues, stops and song positions, one a millisecond, while a clock ticks and the partner answers; then the song runs.
    [Fact]
    public void A_storm_of_starts_and_stops_leaves_nothing_sounding_and_the_song_after_it_is_followed()
    {
        using var scene = new Scene([]);
        ShortMessage[] words = [new(0xFA, 0, 0), new(0xFC, 0, 0), new(0xFB, 0, 0), new(0xF2, 17, 1), new(0xFC, 0, 0)];
        scene.PlayKeys([60, 62, 64, 65, 67]);
        scene.Until(() => scene.Sent.Any());
        for (var i = 0; i < 10_000; i++)
        {
            scene.Send(words[i % words.Length]);
            if (i % 20 == 0) scene.Send(new ShortMessage(0xF8, 0, 0));
            if (i % 2500 < 1200 && i % 100 == 0) scene.Send(ShortMessage.NoteOn(0, 60 + (i / 100 % 12), 80));
            if (i % 2500 < 1200 && i % 100 == 60) scene.Send(ShortMessage.NoteOff(0, 60 + (i / 100 % 12)));
            scene.Rest(.001);
        }

        scene.Send(new ShortMessage(0xFC, 0, 0));
        scene.Rest(.05);
        Assert.Equal((0, 0), (scene.Session.Player.Sounding, scene.Session.Player.Pending));
        Assert.Equal(scene.Sent.Count(m => m.Message.IsNoteOn), scene.Sent.Count(m => m.Message.IsNoteOff));
        scene.Send(new ShortMessage(0xFA, 0, 0));
        for (var tick = 0; tick < 24 * 16; tick++)
        {
            scene.Send(new ShortMessage(0xF8, 0, 0));
            scene.Rest(60 / 100.0 / 24);
        }

        Assert.InRange(scene.Session.Pipeline.Timeline.Tempo.BeatsPerMinute, 99.9, 100.1);
        var answers = scene.Session.Pipeline.Answering.Answers;
        scene.Play([60, 62, 64, 65, 67]);
        Assert.Equal(answers + 1, scene.Session.Pipeline.Answering.Answers);
    }

    [Fact]
    public void A_clock_ten_times_too_fast_is_not_followed_and_the_real_one_after_it_is()
    {
        using var scene = new Scene([]);
        for (var tick = 0; tick < 4 * 24 * 20; tick++) Tick(60 / 1200.0 / 24);
        Assert.InRange(scene.Session.Pipeline.Timeline.Tempo.BeatsPerMinute, Tempo.Slowest, Tempo.Fastest);
        for (var tick = 0; tick < 4 * 24 * 4; tick++) Tick(60 / 100.0 / 24);
        Assert.InRange(scene.Session.Pipeline.Timeline.Tempo.BeatsPerMinute, 99.9, 100.1);

        void Tick(double seconds)
        {
            scene.Send(new ShortMessage(0xF8, 0, 0));
            scene.Rest(seconds);
        }
    }

    private static Scene Controlled() => new([[60, 62, 64]], presets: [new Preset { Name = "a" }, new Preset { Name = "b", Channel = 3 }, new Preset { Name = "c" }], controls: ControlMap.Default);
}
