using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>Ways of playing together but answering, as whole concerts.</summary>
public class WaysTests
{
    private const string Bar = "C4 E4 G4:.5 E4:.5 D4";

    [Theory]
    [InlineData(60, 1)]
    [InlineData(60, 4)]
    [InlineData(97, 2)]
    [InlineData(120, 8)]
    [InlineData(180, 12)]
    [InlineData(240, 4)]
    public void Turns_change_on_the_bar_line(double bpm, int bars)
    {
        var script = new ScriptedPerformance(bpm);
        for (var round = 0; round < 3; round++)
        {
            for (var bar = 0; bar < bars; bar++) script.Play(Bar);
            script.Rest(4 * bars);
        }

        var partner = Score.NotesOf(Concert.Play(Concert.Session(script, preset: Trading(bars)), script, () => 5_000_000).Partner);
        var timeline = script.ToPerformance().Map.At(Beats.Zero);
        for (var round = 0; round < 3; round++)
        {
            var (from, until) = (timeline.ToHost(Beats.Of(4 * bars * (2 * round + 1))), timeline.ToHost(Beats.Of(4 * bars * (2 * round + 2))));
            var turn = partner.Where(n => n.On >= from && n.On < until).ToList();
            Assert.True(turn.Count >= 2, $"{turn.Count} notes in turn {round}");
            // On the bar line to the nanosecond: the last instant decides it.
            Assert.Equal(from, turn[0].On);
            Assert.All(turn, n => Assert.True(n.Off < until, "a note hangs over into the performer's turn"));
            Assert.True(turn[^1].On >= timeline.ToHost(Beats.Of(4 * bars * (2 * round + 2) - 6)), "the turn is not filled");
        }

        Assert.DoesNotContain(partner, n => timeline.ToBeats(n.On).Quarters % (8 * bars) < 4 * bars - .01);
    }

    [Fact]
    public void Playing_on_in_the_partner_s_turn_neither_stops_nor_feeds_it()
    {
        var quiet = new ScriptedPerformance().Play($"{Bar} {Bar}").Rest(8).Play($"{Bar} {Bar}").Rest(8);
        var busy = new ScriptedPerformance().Play($"{Bar} {Bar}").Rest(2).Play("B4 A4 B4 A4").Rest(2).Play($"{Bar} {Bar}").Rest(8);
        var (plain, played) = (Concert.Play(Concert.Session(quiet, preset: Trading(2)), quiet), Concert.Play(Concert.Session(busy, preset: Trading(2)), busy));
        var first = new Timeline().ToHost(Beats.Of(16));
        Assert.Equal(plain.Partner.Where(m => m.At < first), played.Partner.Where(m => m.At < first));
        // What was played meanwhile is a phrase of its own.
        Assert.Equal(["C4 E4 G4 E4 D4 C4 E4 G4 E4 D4", "B4 A4 B4 A4", "C4 E4 G4 E4 D4 C4 E4 G4 E4 D4"], Phrases(busy, Trading(2)));
    }

    [Fact]
    public void Silence_within_a_turn_belongs_to_it_and_after_a_silent_turn_the_trading_is_over()
    {
        var script = new ScriptedPerformance().Play("C4 D4").Rest(3).Play("E4 D4").Rest(1).Rest(48).Play($"{Bar} {Bar}").Rest(16);
        var preset = Trading(2);
        var partner = Score.NotesOf(Concert.Play(Concert.Session(script, preset: preset), script).Partner).Select(n => new Timeline().ToBeats(n.On).Quarters).ToList();
        Assert.Equal(["C4 D4 E4 D4", "C4 E4 G4 E4 D4 C4 E4 G4 E4 D4"], Phrases(script, preset));
        // Turns from 8 and, although nothing came, from 24; then nothing until the performer begins again at 56: from 64 and, once more alone, from 80.
        Assert.All(partner, at => Assert.True(at is (>= 8 and < 16) or (>= 24 and < 32) or (>= 64 and < 72) or (>= 80 and < 88), $"{at}"));
        Assert.Contains(partner, at => at is >= 24 and < 32);
        Assert.Contains(64, partner);
    }

    [Fact]
    public void A_first_key_late_in_a_bar_is_an_upbeat()
    {
        var script = new ScriptedPerformance().Rest(3.6).Play($"G4:.4 {Bar} {Bar}").Rest(12);
        var partner = Score.NotesOf(Concert.Play(Concert.Session(script, preset: Trading(2)), script).Partner);
        Assert.Equal(new Timeline().ToHost(Beats.Of(12)), partner[0].On);
    }

    [Fact]
    public void The_partner_begins_after_a_bar_counted_in_when_the_first_key_asks_for_it()
    {
        var script = new ScriptedPerformance().Rest(1).Play("C4").Rest(30);
        var preset = new Preset { Way = WayRules.Default with { Way = WayOfPlaying.Trade, Bars = 2, PartnerFirst = true, CountIn = 1 } };
        var sent = Concert.Play(Concert.Session(script, preset: preset), script).Partner;
        var counted = sent.Where(m => m.Message.IsNoteOn && m.Message.Channel == 9).ToList();
        Assert.Equal(new[] { 4, 5, 6, 7 }.Select(q => new Timeline().ToHost(Beats.Of(q))), counted.Select(m => m.At));
        Assert.Equal([76, 77, 77, 77], counted.Select(m => (int)m.Message.Data1));
        Assert.Equal(new Timeline().ToHost(Beats.Of(8)), sent.First(m => m.Message.IsNoteOn && m.Message.Channel == 0).At);
    }

