using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Notation;
using QuantumImprov.Engine.Repertoire.Shipped;
using Xunit;

namespace QuantumImprov.Engine.Tests.Notation;

public class DemoPerformanceTests
{
    private static readonly Performance Demo = DemoPerformance.Load();
    private static readonly Beats Bar = Beats.Of(4);

    [Fact]
    public void It_is_one_performer_at_a_lively_tempo_for_about_a_minute()
    {
        Assert.Equal(["performer"], Demo.TrackNames);
        Assert.True(Demo is { StatesMetre: true, StatesTempo: true });
        Assert.Equal((Tempo.FromBpm(152), Metre.Of(4, 4)), (Demo.Map.At(Beats.Zero).Tempo, Demo.Map.At(Beats.Zero).Metre));
        Assert.InRange(Demo.Map.ToHost(Demo.End).Nanoseconds * 1e-9, 45, 70);
        Assert.All(Demo.Messages, m => Assert.Equal((0, 0), (m.Track, m.Message.Channel)));
        Assert.Equal(Demo.Messages.OrderBy(m => m.At), Demo.Messages);
    }

    [Fact]
    public void Every_key_that_goes_down_comes_up_before_it_goes_down_again()
    {
        var held = new HashSet<byte>();
        foreach (var (_, _, message) in Demo.Messages)
        {
            Assert.True(message.IsNoteOn ? held.Add(message.Data1) : message.IsNoteOff && held.Remove(message.Data1));
            Assert.False(message.IsNoteOn && message.Data2 is < 20 or > 127);
        }

        Assert.Empty(held);
    }

    [Fact]
    public void Calls_of_two_bars_are_followed_by_two_or_four_bars_of_silence()
    {
        var silences = Silences(Beats.Of(3, 2));
        Assert.Equal(8, silences.Count);
        var start = Beats.Zero;
        foreach (var (from, to) in silences)
        {
            var callStart = start.Round(Bar);
            Assert.InRange((start - callStart).Quarters, -.05, .05);
            Assert.InRange((from - callStart).Quarters, 7.5, 8);
            Assert.Equal(Beats.Zero, to.Round(Bar) == to ? Beats.Zero : (to - to.Round(Bar)).Quarters is > -.05 and < .05 ? Beats.Zero : to);
            Assert.Contains((to.Round(Bar) - callStart).Quarters / 4 - DemoPerformance.CallBars, new[] { 2.0, 4.0 }.AsEnumerable());
            start = to;
        }
    }

    [Fact]
    public void Within_a_call_no_silence_lasts_a_beat() => Assert.All(Silences(Beats.Zero), s => Assert.True((s.To - s.From).Quarters is < .5 or > 7));

    [Fact]
    public void Every_call_begins_with_a_chord_struck_within_35_milliseconds()
    {
        var starts = Silences(Beats.Of(4)).Select(s => s.To).Prepend(Beats.Zero).Where(s => s < Demo.End);
        foreach (var start in starts)
        {
            var first = Demo.Messages.First(m => m.Message.IsNoteOn && m.At >= start).At;
            var struck = Demo.Messages.Where(m => m.Message.IsNoteOn && m.At >= first && Demo.Map.ToHost(m.At).SecondsSince(Demo.Map.ToHost(first)) <= .035).ToArray();
            Assert.InRange(struck.Length, 3, 4);
            Assert.True(struck.Max(m => m.Message.Data1) >= 67);
        }
    }

    [Fact]
    public void No_two_loads_differ_and_no_two_strokes_are_alike()
    {
        Assert.Equal(Demo.Messages, DemoPerformance.Load().Messages);
        var offsets = Demo.Messages.Where(m => m.Message.IsNoteOn).Select(m => m.At - m.At.Round(Beats.Of(1, 6))).ToArray();
        Assert.All(offsets, o => Assert.InRange(o.Quarters / 152 * 60, -.0081, .0232));
        Assert.True(offsets.Distinct().Count() > offsets.Length / 2);
        Assert.True(Demo.Messages.Where(m => m.Message.IsNoteOn).Select(m => m.Message.Data2).Distinct().Count() > 20);
    }

    [Fact]
    public void A_touch_keeps_the_notes_their_order_and_the_rules_of_tunes()
    {
        // At 400 a minute 32nds of one key are 19 ms apart, less than two strokes can be loose.
        var trill = TuneReader.Read("title: T\nmetre: 2/4\ntempo: 400\nkey: C major\n(C4 C4 C4 C4 C4 C4 C4 C4) (C4 C4 [C4 E4 G4] C4 C4 C4 C4 C4) | (C4 C4 C4 C4 C4 C4 C4 C4) C4");
        foreach (var tune in ShippedTunes.All.Add(trill))
        {
            for (var seed = 0UL; seed < 50; seed++)
            {
                var touched = Touch.Humanise(tune, seed);
                Assert.Equal(tune.Notes.Select(n => n.Pitch), touched.Notes.Select(n => n.Pitch));
                Assert.Equal(tune.Length, touched.Length);

                // The writer refuses notes out of order, out of the tune, or on a key that still sounds.
                Assert.NotEmpty(TuneWriter.Write(touched));
            }
        }
    }

    /// <summary>The stretches of more than <paramref name="longerThan"/> in which no key is held.</summary>
    private static List<(Beats From, Beats To)> Silences(Beats longerThan)
    {
        var silences = new List<(Beats, Beats)>();
        var held = 0;
        var since = Beats.Zero;
        foreach (var (at, _, message) in Demo.Messages)
        {
            if (message.IsNoteOn && held++ == 0 && at - since > longerThan) silences.Add((since, at));
            if (message.IsNoteOff && --held == 0) since = at;
        }

        silences.Add((since, Demo.End));
        return silences;
    }
}
