using CsCheck;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Music;

public class BeatsTests
{
    private static readonly Gen<Beats> Any = Gen.Long[-1_000_000_000_000, 1_000_000_000_000].Select(t => new Beats(t));
    private static readonly Gen<Beats> Step = Gen.Long[1, 1_000_000].Select(t => new Beats(t));

    [Fact]
    public void A_quarter_divides_exactly_by_2_3_5_7_9_and_24()
    {
        foreach (var divisor in new[] { 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 24, 32, 64 }) Assert.Equal(Beats.Quarter, Beats.Of(1, divisor) * divisor);
    }

    [Fact]
    public void Floor_and_ceiling_are_the_multiples_on_either_side() =>
        Gen.Select(Any, Step).Sample((time, step) =>
        {
            var (floor, ceiling) = (time.Floor(step), time.Ceiling(step));
            return floor.Ticks % step.Ticks == 0 && ceiling.Ticks % step.Ticks == 0
                && floor <= time && time - floor < step && ceiling >= time && ceiling - time < step;
        }, iter: 20_000);

    [Fact]
    public void What_lies_behind_the_multiple_is_never_negative_and_completes_it() =>
        Gen.Select(Any, Step).Sample((time, step) =>
            time.Modulo(step) >= Beats.Zero && time.Modulo(step) < step && time.Floor(step) + time.Modulo(step) == time, iter: 20_000);

    [Fact]
    public void Rounding_goes_to_the_nearest_multiple_and_halves_go_up() =>
        Gen.Select(Any, Step).Sample((time, step) =>
        {
            var rounded = time.Round(step);
            var off = (rounded - time).Ticks * 2;
            return rounded.Ticks % step.Ticks == 0 && off > -step.Ticks && off <= step.Ticks;
        }, iter: 20_000);

    [Fact]
    public void Quarters_and_back_is_the_same_time() =>
        Any.Sample(time => Beats.FromQuarters(time.Quarters) == time, iter: 20_000);

    [Fact]
    public void Times_are_ordered_as_their_ticks_are() =>
        Gen.Select(Any, Any).Sample((a, b) =>
            a < b == a.Ticks < b.Ticks && a >= b == a.Ticks >= b.Ticks && Beats.Min(a, b) <= Beats.Max(a, b)
            && Math.Sign(a.CompareTo(b)) == Math.Sign(a.Ticks.CompareTo(b.Ticks)) && a - b + b == a, iter: 20_000);
}