    [Fact]
    public void In_a_duet_the_partner_keeps_out_of_the_register_fills_rests_and_thins_where_it_is_busy()
    {
        var (resting, busy) = (new ScriptedPerformance(), new ScriptedPerformance());
        for (var i = 0; i < 12; i++)
        {
            resting.Play("C5 . E5:.5 D5:.5 .");
            busy.Play("C5:.25 D5:.25 E5:.25 D5:.25 C5:.25 E5:.25 G5:.25 E5:.25 D5:.25 C5:.25 D5:.25 E5:.25 F5:.25 E5:.25 D5:.25 C5:.25");
        }

        var preset = new Preset { Way = WayRules.Default with { Way = WayOfPlaying.Duet } };
        var (calm, dense) = (Beside(resting), Beside(busy));
        Assert.All(calm.Concat(dense), n => Assert.InRange(n.Pitch, 48, 71));
        Assert.True(calm.Count >= 12, $"{calm.Count} notes beside a performer who rests");
        Assert.True(dense.Count * 2 < calm.Count, $"{dense.Count} notes beside a busy performer, {calm.Count} beside a calm one");

        List<Score.Note> Beside(ScriptedPerformance script)
        {
            var until = new Timeline().ToHost(script.Now);
            var concert = Concert.Play(Concert.Session(script.Rest(40), preset: preset), script);
            var notes = Score.NotesOf(concert.Partner).ToList();
            // It begins with the second bar, and ends by itself, at home, soon after the performer.
            Assert.True(notes[0].On >= new Timeline().ToHost(Beats.Of(4)));
            Assert.InRange(notes[^1].Off.SecondsSince(until), 0, 8);
            Assert.Equal(0, concert.Answers[^1].Key.Degree(notes[^1].Pitch));
            return [.. notes.Where(n => n.On < until)];
        }
    }

    [Fact]
    public void While_the_soft_pedal_is_down_the_partner_goes_on_and_stops_with_it()
    {
        var script = new ScriptedPerformance().Play($"{Bar} {Bar}").Send(ShortMessage.Control(0, 67, 127)).Rest(40.3);
        var released = new Timeline().ToHost(script.Now);
        script.Send(ShortMessage.Control(0, 67, 0)).Rest(12);
        var preset = new Preset { Way = WayRules.Default with { Way = WayOfPlaying.Continue } };
        var notes = Score.NotesOf(Concert.Play(Concert.Session(script, preset: preset), script).Partner);
        Assert.InRange(notes[0].On.SecondsSince(new Timeline().ToHost(Beats.Of(8))), 0, .05);
        Assert.True(notes.Length > 20, $"{notes.Length} notes");
        Assert.All(notes, n => Assert.True(n.On <= released && n.Off <= released.Plus(1)));
        // Without the pedal it is silent.
        var without = new ScriptedPerformance().Play($"{Bar} {Bar}").Rest(20);
        Assert.Empty(Concert.Play(Concert.Session(without, preset: preset), without).Partner);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_stretch_begins_where_the_one_before_is_over_on_whatever_beat_the_pedal_goes_down(int beat)
    {
        var script = new ScriptedPerformance().Play($"{Bar} {Bar}").Rest(beat).Send(ShortMessage.Control(0, 67, 127)).Rest(60).Send(ShortMessage.Control(0, 67, 0)).Rest(12);
        var answers = Concert.Play(Concert.Session(script, preset: new Preset { Way = WayRules.Default with { Way = WayOfPlaying.Continue } }), script).Answers;
        Assert.True(answers.Length >= 3, $"{answers.Length} stretches");
        foreach (var (before, next) in answers.Zip(answers.Skip(1))) Assert.Equal(before.End, next.Start);
    }

    [Fact]
    public void A_way_of_playing_changes_while_it_is_played_and_nothing_hangs()
    {
        var script = new ScriptedPerformance().Play($"{Bar} {Bar}").Rest(2);
        var session = Concert.Session(script);
        foreach (var m in script.ToPerformance().Messages) session.Hear(new TimedMessage(new Timeline().ToHost(m.At), m.Message));
        var sink = new Engine.Session.PartnerRecording();
        var now = default(HostTime);
        foreach (var (until, preset) in new (double, Preset?)[] { (5.5, Trading(1)), (9, new Preset { Channel = 4, Way = WayRules.Default with { Way = WayOfPlaying.Follow } }), (12, new Preset()), (20, null) })
        {
            while (now < new HostTime((long)(until * 1e9)))
            {
                var next = now.PlusSeconds(.01);
                session.Advance(next);
                session.Player.Turn(now, next, sink);
                now = next;
            }

            if (preset is not null) session.Pipeline.Play(preset);
        }

        Assert.Contains(sink.Messages, m => m.Message.IsNoteOn);
        Assert.Equal(0, session.Player.Sounding + session.Player.Pending);
        Assert.Equal(sink.Messages.Count(m => m.Message.IsNoteOn), sink.Messages.Count(m => m.Message.IsNoteOff));
    }

    private static Preset Trading(int bars) => new() { Way = WayRules.Default with { Way = WayOfPlaying.Trade, Bars = bars } };

    private static IEnumerable<string> Phrases(ScriptedPerformance script, Preset preset)
    {
        var session = Concert.Session(script, preset: preset);
        Concert.Play(session, script);
        return session.Learned.ToContent().Phrases.Select(p => string.Join(' ', p.Notes.Select(n => n.Pitch)));
    }
}
