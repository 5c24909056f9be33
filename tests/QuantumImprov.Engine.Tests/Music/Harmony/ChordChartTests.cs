using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using Xunit;

namespace QuantumImprov.Engine.Tests.Music.Harmony;

public class ChordChartTests
{
    [Fact]
    public void Bars_are_shared_evenly_and_go_round()
    {
        var chart = Read("# a turn\n\n| Dm7 G7 | Cmaj7 |\n% | / A7 |\n");
        Assert.Equal(["Dm7 G7", "Cmaj7", "Cmaj7", "Cmaj7 A7"], chart.Bars.Select(bar => string.Join(' ', bar)));
        var (metre, origin) = (Metre.Of(3, 4), Beats.Of(5));
        foreach (var round in new[] { -1, 0, 2 })
        {
            string[] heard = [.. Enumerable.Range(0, 24).Select(half => chart.At(origin + metre.Bar * (4 * round) + Beats.Of(half, 2), origin, metre).Text)];
            Assert.Equal([.. Enumerable.Repeat("Dm7", 3), .. Enumerable.Repeat("G7", 3), .. Enumerable.Repeat("Cmaj7", 15), .. Enumerable.Repeat("A7", 3)], heard);
        }
    }

    [Theory]
    [InlineData("| Dm7 | G7 | Cmaj7 | % |", "C major")]
    [InlineData("| Am | Dm | E7 | Am |", "A minor")]
    [InlineData("| F7 | Bb7 | F7 | % | Bb7 | % | F7 | D7 | Gm7 | C7 | F7 | C7 |", "F major")]
    [InlineData("| Cm7 | F7 | Bbmaj7 | Ebmaj7 | Am7b5 | D7 | Gm | % |", "G minor")]
    [InlineData("| G | D/F# | Em | C |", "G major")]
    [InlineData("key: Bb major\n| Cm7 | F7 |", "Bb major")]
    public void The_key_is_where_its_chords_are_at_home_or_what_is_stated(string text, string key) => Assert.Equal(key, Read(text).Key.ToString());

    [Theory]
    [InlineData("", "There is no bar; allowed is text such as \"| Dm7 G7 | Cmaj7 |\".")]
    [InlineData("| C |\n| Xm7 |", "Line 2 has \"Xm7\", which is no chord; allowed is a root from A to G with # or b, and what is usual after it, such as \"m7\", \"maj7\", \"7b9\", \"sus4\", \"dim\" or \"/E\".")]
    [InlineData("% | C", "Line 1 has \"%\" before any bar; allowed is a chord.")]
    [InlineData("| C | | G |", "Line 1 has a bar of 0 chords; allowed are 1 to 16.")]
    [InlineData("key: H\n| C |", "Line 1 names the key \"H\"; allowed is a key such as \"Bb major\" or \"F# minor\".")]
    public void What_is_no_chart_gets_one_sentence(string text, string sentence)
    {
        Assert.Null(ChordChartText.Read(text, out var fault));
        Assert.Equal(sentence, fault);
    }

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Gen.OneOf(Gen.String, Gen.OneOf(Gen.Const("|"), Gen.Const("Dm7"), Gen.Const("%"), Gen.Const("/"), Gen.Const(" "), Gen.Const("\n"), Gen.Const("key: "), Gen.Const("# ")).Array[0, 40].Select(string.Concat))
            .Sample(text => Assert.Equal(ChordChartText.Read(text, out var fault) is null, fault.Length > 0), iter: 5_000);

    [Fact]
    public void A_chart_without_end_is_refused()
    {
        Assert.Null(ChordChartText.Read(string.Concat(Enumerable.Repeat("| C ", 1_000)), out var fault));
        Assert.Equal("There are more than 999 bars.", fault);
    }

    private static ChordChart Read(string text)
    {
        var chart = ChordChartText.Read(text, out var fault);
        Assert.Equal("", fault);
        return chart!;
    }
}
