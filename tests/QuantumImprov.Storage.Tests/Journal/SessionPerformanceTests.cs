using System.Collections.Immutable;
using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Storage.Tests.Support;
using Xunit;

namespace QuantumImprov.Storage.Tests.Journal;

public sealed class SessionPerformanceTests
{
    private static readonly HostTime Origin = new(123_456_789_012);

    [Fact]
    public void Messages_keep_their_musical_times_to_the_tick_through_tempo_changes()
    {
        var anyStep = Gen.Select(Gen.Long[0, 4 * Beats.PerQuarter], Gen.Bool, Gen.Double[Tempo.Slowest, Tempo.Fastest], Gen.Bool);
        Gen.Select(Gen.Double[Tempo.Slowest, Tempo.Fastest], Any.Metre, anyStep.Array[1, 80]).Sample(
            (bpm, metre, steps) =>
            {
                var timeline = new Timeline(Tempo.FromBpm(bpm), metre, Beats.Zero, Origin);
                var start = timeline;
                var expected = new List<(Beats At, int Track)>();
                var performer = ImmutableArray.CreateBuilder<TimedMessage>();
                var partner = ImmutableArray.CreateBuilder<TimedMessage>();
                var segments = new List<TimelineSegment> { new(Origin, timeline) };
                var beat = Beats.Zero;
                foreach (var (step, isPerformer, tempo, changes) in steps)
                {
                    beat += new Beats(step + 1);
                    if (changes)
                    {
                        var at = timeline.ToHost(beat);
                        timeline = timeline.WithTempo(Tempo.FromBpm(tempo), at);
                        segments.Add(new TimelineSegment(at, timeline));
                        continue;
                    }

                    (isPerformer ? performer : partner).Add(new TimedMessage(timeline.ToHost(beat), ShortMessage.Control(0, 1, 1)));
                    expected.Add((beat, isPerformer ? 0 : 1));
                }

                var performance = Session(start, performer.ToImmutable(), partner.ToImmutable(), segments).ToPerformance();
                return performance.Messages.Select(m => (m.At, m.Track)).SequenceEqual(expected);
            },
            iter: 2000);
    }

    [Fact]
    public void What_silences_a_dead_sessions_receiver_is_its_open_notes_and_every_channel_it_may_have_played_on()
    {
        ImmutableArray<TimedMessage> performer = [new(Origin, ShortMessage.NoteOn(0, 60, 80))];
        ImmutableArray<TimedMessage> partner = [new(Origin, ShortMessage.NoteOn(2, 64, 80)), new(Origin, ShortMessage.NoteOn(2, 67, 80)), new(Origin, ShortMessage.NoteOff(2, 64))];
        var died = Session(default, performer, partner, [new TimelineSegment(Origin, default)]) with { ClosedProperly = false };
        Assert.Equal(
            [ShortMessage.NoteOff(2, 67), ShortMessage.Control(2, 64, 0), ShortMessage.Control(2, 123, 0), ShortMessage.Control(5, 64, 0), ShortMessage.Control(5, 123, 0)],
            died.Silencing(5));
        Assert.Empty((died with { ClosedProperly = true }).Silencing(5));
        Assert.Empty((died with { Performer = [] }).Silencing(5));
    }

