using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using Xunit;

namespace QuantumImprov.Engine.Tests.Music.Harmony;

public class ChordSymbolTests
{
    [Theory]
    [InlineData("C", "C E G")]
    [InlineData("Am", "A C E")]
    [InlineData("F#m7b5", "F# A C E")]
    [InlineData("Bbmaj7", "A# D F A")]
    [InlineData("BbM7", "A# D F A")]
    [InlineData("EbΔ", "D# G A# D")]
    [InlineData("G7", "G B D F")]
    [InlineData("G7b9", "G B D F G#")]
    [InlineData("G7(#11)", "G B D F C#")]
    [InlineData("E7#9", "E G# B D G")]
    [InlineData("Dm9", "D F A C E")]
    [InlineData("C13", "C E G A# D A")]
    [InlineData("Cmaj9", "C E G B D")]
    [InlineData("C6", "C E G A")]
    [InlineData("C6/9", "C E G A D")]
    [InlineData("C69", "C E G A D")]
    [InlineData("C-7", "C D# G A#")]
    [InlineData("Cmin7", "C D# G A#")]
    [InlineData("Cdim", "C D# F#")]
    [InlineData("Cdim7", "C D# F# A")]
    [InlineData("Bø", "B D F A")]
    [InlineData("Caug", "C E G#")]
    [InlineData("C+7", "C E G# A#")]
    [InlineData("Dsus4", "D G A")]
    [InlineData("G7sus4", "G C D F")]
    [InlineData("Dsus2", "D E A")]
    [InlineData("Cadd9", "C E G D")]
    [InlineData("CmMaj7", "C D# G B")]
    [InlineData("Cm(maj7)", "C D# G B")]
    [InlineData("G5", "G D")]
    [InlineData("C/E", "C E G")]
    [InlineData("D/C", "D F# A C")]
    [InlineData("C7alt", "C E G# A# C# D#")]
    public void A_symbol_has_the_notes_that_musicians_read_in_it(string text, string notes)
    {
        Assert.True(ChordSymbol.TryParse(text, out var chord), text);
        var expected = notes.Split(' ').Aggregate(0, (mask, note) => mask | 1 << Array.IndexOf(["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"], note));
        Assert.Equal(Names(expected), Names(chord.Classes));
        Assert.Equal(text, chord.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("H7")]
    [InlineData("c")]
    [InlineData(" C")]
    [InlineData("Cx")]
    [InlineData("C7/")]
    [InlineData("C7/H")]
    [InlineData("C7/Em")]
    [InlineData("%")]
    public void What_is_no_chord_is_refused(string text) => Assert.False(ChordSymbol.TryParse(text, out _));

    [Theory]
    [InlineData("A7", "C# D E F G A B")]
    [InlineData("Fm7", "C D D# F G G# B")]
    [InlineData("Ebmaj7", "C D D# F G A A#")]
    [InlineData("C7", "C D E F G A A#")]
    [InlineData("D7", "C D E F# G A B")]
    [InlineData("Dm7b5", "C D E F G G# B")]
    [InlineData("Cmaj7", "C D E F G A B")]
    public void While_it_sounds_its_own_notes_stand_in_place_of_their_neighbours_in_the_key(string text, string notes)
    {
        ChordSymbol.TryParse(text, out var chord);
        // C major: A7 has C# for C, Fm7 Ab and Eb for A and E, and so on.
        Assert.Equal(notes, Names(chord.BelongingIn(default)));
    }

    [Fact]
    public void Whatever_is_read_has_its_root_and_third_and_nothing_is_thrown() =>
        Gen.Char["ABCDEFGabdgimjsu#5679+-°øΔ/()1 34"].Array[0, 8].Select(letters => new string(letters)).Sample(
            text =>
            {
                if (!ChordSymbol.TryParse(text, out var chord)) return;
                Assert.NotEqual(0, chord.Classes >> chord.Root & 1);
                Assert.NotEqual(0, chord.Classes >> chord.Third & 1);
                Assert.InRange(chord.Classes, 1, 0xFFF);
                for (var tonic = 0; tonic < 12; tonic++) Assert.Equal(chord.Classes, chord.Classes & chord.BelongingIn(new Key(tonic, Mode.Minor)));
            },
            iter: 20_000);

    private static string Names(int classes) => string.Join(' ', Enumerable.Range(0, 12).Where(c => (classes >> c & 1) != 0).Select(c => new[] { "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B" }[c]));
}
