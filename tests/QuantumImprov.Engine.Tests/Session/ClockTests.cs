using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>Sessions that keep time with a MIDI clock whose ticks come up to 3 ms early or late.</summary>
public class ClockTests
{
    private readonly Xoshiro _random = new(8);
    private readonly PartnerRecording _sink = new();
    private readonly ImprovSession _session;
    private HostTime _now;
    private double _clock = .1;

    public ClockTests() => _session = new ImprovSession(new SessionSetup(
        new Preset { Way = WayRules.Default with { Way = WayOfPlaying.Trade, Bars = 1 } }, new Engine.Pipeline.LearnedMusic(), 1, null, default, default));

    [Theory]
    [InlineData(72)]
    [InlineData(131)]
    public void Turns_fall_on_the_clocks_bar_lines_and_its_stop_silences(double bpm)
    {
        Tick(bpm, 24 * 8);
        Send(0xFA);
        var start = _clock;
        // The song's fourth bar is the performer's, the fifth the partner's.
        Tick(bpm, 24 * 12);
        Hear(ShortMessage.NoteOn(0, 60, 80));
        Tick(bpm, 24);
        Hear(ShortMessage.NoteOff(0, 60));
        Tick(bpm, 24 * 4);
        Assert.True(_session.Pipeline.SharesTime(_now) && _session.Pipeline.TempoKnown);
        var first = _sink.Messages.First(m => m.Message.IsNoteOn);
        Assert.Equal(start + 16 * 60 / bpm, first.At.SecondsSince(default), .002);
        Send(0xFC);
        Play(_now.PlusSeconds(1));
        Assert.Equal(0, _session.Player.Sounding + _session.Player.Pending);
        Assert.Equal(_sink.Messages.Count(m => m.Message.IsNoteOn), _sink.Messages.Count(m => m.Message.IsNoteOff));
    }

    [Fact]
    public void It_is_told_whether_the_clock_is_steady_and_one_that_is_not_to_be_followed_changes_nothing()
    {
        Assert.Equal(new TimeView(TimeKeeper.Phrases, false, null, TimeSources.All), Time);
        Tick(100, 96);
        Assert.Equal((TimeKeeper.Clock, true), (Time.Keeper, Time.IsSteady));
        Assert.InRange(Time.Uneven!.Value, .5, 2);
        // A tick and a half late is nothing, three ticks are.
        Play(_now.PlusSeconds(1.5 * .025));
        Assert.True(Time.IsSteady);
        Play(_now.PlusSeconds(1.5 * .025));
        Assert.Equal((TimeKeeper.Clock, false), (Time.Keeper, Time.IsSteady));
        _clock = _now.SecondsSince(default) + .01;
        Tick(100, 96);

        Ask(TimeSources.Song);
        var before = _session.Pipeline.Timeline;
        Send(0xFA);
        Tick(140, 192);
        Assert.Equal(before, _session.Pipeline.Timeline);
        Assert.Equal((TimeKeeper.Stated, true, TimeSources.Song), (Time.Keeper, Time.IsSteady, Time.Follows));
        Assert.InRange(Time.Uneven!.Value, .5, 2);
        Assert.False(_session.Pipeline.SharesTime(_now));

        // It is followed again from its next tick on: tempo, beat and bar lines are its own.
        Ask(TimeSources.Clock);
        Tick(140, 1);
        Assert.Equal(TimeKeeper.Clock, Time.Keeper);
        Assert.Equal(140, _session.Pipeline.Timeline.Tempo.BeatsPerMinute, 1.0);
        // The song began 192 ticks ago, eight quarters.
        var inBar = _session.Pipeline.Timeline.InBar(_session.Pipeline.Timeline.ToBeats(_now)).Quarters;
        Assert.InRange(Math.Min(inBar, 4 - inBar), 0, .03);
        Play(_now.PlusSeconds(3));
        Assert.Equal(new TimeView(TimeKeeper.Stated, true, null, TimeSources.Clock), Time);
    }

    private TimeView Time => _session.Snapshot(_now).Time;

    private void Ask(TimeSources sources)
    {
        _session.Submit(new SessionCommand(_now, CommandKind.Sync, (int)sources));
        _session.Advance(_now);
    }

    [Fact]
    public void Beats_never_go_back_whatever_the_clock_does()
    {
        var random = new Xoshiro(4);
        var last = Beats.Zero;
        for (var i = 0; i < 4_000; i++)
        {
            switch (random.NextInt(60))
            {
                case 0: Send(0xFA); break;
                case 1: Send(0xFB); break;
                case 2: Hear(new ShortMessage(0xF2, (byte)random.NextInt(128), (byte)random.NextInt(4))); break;
                case 3: _clock += random.NextDouble() * 3; break;
                default: Tick(60 + 140.0 * (i / 500) / 8, 1); break;
            }

            var beats = _session.Pipeline.Timeline.ToBeats(_now);
            // A correction of the phase may take a few milliseconds back; nothing ever jumps.
            Assert.True(beats > last - new Beats(Beats.PerQuarter / 2), $"from {last.Quarters} to {beats.Quarters}");
            last = beats;
        }
    }

    private void Tick(double bpm, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Send(0xF8, .003 * (2 * _random.NextDouble() - 1));
            _clock += 60 / bpm / 24;
        }
    }

    private void Send(int status, double jitter = 0)
    {
        Play(new HostTime((long)((_clock + jitter) * 1e9)));
        _session.Hear(new TimedMessage(_now, new ShortMessage((byte)status, 0, 0)));
    }

    private void Hear(ShortMessage message)
    {
        Play(new HostTime((long)(_clock * 1e9)));
        _session.Hear(new TimedMessage(_now, message));
    }

    private void Play(HostTime until)
    {
        while (_now < until)
        {
            var next = HostTime.Min(until, _now.PlusSeconds(.005));
            _session.Advance(next);
            _session.Player.Turn(_now, next, _sink);
            _now = next;
        }
    }
}