    [Fact]
    public void The_file_lasts_as_long_as_the_session_did_whatever_the_timelines_did()
    {
        var anyJump = Gen.Select(Gen.Long[1, 8_000_000_000], Gen.Double[30, 300], Any.Metre, Gen.Long[-1L << 30, 1L << 30], Gen.Long[-1L << 30, 1L << 30]);
        anyJump.Array[0, 12].Sample(
            jumps =>
            {
                var start = new Timeline(Tempo.FromBpm(100), default, Beats.Zero, Origin);
                var segments = new List<TimelineSegment> { new(Origin, start) };
                var now = Origin;
                var heard = ImmutableArray.CreateBuilder<TimedMessage>();
                heard.Add(new TimedMessage(now, ShortMessage.Control(0, 1, 1)));
                foreach (var (later, bpm, metre, beat, bar) in jumps)
                {
                    now = now.Plus(later);
                    segments.Add(new TimelineSegment(now, new Timeline(Tempo.FromBpm(bpm), metre, new Beats(beat), now, new Beats(bar))));
                    heard.Add(new TimedMessage(now.Plus(later / 3), ShortMessage.Control(0, 1, 1)));
                    now = now.Plus(later / 2);
                }

                var performance = Session(start, heard.ToImmutable(), [], segments).ToPerformance();
                Assert.All(performance.Map.Tempos.Zip(performance.Map.Tempos.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
                Assert.All(performance.Map.Metres.Zip(performance.Map.Metres.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
                Assert.Equal(Beats.Zero, performance.Map.Metres[0].At);
                var first = performance.Map.ToHost(performance.Messages[0].At);
                for (var i = 0; i < heard.Count; i++)
                {
                    // Half a tick a timeline at the slowest of these tempos.
                    var error = performance.Map.ToHost(performance.Messages[i].At).Since(first) - heard[i].At.Since(heard[0].At);
                    Assert.InRange(Math.Abs(error), 0, 100_000L * (jumps.Length + 1));
                }
            },
            iter: 1000);
    }

    [Fact]
    public void What_sounds_when_a_session_dies_is_ended_at_its_last_sign_of_life()
    {
        var timeline = new Timeline(Tempo.FromBpm(60), default, Beats.Zero, Origin);
        var session = Session(
            timeline,
            [At(0, ShortMessage.NoteOn(0, 60, 64)), At(1, ShortMessage.NoteOn(0, 64, 64)), At(2, ShortMessage.NoteOff(0, 60)), At(2, ShortMessage.Control(3, 64, 127))],
            [At(2, ShortMessage.NoteOn(1, 72, 64)), At(3, ShortMessage.NoteOn(1, 72, 64))],
            [new TimelineSegment(Origin, timeline)]) with { Latest = Origin.PlusSeconds(5) };
        var performance = session.ToPerformance();
        Assert.Equal(
            [
                new PartMessage(Beats.Of(5), 0, ShortMessage.NoteOff(0, 64)),
                new PartMessage(Beats.Of(5), 1, ShortMessage.NoteOff(1, 72)),
                new PartMessage(Beats.Of(5), 0, ShortMessage.Control(3, 64, 0)),
            ],
            performance.Messages[6..]);
        Assert.Equal(Beats.Of(5), performance.End);
    }

    [Fact]
    public void A_performance_says_who_played_and_in_what_tempo_and_metre()
    {
        var timeline = new Timeline(Tempo.FromBpm(90), Metre.Of(3, 4), Beats.Zero, Origin);
        var performance = Session(timeline, [At(0, ShortMessage.NoteOn(0, 60, 64))], [], [new TimelineSegment(Origin, timeline)]).ToPerformance();
        Assert.Equal(["performer", "partner"], performance.TrackNames);
        Assert.True(performance is { StatesTempo: true, StatesMetre: true });
        Assert.Equal(new TempoChange(Beats.Zero, Tempo.FromBpm(90)), Assert.Single(performance.Map.Tempos));
        Assert.Equal(new MetreChange(Beats.Zero, Metre.Of(3, 4)), Assert.Single(performance.Map.Metres));
    }

    [Fact]
    public void An_empty_session_is_an_empty_performance()
    {
        var timeline = new Timeline(Tempo.FromBpm(90), default, Beats.Zero, Origin);
        var performance = Session(timeline, [], [], [new TimelineSegment(Origin, timeline)]).ToPerformance();
        Assert.Empty(performance.Messages);
        Assert.Equal(Beats.Zero, performance.End);
    }

    [Fact]
    public void An_upbeat_before_beat_zero_moves_everything_by_whole_bars()
    {
        var timeline = new Timeline(Tempo.FromBpm(60), Metre.Of(3, 4), Beats.Zero, Origin.PlusSeconds(4));
        var performance = Session(timeline, [At(0, ShortMessage.NoteOn(0, 60, 64)), At(4, ShortMessage.NoteOff(0, 60))], [], [new TimelineSegment(Origin, timeline)]).ToPerformance();
        Assert.Equal([Beats.Of(2), Beats.Of(6)], performance.Messages.Select(m => m.At));
    }

    [Fact]
    public void A_first_note_that_sets_the_beat_starts_the_file()
    {
        var before = new Timeline(Tempo.FromBpm(120), default, Beats.Zero, Origin);
        var after = new Timeline(Tempo.FromBpm(80), Metre.Of(3, 4), Beats.Zero, Origin.PlusSeconds(30));
        var performance = Session(before, [At(30, ShortMessage.NoteOn(0, 60, 64))], [], [new TimelineSegment(Origin, before), new TimelineSegment(Origin.PlusSeconds(30), after)]).ToPerformance();
        Assert.Equal(Beats.Zero, performance.Messages[0].At);
        Assert.Equal(Tempo.FromBpm(80), performance.Map.Tempos[0].Tempo);
    }

    [Fact]
    public void A_jump_of_the_beat_sets_new_bar_lines_and_never_goes_back()
    {
        // At 60 a beat is a second. After 5.5 beats the performer's downbeat is found: it is beat 0 again.
        var before = new Timeline(Tempo.FromBpm(60), default, Beats.Zero, Origin);
        var jump = Origin.PlusSeconds(5.5);
        var after = before with { TimeOrigin = jump };
        var performance = Session(
            before, [At(0, ShortMessage.NoteOn(0, 60, 64)), At(5.5, ShortMessage.NoteOff(0, 60)), At(7.5, ShortMessage.NoteOn(0, 60, 64))], [],
            [new TimelineSegment(Origin, before), new TimelineSegment(jump, after)]).ToPerformance();
        Assert.Equal([Beats.Zero, Beats.Of(11, 2), Beats.Of(15, 2), Beats.Of(15, 2)], performance.Messages.Select(m => m.At));
        Assert.Equal([Beats.Zero, Beats.Of(11, 2)], performance.Map.Metres.Select(m => m.At));
    }

    [Fact]
    public void A_new_metre_begins_at_its_first_bar_line()
    {
        var before = new Timeline(Tempo.FromBpm(60), default, Beats.Zero, Origin);
        var after = before with { Metre = Metre.Of(3, 4), BarOrigin = Beats.Of(4) };
        var performance = Session(
            before, [At(0, ShortMessage.NoteOn(0, 60, 64)), At(20, ShortMessage.NoteOff(0, 60))], [],
            [new TimelineSegment(Origin, before), new TimelineSegment(Origin.PlusSeconds(8), after)]).ToPerformance();
        Assert.Equal([new MetreChange(Beats.Zero, default), new MetreChange(Beats.Of(10), Metre.Of(3, 4))], performance.Map.Metres);
        Assert.Single(performance.Map.Tempos);
    }

    [Fact]
    public void Messages_a_file_cannot_hold_are_left_out()
    {
        var timeline = new Timeline(Tempo.FromBpm(60), default, Beats.Zero, Origin);
        var performance = Session(
            timeline, [At(0, new ShortMessage(0xFE, 0, 0)), At(1, new ShortMessage(0x90, 200, 1)), At(2, ShortMessage.Control(0, 7, 100))], [], [new TimelineSegment(Origin, timeline)]).ToPerformance();
        Assert.Equal(ShortMessage.Control(0, 7, 100), Assert.Single(performance.Messages).Message);
    }

    private static TimedMessage At(double seconds, ShortMessage message) => new(Origin.PlusSeconds(seconds), message);

    // By way of the file, as it really goes.
    private static SessionRecord Session(Timeline start, ImmutableArray<TimedMessage> performer, ImmutableArray<TimedMessage> partner, IEnumerable<TimelineSegment> segments)
    {
        var header = new JournalHeader { ProductVersion = "1", Seed = 1, PresetName = "plain", PresetText = "", ClockOrigin = Origin, Timeline = start };
        var lines = new JournalLines(Origin);
        lines.AddHeader(header);
        foreach (var segment in segments.Skip(1)) lines.Add(JournalEntry.TimelineFrom(segment.From, segment.Timeline));
        foreach (var message in performer) lines.Add(JournalEntry.FromPerformer(message));
        foreach (var message in partner) lines.Add(JournalEntry.FromPartner(message));
        return Recorded.Read(lines.Bytes);
    }
}
