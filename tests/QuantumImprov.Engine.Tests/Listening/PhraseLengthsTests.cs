using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class PhraseLengthsTests
{
    [Fact]
    public void Before_the_first_phrase_nothing_is_near_and_nothing_short()
    {
        var lengths = new PhraseLengths();
        Assert.Equal(0, lengths.Nearness(Beats.Of(8), Beats.Quarter));
        Assert.False(lengths.IsShort(Beats.Of(1), Beats.Quarter));
    }

    [Fact]
    public void A_length_is_near_that_of_any_of_the_last_three_phrases_but_of_no_earlier_one()
    {
        var lengths = Heard(4, 8, 12, 16);
        Assert.Equal(1, lengths.Nearness(Beats.Of(8), Beats.Quarter));
        Assert.Equal(.75, lengths.Nearness(Beats.FromQuarters(12.25), Beats.Quarter), 1e-9);
        Assert.Equal(0, lengths.Nearness(Beats.Of(4), Beats.Quarter));
    }

    [Theory]
    [InlineData(6.9, true)]
    [InlineData(7, false)]
    [InlineData(40, false)]
    public void Short_is_by_more_than_a_beat_less_than_phrases_that_were_equal(double quarters, bool isShort) =>
        Assert.Equal(isShort, Heard(2, 8, 9, 8).IsShort(Beats.FromQuarters(quarters), Beats.Quarter));

    [Fact]
    public void Of_one_phrase_or_of_unequal_ones_none_is_short()
    {
        Assert.False(Heard(8).IsShort(Beats.Of(2), Beats.Quarter));
        Assert.False(Heard(8, 12).IsShort(Beats.Of(2), Beats.Quarter));
    }

    private static PhraseLengths Heard(params int[] quarters)
    {
        var lengths = new PhraseLengths();
        foreach (var length in quarters) lengths.Hear(Beats.Of(length));
        return lengths;
    }
}
