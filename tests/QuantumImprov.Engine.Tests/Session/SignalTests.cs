using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>What goes out beside the music: the clock and the light. The player turns in periods of 5 ms, the session works 6 ms behind it, as live.</summary>
public class SignalTests
{
    private readonly List<TimedMessage> _signals = [];
    private ImprovSession _session = null!;
    private HostTime _now;

    [Theory]
    [InlineData(20)]
    [InlineData(97.3)]
    [InlineData(120)]
    [InlineData(400)]
    public void Ticks_fall_on_the_beat_to_the_nanosecond(double bpm)
    {
        Begin(bpm);
        Run(20);
        var timeline = _session.Pipeline.Timeline;
        Assert.Equal(0xFA, _signals[0].Message.Status);
        var ticks = Ticks(_signals);
        Assert.InRange(ticks.Length, (int)(20 * bpm / 60 * 24), (int)(20.1 * bpm / 60 * 24) + 2);
        for (var i = 0; i < ticks.Length; i++) Assert.Equal(HostTime.Max(timeline.ToHost(Beats.Of(i, 24)), default), ticks[i]);
        Assert.Equal(0, _session.Player.SignalsRefused);
    }

    [Fact]
    public void A_turned_tempo_is_followed_without_losing_or_doubling_a_tick()
    {
        Begin(120);
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
        {
            Run(_now.SecondsSince(default) + .3);
            _session.Submit(new SessionCommand(_now, CommandKind.Tempo, 60 + random.Next(120)));
        }

        // The last changes have come through.
        Run(_now.SecondsSince(default) + 1);
        var ticks = Ticks(_signals);
        var due = _session.Pipeline.Timeline.ToBeats(_now).Quarters * 24;
        Assert.InRange(ticks.Length, due - 1, due + 1);
        var (least, most) = (60 / 180.0 / 24, 60 / 60.0 / 24);
        // A change moves the first tick after those that are on their way by at most what they differ in 90 ms.
        for (var i = 1; i < ticks.Length; i++) Assert.InRange(ticks[i].SecondsSince(ticks[i - 1]), 0, most + .09 * (most / least - 1));
    }

    [Fact]
    public void Where_bar_lines_move_the_clock_starts_anew_on_one_and_at_the_end_it_stops()
    {
        Begin(null);
        Run(3);
        // The beat found in the phrase has its bar lines where the phrase began.
        for (var i = 0; i < 9; i++)
        {
            _session.Hear(new TimedMessage(_now, ShortMessage.NoteOn(0, 60 + i, 80)));
            Run(_now.SecondsSince(default) + .25);
            _session.Hear(new TimedMessage(_now, ShortMessage.NoteOff(0, 60 + i)));
            Run(_now.SecondsSince(default) + .05);
        }

        Run(_now.SecondsSince(default) + 8);
        var timeline = _session.Pipeline.Timeline;
        var starts = _signals.Where(s => s.Message.Status == 0xFA).ToArray();
        Assert.Equal(2, starts.Length);
        Assert.InRange(Math.Abs(timeline.InBar(timeline.ToBeats(starts[1].At) + Beats.Of(1, 100)).Quarters - .01), 0, .001);
        Assert.Equal([0xFA, 0xFC, 0xFA], _signals.Where(s => s.Message.Status != 0xF8).Select(s => (int)s.Message.Status));
        _session.EndSignals(_now);
        Run(_now.SecondsSince(default) + 2);
        Assert.Equal(0xFC, _signals[^1].Message.Status);
    }

    [Fact]
    public void A_light_tells_whose_turn_it_is_and_goes_out()
    {
        var map = new ControlMap("light", [], programs: false) { Light = new StateLight(118, 10) };
        Begin(120, map);
        Run(1);
        foreach (var pitch in new[] { 60, 62, 64, 65 })
        {
            _session.Hear(new TimedMessage(_now, ShortMessage.NoteOn(0, pitch, 80)));
            Run(_now.SecondsSince(default) + .4);
            _session.Hear(new TimedMessage(_now, ShortMessage.NoteOff(0, pitch)));
            Run(_now.SecondsSince(default) + .1);
        }

        Run(_now.SecondsSince(default) + 8);
        Assert.Equal([StateLight.Idle, StateLight.Listening, StateLight.Ready, StateLight.Playing, StateLight.Idle], _signals.Select(s => (int)s.Message.Data2));
        Assert.All(_signals, s => Assert.Equal((0xB9, 118), (s.Message.Status, s.Message.Data1)));
        _session.Hear(new TimedMessage(_now, ShortMessage.NoteOn(0, 60, 80)));
        Run(_now.SecondsSince(default) + .1);
        _session.EndSignals(_now);
        Run(_now.SecondsSince(default) + .01);
        Assert.Equal([StateLight.Listening, StateLight.Idle], _signals[^2..].Select(s => (int)s.Message.Data2));
    }

    [Fact]
    public void Voices_ask_for_their_sounds_and_the_leading_one_when_a_preset_with_another_takes_over()
    {
        var trio = new Preset { Program = 5, Voice2 = VoiceRules.Off with { Channel = 2, Program = 33 }, Voice3 = VoiceRules.Off with { Channel = 3 } };
        Begin(120, ControlMap.None, trio);
        Run(1);
        Assert.Equal([(0xC1, 32)], Programs());
        _session.Submit(new SessionCommand(_now, CommandKind.Preset) { Preset = trio with { Program = 57, Voice3 = VoiceRules.Off } });
        Run(2);
        Assert.Equal([(0xC0, 56), (0xC1, 32)], Programs());
        _session.Submit(new SessionCommand(_now, CommandKind.Preset) { Preset = new Preset { Program = 57 } });
        Run(3);
        Assert.Empty(Programs());

        (int, int)[] Programs()
        {
            (int, int)[] sent = [.. _signals.Select(s => ((int)s.Message.Status, (int)s.Message.Data1))];
            _signals.Clear();
            return sent;
        }
    }

    private void Begin(double? bpm, ControlMap? map = null, Preset? preset = null)
    {
        _session = new ImprovSession(new SessionSetup(preset ?? new Preset(), new LearnedMusic(), 1, bpm is { } tempo ? Tempo.FromBpm(tempo) : null, default, default) { SendsClock = map is null, Controls = map ?? ControlMap.None });
        _session.Advance(default);
    }

    private static HostTime[] Ticks(List<TimedMessage> signals) => [.. signals.Where(s => s.Message.Status == 0xF8).Select(s => s.At)];

    private void Run(double until)
    {
        var sink = new SignalSink(_signals);
        while (_now < new HostTime((long)(until * 1e9)))
        {
            var next = _now.PlusSeconds(.005);
            if (_now.Nanoseconds >= 6_000_000) _session.Advance(_now.Plus(-6_000_000));
            _session.Player.Turn(_now, next, sink);
            _now = next;
        }
    }

    private sealed class SignalSink(List<TimedMessage> signals) : IMessageSink
    {
        public void Emit(HostTime at, ShortMessage message)
        {
        }

        public void Signal(HostTime at, ShortMessage message) => signals.Add(new TimedMessage(at, message));
    }
}
