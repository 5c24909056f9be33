using QuantumImprov.Engine.Music.Harmony;
using Xunit;

namespace QuantumImprov.Engine.Tests.Music.Harmony;

public class ChordNamingTests
{
    [Theory]
    [InlineData("C", "0 4 7", 0)]
    [InlineData("Am", "9 0 4", 9)]
    [InlineData("C6", "0 4 7 9", 0)]
    [InlineData("Am7", "0 4 7 9", 9)]
    [InlineData("G7", "7 11 2 5", 7)]
    [InlineData("Bm7b5", "11 2 5 9", 11)]
    [InlineData("Dm6", "11 2 5 9", 2)]
    [InlineData("Ebmaj7", "3 7 10 2", 3)]
    [InlineData("Fsus4", "5 10 0", 5)]
    [InlineData("C", "0 4", 0)]
    [InlineData("G5", "7 2", 7)]
    [InlineData("C", "4 7 0", 4)]
    public void A_chord_is_called_what_musicians_call_it(string name, string classes, int bass)
    {
        var mask = classes.Split(' ').Aggregate(0, (sum, c) => sum | 1 << int.Parse(c, System.Globalization.CultureInfo.InvariantCulture));
        var chord = ChordNaming.Of(mask, bass);
        Assert.Equal((name, mask), (chord.Text, chord.Classes));
    }

    [Fact]
    public void Whatever_sounds_has_a_name_and_keeps_its_notes()
    {
        for (var mask = 1; mask < 1 << 12; mask++)
        {
            var chord = ChordNaming.Of(mask, System.Numerics.BitOperations.TrailingZeroCount(mask));
            Assert.Equal(mask, chord.Classes);
            Assert.InRange(chord.Root, 0, 11);
        }
    }
}
