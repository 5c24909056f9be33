using CsCheck;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Music;

public class TimelineTests
{
    private static readonly Gen<Tempo> AnyTempo = Gen.Double[Tempo.Slowest, Tempo.Fastest].Select(Tempo.FromBpm);

    private static readonly Gen<Metre> AnyMetre = Gen.Select(Gen.Int[1, 32], Gen.Int[0, 5]).Select((n, d) => Metre.Of(n, 1 << d));

    private static readonly Gen<Timeline> Any = Gen.Select(AnyTempo, AnyMetre, Gen.Long[-1_000_000_000, 1_000_000_000], Gen.Long[-1_000_000_000_000, 1_000_000_000_000_000], Gen.Long[-1_000_000, 1_000_000])
        .Select((tempo, metre, beats, time, bar) => new Timeline(tempo, metre, new Beats(beats), new HostTime(time), new Beats(bar)));

    [Fact]
    public void A_tick_turned_into_clock_time_and_back_is_the_same_tick() =>
        Gen.Select(Any, Gen.Long[-10_000_000_000, 10_000_000_000]).Sample((timeline, ticks) => timeline.ToBeats(timeline.ToHost(new Beats(ticks))) == new Beats(ticks), iter: 20_000);

    [Fact]
    public void Clock_time_turned_into_beats_and_back_is_off_by_half_a_tick_at_most() =>
        Gen.Select(Any, Gen.Long[-86_400_000_000_000, 86_400_000_000_000]).Sample((timeline, time) =>
        {
            var back = timeline.ToHost(timeline.ToBeats(new HostTime(time)));
            return Math.Abs(back.Nanoseconds - time) <= timeline.Tempo.NanosecondsPerQuarter / Beats.PerQuarter / 2 + 2;
        }, iter: 20_000);

    [Fact]
    public void Later_beats_are_never_earlier_in_time() =>
        Gen.Select(Any, Gen.Long[-10_000_000, 10_000_000], Gen.Long[0, 10_000]).Sample((timeline, ticks, more) =>
            timeline.ToHost(new Beats(ticks)) <= timeline.ToHost(new Beats(ticks + more)), iter: 20_000);

    [Fact]
    public void A_new_tempo_leaves_the_present_where_it_is() =>
        Gen.Select(Any, AnyTempo, Gen.Long[0, 10_000_000_000]).Sample((timeline, tempo, later) =>
        {
            var at = timeline.TimeOrigin.Plus(later);
            var changed = timeline.WithTempo(tempo, at);
            return changed.ToBeats(at) == timeline.ToBeats(at) && changed.Metre == timeline.Metre && changed.BarOrigin == timeline.BarOrigin;
        }, iter: 20_000);

    [Fact]
    public void The_next_beat_is_the_first_felt_beat_that_is_not_past() =>
        Gen.Select(Any, Gen.Long[-10_000_000, 10_000_000]).Sample((timeline, ticks) =>
        {
            var next = timeline.NextBeat(new Beats(ticks));
            return next.Ticks >= ticks && next.Ticks - ticks < timeline.Metre.Beat.Ticks && (next - timeline.BarOrigin).Ticks % timeline.Metre.Beat.Ticks == 0;
        }, iter: 20_000);

    [Fact]
    public void The_place_in_the_bar_is_counted_from_the_bar_line() =>
        Gen.Select(Any, Gen.Long[-10_000_000, 10_000_000]).Sample((timeline, ticks) =>
        {
            var inBar = timeline.InBar(new Beats(ticks));
            return inBar >= Beats.Zero && inBar < timeline.Metre.Bar && (new Beats(ticks) - inBar - timeline.BarOrigin).Ticks % timeline.Metre.Bar.Ticks == 0;
        }, iter: 20_000);
}
