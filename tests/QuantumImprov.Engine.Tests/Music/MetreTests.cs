using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Music;

public class MetreTests
{
    [Fact]
    public void The_default_is_four_four() => Assert.Equal(Metre.Of(4, 4), default);

    [Theory]
    [InlineData(4, 4, 4, 1)]
    [InlineData(3, 4, 3, 1)]
    [InlineData(2, 2, 4, 2)]
    [InlineData(6, 8, 3, 1.5)]
    [InlineData(9, 8, 4.5, 1.5)]
    [InlineData(12, 8, 6, 1.5)]
    [InlineData(3, 8, 1.5, .5)]
    [InlineData(7, 8, 3.5, .5)]
    [InlineData(6, 4, 6, 1)]
    [InlineData(6, 16, 1.5, .75)]
    [InlineData(1, 32, .125, .125)]
    public void Bars_and_felt_beats_are_as_long_as_musicians_count_them(int numerator, int denominator, double bar, double beat)
    {
        var metre = Metre.Of(numerator, denominator);
        Assert.Equal(Beats.FromQuarters(bar), metre.Bar);
        Assert.Equal(Beats.FromQuarters(beat), metre.Beat);
        Assert.Equal($"{numerator}/{denominator}", metre.ToString());
    }

    [Fact]
    public void Whole_felt_beats_fill_every_allowed_bar()
    {
        for (var numerator = 1; numerator <= 32; numerator++)
        {
            for (var denominator = 1; denominator <= 32; denominator *= 2)
            {
                var metre = Metre.Of(numerator, denominator);
                Assert.Equal((numerator, denominator), (metre.Numerator, metre.Denominator));
                Assert.Equal(0, metre.Bar.Ticks % metre.Beat.Ticks);
            }
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(33, 4)]
    [InlineData(4, 0)]
    [InlineData(4, 3)]
    [InlineData(4, 64)]
    [InlineData(-1, -4)]
    public void Other_signatures_are_refused_with_what_is_allowed(int numerator, int denominator)
    {
        Assert.False(Metre.IsAllowed(numerator, denominator));
        Assert.Contains("1 to 32 over 1, 2, 4, 8, 16 or 32", Assert.Throws<ArgumentOutOfRangeException>(() => Metre.Of(numerator, denominator)).Message);
    }
}
