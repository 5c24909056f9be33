using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using Xunit;

namespace QuantumImprov.Engine.Tests.Pipeline;

// At 120 quarters a minute; all in quarters. A phrase end is found 40 ms before the silence is enough.
public class EntranceTests
{
    [Theory]
    [InlineData(6.9, 6.95, 7, 7)] // The next beat.
    [InlineData(7, 7, 8, 8)] // The last that leaves no more than a quarter.
    [InlineData(8, 8, 9, 9)] // The beat on which the key came up is over.
    [InlineData(6.96, 7.05, 7, 7)] // One that has just passed,
    [InlineData(6.96, 7.07, 7, 7)] // at most 40 ms ago.
    [InlineData(4.9, 5.3, 6, 5.5)] // The next beat would leave 1.1 quarters: half a beat early.
    [InlineData(4.9, 5.57, 6, 5.5)] // That, too, may have passed 40 ms ago.
    [InlineData(4.9, 5.6, 6, 5.75)] // No more: a quarter of a beat early.
    [InlineData(4.9, 5.9, 6, 6)] // Too late for either.
    [InlineData(5.1, 6.05, 6, 6)]
    public void In_four_four_it_is(double release, double found, double start, double first) => Assert.Equal((start, first), Of(release, found, 4, 4));

    [Theory]
    [InlineData(1.5, 1.5, 3, 2.5)] // The beat on which the key came up is over.
    [InlineData(2.9, 2.95, 3, 3)]
    [InlineData(3.1, 3.2, 4.5, 4)] // A third of a dotted beat early.
    public void In_six_eight_it_is(double release, double found, double start, double first) => Assert.Equal((start, first), Of(release, found, 6, 8));

    [Fact]
    public void In_seven_eight_the_last_beat_within_a_quarter_is_waited_for() => Assert.Equal((3.5, 3.5), Of(2.6, 2.7, 7, 8));

    [Theory]
    [InlineData(4, 4, 7.9, 7.95, 8, 8)] // The bar line,
    [InlineData(4, 4, 8, 8.08, 8, 8)] // that has just passed, too, though the key came up on it.
    [InlineData(4, 4, 8.1, 8.2, 9, 9)] // The half of the bar would leave more than a quarter.
    [InlineData(4, 4, 9.3, 9.4, 10, 10)]
    [InlineData(4, 4, 8.9, 8.95, 9, 9)] // The next beat, where the strong one after it is too far.
    [InlineData(3, 4, 7, 7.08, 7, 7)]
    [InlineData(3, 4, 8.1, 8.2, 9, 9)]
    [InlineData(4, 8, 7.4, 7.45, 8, 8)] // A strong beat rather than the weak one before it.
    [InlineData(6, 8, 3.1, 3.2, 4.5, 4)] // None within a quarter: as ever.
    public void After_a_certain_end_it_is_the_first_strong_beat_within_a_quarter_or_the_first_beat(int numerator, int denominator, double release, double found, double start, double first)
    {
        var timeline = new Timeline(default, Metre.Of(numerator, denominator), default, default);
        Assert.Equal(new Entrance(Beats.FromQuarters(start), Beats.FromQuarters(first)), Entrance.Downbeat(timeline.ToHost(Beats.FromQuarters(release)), timeline.ToHost(Beats.FromQuarters(found)), timeline));
    }

    [Fact]
    public void Bars_are_counted_from_where_the_timeline_says()
    {
        var timeline = new Timeline(default, default, default, default, Beats.Of(1));
        var entrance = Entrance.After(timeline.ToHost(Beats.Of(8)), timeline.ToHost(Beats.Of(8)), timeline);
        Assert.Equal(Beats.Of(9), entrance.Start);
    }

    private static (double, double) Of(double release, double found, int numerator, int denominator)
    {
        var timeline = new Timeline(default, Metre.Of(numerator, denominator), default, default);
        var entrance = Entrance.After(timeline.ToHost(Beats.FromQuarters(release)), timeline.ToHost(Beats.FromQuarters(found)), timeline);
        return (entrance.Start.Quarters, entrance.First.Quarters);
    }
}
