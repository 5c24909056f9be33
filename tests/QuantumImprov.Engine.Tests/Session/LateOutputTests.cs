using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>On an output that sounds late, the softer the later, a concert sounds in time.</summary>
public class LateOutputTests
{
    private const string Bar = "C4 E4 G4:.5 E4:.5 D4";

    // 80 ms for the softest, 20 for the loudest.
    private static readonly LatencyTable Late = LatencyTable.TryMake(20, [new(1, 60), new(127, 0)], out _)!;

    public static TheoryData<WayOfPlaying> Planned => [WayOfPlaying.Answer, WayOfPlaying.Trade, WayOfPlaying.Duet, WayOfPlaying.Continue];

    [Theory]
    [MemberData(nameof(Planned))]
    public void What_is_planned_sounds_on_its_beat(WayOfPlaying way)
    {
        var script = Script(way);
        using var session = Concert.Session(script, preset: Preset(way), latency: Late);
        var sent = Score.NotesOf(Concert.Play(session, script, () => 5_000_000).Partner).ToList();
        var timeline = script.ToPerformance().Map.At(Beats.Zero);
        Assert.True(sent.Count > 12 && sent.Select(n => n.Velocity).Distinct().Count() > 3, $"{sent.Count} notes");
        Assert.Equal(0, session.Player.Late);
        foreach (var note in sent)
        {
            var sounds = note.On.Plus(Late.Of(note.Velocity));
            var place = timeline.ToBeats(sounds).Quarters * 4;
            Assert.InRange(Math.Abs(place - Math.Round(place)), 0, 1e-4);
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(240)]
    public void A_turn_begins_on_its_bar_line(double bpm)
    {
        var script = new ScriptedPerformance(bpm);
        for (var round = 0; round < 3; round++) script.Play($"{Bar} {Bar}").Rest(8);
        using var session = Concert.Session(script, preset: Preset(WayOfPlaying.Trade), latency: Late);
        var sent = Score.NotesOf(Concert.Play(session, script, () => 5_000_000).Partner);
        var timeline = script.ToPerformance().Map.At(Beats.Zero);
        var sounds = sent.Select(n => n.On.Plus(Late.Of(n.Velocity))).ToList();
        foreach (var line in new[] { 8, 24, 40 }) Assert.Contains(timeline.ToHost(Beats.Of(line)), sounds);
    }

    [Fact]
    public void What_is_counted_in_leaves_early_as_well_but_for_the_beat_of_the_key_that_asks_for_it()
    {
        var script = new ScriptedPerformance().Play("C4").Rest(20);
        var preset = new Preset { Way = WayRules.Default with { Way = WayOfPlaying.Trade, Bars = 2, PartnerFirst = true, CountIn = 1 } };
        using var session = Concert.Session(script, preset: preset, latency: Late);
        var counted = Concert.Play(session, script, () => 5_000_000).Partner.Where(m => m.Message.IsNoteOn && m.Message.Channel == 9).Select(m => m.At).ToList();
        Assert.Equal(new Timeline().ToHost(Beats.Of(0)), counted[0]);
        Assert.Equal(new[] { 1, 2, 3 }.Select(q => new Timeline().ToHost(Beats.Of(q)).Plus(-Late.Of(90))), counted.Skip(1));
    }

    [Fact]
    public void What_follows_a_key_goes_out_with_the_key()
    {
        var script = new ScriptedPerformance().Play($"{Bar} {Bar}").Rest(4);
        var preset = new Preset { Way = WayRules.Default with { Way = WayOfPlaying.Follow } };
        using var plain = Concert.Session(script, preset: preset);
        using var late = Concert.Session(script, preset: preset, latency: Late);
        var sent = Concert.Play(late, script).Partner;
        Assert.NotEmpty(sent);
        Assert.Equal(Concert.Play(plain, script).Partner, sent);
    }

    private static Preset Preset(WayOfPlaying way) => new() { Way = WayRules.Default with { Way = way, Bars = 2 } };

    private static ScriptedPerformance Script(WayOfPlaying way)
    {
        var script = new ScriptedPerformance();
        if (way == WayOfPlaying.Continue) return script.Play($"{Bar} {Bar}").Send(ShortMessage.Control(0, 67, 127)).Rest(40).Send(ShortMessage.Control(0, 67, 0)).Rest(4);
        for (var round = 0; round < 8; round++)
        {
            script.Play($"{Bar} C4 G4", velocity: 40 + 10 * round);
            if (way == WayOfPlaying.Trade) script.Play("E4 D4");
            script.Rest(way == WayOfPlaying.Duet ? 2 : 8);
        }

        return script.Rest(8);
    }
}
