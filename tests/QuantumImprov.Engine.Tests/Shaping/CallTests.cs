using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class CallTests
{
    // Quarters; sixteenths, triplets and both in one phrase.
    private static readonly double[][] Rhythms =
    [
        [0, 1, 2, 3],
        [0, .5, 1, 1.25, 1.5, 1.75, 2, 3.75],
        [0, 1 / 3.0, 2 / 3.0, 1, 4 / 3.0, 5 / 3.0, 2],
        [0, .75, 1, 4 / 3.0, 5 / 3.0, 2, 2.5, 3, 3 + 1 / 3.0, 3 + 2 / 3.0],
    ];

    [Fact]
    public void Notes_up_to_15_ms_off_are_read_where_they_were_meant_at_60_to_140()
    {
        var random = new Xoshiro(15);
        for (var bpm = 60.0; bpm <= 140; bpm += 10)
        {
            foreach (var rhythm in Rhythms)
            {
                var timeline = new Timeline(Tempo.FromBpm(bpm), default, Beats.Of(3), new HostTime(1_000_000_000));
                var phrase = rhythm.Select(q => Note(timeline, Beats.Of(4) + Beats.FromQuarters(q), .015 * (2 * random.NextDouble() - 1))).ToArray();
                var call = new Call();
                call.Read(phrase, timeline, HostTime.Never.Plus(-1));
                Assert.Equal(rhythm.Select(q => Beats.Of(4) + Beats.FromQuarters(q)), call.Notes.ToArray().Select(n => n.Onset));
            }
        }
    }

    [Fact]
    public void Onsets_always_rise_and_lengths_are_positive_whatever_was_played()
    {
        var random = new Xoshiro(16);
        for (var trial = 0; trial < 2_000; trial++)
        {
            var at = new HostTime(random.NextInt(1_000_000_000));
            var phrase = new HeardNote[random.NextInt(60)];
            for (var i = 0; i < phrase.Length; i++)
            {
                at = at.Plus(35_000_000 + random.NextInt(600_000_000));
                var off = random.NextInt(10) == 0 ? HostTime.Never : at.Plus(random.NextInt(900_000_000));
                phrase[i] = new HeardNote(at, off, (byte)random.NextInt(128), (byte)(1 + random.NextInt(127)), 1);
            }

            var call = new Call();
            call.Read(phrase, new Timeline(Tempo.FromBpm(40 + random.NextInt(200)), Metre.Of(1 + random.NextInt(12), 8), default, default), at.PlusSeconds(1));
            Assert.Equal(phrase.Length == 0, call.Notes.IsEmpty);
            var before = new Beats(long.MinValue);
            foreach (var note in call.Notes)
            {
                Assert.True(note.Onset > before && note.Duration > Beats.Zero);
                before = note.Onset;
            }

            Assert.True(call.Range.Low <= call.Range.High && call.Loudness is >= 1 and <= 127);
        }
    }

    [Fact]
    public void A_key_still_down_is_held_until_now()
    {
        var call = new Call();
        call.Read([new HeardNote(default, HostTime.Never, 60, 80, 1)], default, new HostTime(1_500_000_000));
        Assert.Equal(Beats.Of(3), call.Notes[0].Duration);
        Assert.Equal(Beats.Of(3), call.End);
    }

    private static HeardNote Note(in Timeline timeline, Beats at, double off) =>
        new(timeline.ToHost(at).PlusSeconds(off), timeline.ToHost(at).PlusSeconds(off + .1), 60, 80, 1);

    // Sixteenths whose second is always 20 ms late, by a performer who is 10 ms late altogether: the lateness is his beat, the lag his feel.
    [Fact]
    public void A_feel_is_kept_and_a_beat_of_ones_own_is_not()
    {
        var phrase = Enumerable.Range(0, 16).Select(i => new HeardNote(new HostTime(i * 125_000_000L + 10_000_000 + i % 2 * 20_000_000), new HostTime(i * 125_000_000L + 110_000_000), 60, 80, 1)).ToArray();
        var call = new Call();
        call.Read(phrase, default, new HostTime(2_100_000_000));
        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(Beats.Of(i, 4), call.Notes[i].Onset);
            Assert.Equal((i % 2 - .5) * .04, call.Notes[i].Push.Quarters, 1e-3);
        }
    }

    // Nine notes in a quarter are more than sixteenths or triplets hold; each stays, in its order.
    [Fact]
    public void A_run_loses_no_note()
    {
        var phrase = Enumerable.Range(0, 9).Select(i => new HeardNote(new HostTime(i * 52_000_000L), new HostTime(i * 52_000_000L + 40_000_000), (byte)(60 + i), 80, 1)).ToArray();
        var call = new Call();
        call.Read(phrase, default, new HostTime(600_000_000));
        Assert.Equal(phrase.Select(n => n.Pitch), call.Notes.ToArray().Select(n => n.Pitch));
        for (var i = 1; i < 9; i++) Assert.True(call.Notes[i].Onset > call.Notes[i - 1].Onset);
    }
}
