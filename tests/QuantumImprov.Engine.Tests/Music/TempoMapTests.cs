using System.Collections.Immutable;
using CsCheck;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Music;

public class TempoMapTests
{
    private static readonly Gen<TempoMap> Any = Gen.Select(
        Gen.Select(Gen.Int[0, 400], Gen.Double[Tempo.Slowest, Tempo.Fastest]).Array[0, 8],
        Gen.Select(Gen.Int[0, 100], Gen.Int[1, 12], Gen.Int[0, 4]).Array[0, 8]).Select((tempos, metres) => new TempoMap(
            [.. tempos.OrderBy(t => t.Item1).Select(t => new TempoChange(Beats.Of(t.Item1, 3), Tempo.FromBpm(t.Item2)))],
            [.. metres.OrderBy(m => m.Item1).Select(m => new MetreChange(Beats.Of(m.Item1), Metre.Of(m.Item2, 1 << m.Item3)))]));

    [Fact]
    public void A_map_without_changes_is_120_in_four_four()
    {
        Assert.Equal(new HostTime(500_000_000), TempoMap.Default.ToHost(Beats.Quarter));
        Assert.Equal("4/4", TempoMap.Default.At(Beats.Of(1000)).Metre.ToString());
    }

    [Fact]
    public void Beats_turned_into_time_and_back_are_the_same_across_changes() =>
        Gen.Select(Any, Gen.Long[0, 200 * Beats.PerQuarter]).Sample((map, ticks) => map.ToBeats(map.ToHost(new Beats(ticks))) == new Beats(ticks), iter: 10_000);

    [Fact]
    public void Time_is_the_sum_of_what_each_tempo_lasts() =>
        Gen.Select(Any, Gen.Long[0, 200 * Beats.PerQuarter]).Sample((map, ticks) =>
        {
            var (seconds, from, tempo) = (0.0, Beats.Zero, default(Tempo));
            foreach (var change in map.Tempos.Where(t => t.At.Ticks <= ticks))
            {
                seconds += (change.At - from).Quarters * 60 / tempo.BeatsPerMinute;
                (from, tempo) = (change.At, change.Tempo);
            }

            seconds += (new Beats(ticks) - from).Quarters * 60 / tempo.BeatsPerMinute;
            // A nanosecond of rounding a stretch.
            Assert.Equal(seconds, map.ToHost(new Beats(ticks)).SecondsSince(default), 1e-7);
        }, iter: 10_000);

    [Fact]
    public void Each_stretch_begins_where_the_one_before_it_ends() =>
        Any.Sample(map =>
        {
            for (var i = 1; i < map.Timelines.Length; i++)
            {
                var (before, here) = (map.Timelines[i - 1], map.Timelines[i]);
                Assert.True(here.BeatOrigin > before.BeatOrigin);
                Assert.Equal(before.ToHost(here.BeatOrigin), here.TimeOrigin);
            }
        }, iter: 5_000);

    [Fact]
    public void Of_changes_at_one_time_the_last_counts_and_bars_are_counted_from_a_new_metre()
    {
        var map = new TempoMap(
            [new(Beats.Zero, Tempo.FromBpm(60)), new(Beats.Of(4), Tempo.FromBpm(90)), new(Beats.Of(4), Tempo.FromBpm(240))],
            [new(Beats.Of(5), Metre.Of(3, 4))]);
        Assert.Equal(new HostTime(4_250_000_000), map.ToHost(Beats.Of(5)));
        Assert.Equal(4, map.At(Beats.Of(4)).Metre.Numerator);
        Assert.Equal(Beats.Of(1), map.At(Beats.Of(9)).InBar(Beats.Of(9)));
        Assert.Equal(ImmutableArray.Create(Beats.Zero, Beats.Of(4), Beats.Of(5)), map.Timelines.Select(t => t.BeatOrigin).ToImmutableArray());
    }
}
