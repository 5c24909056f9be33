using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

public class CommandTests
{
    private readonly ImprovSession _session;
    private readonly PartnerRecording _sink = new();
    private HostTime _now;

    // Two bars are over at 4 s, the answer of two bars sounds from 4.5 s to 8.5 s.
    public CommandTests()
    {
        var script = new ScriptedPerformance().Play("C4 D4 E4:.5 F4:.5 G4 E4 C4 D4:.5 E4:.5 C4");
        _session = Concert.Session(script);
        foreach (var m in script.ToPerformance().Messages) _session.Hear(new TimedMessage(new Timeline().ToHost(m.At), m.Message));
        Play(until: 5.5);
    }

    [Fact]
    public void Panic_silences_what_sounds_and_what_waits_and_tells_every_channel()
    {
        Assert.Contains(_sink.Messages, m => m.Message.IsNoteOn);
        _session.Submit(new SessionCommand(_now, CommandKind.Panic));
        var before = _sink.Messages.Length;
        Play(until: 12);
        var after = _sink.Messages[before..];
        Assert.DoesNotContain(after, m => m.Message.IsNoteOn);
        Assert.Equal(48, after.Count(m => m.Message.Kind == 0xB0));
        Assert.All(Score.NotesOf(_sink.Messages), n => Assert.True(n.Off <= new HostTime(6_010_000_000)));
        Assert.Equal((0, 0), (_session.Player.Sounding, _session.Player.Pending));
        Assert.Equal(Turn.Idle, _session.Snapshot(_now).Turn);
    }

    [Fact]
    public void After_panic_the_next_phrase_is_answered()
    {
        _session.Submit(new SessionCommand(_now, CommandKind.Panic));
        Play(until: 7);
        var before = _sink.Messages.Length;
        _session.Hear(new TimedMessage(_now, ShortMessage.NoteOn(0, 60, 80)));
        _session.Hear(new TimedMessage(_now.PlusSeconds(.4), ShortMessage.NoteOff(0, 60)));
        Play(until: 10);
        Assert.Contains(_sink.Messages[before..], m => m.Message.IsNoteOn);
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(5, 20)]
    [InlineData(1e9, 400)]
    public void A_tempo_is_followed_from_the_present_on_and_kept_within_20_to_400(double asked, double followed)
    {
        var beats = _session.Pipeline.Timeline.ToBeats(_now);
        _session.Submit(new SessionCommand(_now, CommandKind.Tempo, asked));
        _session.Advance(_now);
        Assert.Equal(Tempo.FromBpm(followed), _session.Pipeline.Timeline.Tempo);
        Assert.Equal(beats, _session.Pipeline.Timeline.ToBeats(_now));
        Assert.True(_session.Pipeline.TempoKnown);
    }

    [Theory]
    [InlineData(.25, .25)]
    [InlineData(-3, 0)]
    [InlineData(7, 1)]
    public void Dials_are_kept_within_0_to_1(double asked, double kept)
    {
        foreach (var dial in Dial.All) _session.Submit(new SessionCommand(_now, CommandKind.Dial, asked) { Name = dial.Name });
        _session.Advance(_now);
        // The register has whole octaves.
        foreach (var dial in Dial.All) Assert.Equal(kept, dial.Read(_session.Pipeline.Settings), dial.Name == "register" ? .09 : 1e-9);
        Assert.Equal(new DialSettings(kept, kept, kept), _session.Pipeline.Answering.Dials);
    }

    [Fact]
    public void A_preset_is_taken_up_while_playing_with_its_dials()
    {
        var other = new QuantumImprov.Engine.Presets.Preset { Name = "other", Coherence = .5, Novelty = .25, Channel = 4 };
        _session.Submit(new SessionCommand(_now, CommandKind.Preset) { Preset = other });
        _session.Advance(_now);
        var snapshot = _session.Snapshot(_now);
        Assert.Equal(("other", new DialSettings(.5, 0, .25)), (snapshot.Preset, snapshot.Settings.Law));
        Play(until: 7);
        var before = _sink.Messages.Length;
        _session.Hear(new TimedMessage(_now, ShortMessage.NoteOn(0, 60, 80)));
        _session.Hear(new TimedMessage(_now.PlusSeconds(.4), ShortMessage.NoteOff(0, 60)));
        Play(until: 10);
        Assert.All(_sink.Messages[before..], m => Assert.Equal(3, m.Message.Channel));
        Assert.Contains(_sink.Messages[before..], m => m.Message.IsNoteOn);
    }

    [Fact]
    public void A_snapshot_shows_the_phrase_and_the_whole_answer_with_its_times()
    {
        var snapshot = _session.Snapshot(_now);
        Assert.Equal((1, default(HostTime)), (snapshot.Phrase!.Value.Number, snapshot.Phrase.Value.Begins));
        Assert.InRange(snapshot.Phrase.Value.Ends!.Value.SecondsSince(default), 3.9, 4);
        var answer = snapshot.Answer!;
        Assert.Equal(_session.Pipeline.Ahead.Notes.ToArray(), answer.Notes);
        Assert.Equal(_session.Pipeline.Answering.Plan.Start, answer.Start);
        Assert.Equal(_session.Pipeline.Ahead.FirstSound(answer.Timeline), answer.SoundOf(answer.Notes[0]));
        Assert.Same(answer, _session.Snapshot(_now).Answer);
        _session.Hear(new TimedMessage(_now, ShortMessage.NoteOn(0, 60, 80)));
        Assert.Null(_session.Snapshot(_now).Answer);
        _session.Advance(_now.PlusSeconds(.1));
        Assert.Equal((2, (HostTime?)null), (_session.Snapshot(_now).Phrase!.Value.Number, _session.Snapshot(_now).Phrase!.Value.Ends));
    }

    [Fact]
    public void What_is_no_number_changes_nothing()
    {
        var (timeline, settings) = (_session.Pipeline.Timeline, _session.Pipeline.Settings);
        _session.Submit(new SessionCommand(_now, CommandKind.Tempo, double.NaN));
        foreach (var dial in Dial.All) _session.Submit(new SessionCommand(_now, CommandKind.Dial, double.NaN) { Name = dial.Name });
        _session.Submit(new SessionCommand(_now, CommandKind.Dial, .5) { Name = "volume" });
        _session.Submit(new SessionCommand(_now, CommandKind.Dial, .5));
        _session.Advance(_now);
        Assert.Equal((timeline, settings), (_session.Pipeline.Timeline, _session.Pipeline.Settings));
    }

    [Fact]
    public void What_was_due_before_a_command_was_done_before_it()
    {
        // The phrase of this session ended at 10.5 s; the tempo changes at 11 s; the host looks only now.
        Play(until: 10);
        _session.Hear(new TimedMessage(_now, ShortMessage.NoteOn(0, 60, 80)));
        _session.Hear(new TimedMessage(_now.PlusSeconds(.2), ShortMessage.NoteOff(0, 60)));
        _session.Submit(new SessionCommand(new HostTime(11_000_000_000), CommandKind.Tempo, 300));
        _session.Advance(new HostTime(11_000_000_000));
        Assert.Equal(Beats.Of(22), _session.Pipeline.Answering.Plan.Start);
    }

    [Fact]
    public void A_snapshot_says_whose_turn_it_is_and_what_is_planned()
    {
        var snapshot = _session.Snapshot(_now);
        Assert.Equal(Turn.Answering, snapshot.Turn);
        Assert.Matches("^2 bars, [a-z0-9 ]+, ends on the (tonic|third|fifth) of C major$", snapshot.Plan);
        Assert.Equal((1, 10L), (snapshot.Phrases, snapshot.NotesHeard));
        Assert.NotEmpty(snapshot.Ahead);
        _session.Hear(new TimedMessage(_now, ShortMessage.NoteOn(0, 60, 80)));
        Assert.Equal(Turn.Listening, _session.Snapshot(_now).Turn);
        Assert.Empty(_session.Snapshot(_now).Ahead);
        _session.Hear(new TimedMessage(_now, ShortMessage.NoteOff(0, 60)));
        Play(until: 30);
        Assert.Equal(Turn.Idle, _session.Snapshot(_now).Turn);
    }

    private void Play(double until)
    {
        while (_now < new HostTime((long)(until * 1e9)))
        {
            var next = _now.PlusSeconds(.01);
            _session.Advance(next);
            _session.Player.Turn(_now, next, _sink);
            _now = next;
        }
    }
}
