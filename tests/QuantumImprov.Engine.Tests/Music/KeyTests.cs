using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Music;

public class KeyTests
{
    public static TheoryData<int, Mode> All
    {
        get
        {
            var keys = new TheoryData<int, Mode>();
            for (var tonic = 0; tonic < 12; tonic++)
            {
                keys.Add(tonic, Mode.Major);
                keys.Add(tonic, Mode.Minor);
            }

            return keys;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_key_reads_back_from_its_name(int tonic, Mode mode)
    {
        var key = new Key(tonic, mode);
        Assert.True(Key.TryParse(key.ToString(), out var read));
        Assert.Equal(key, read);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Degrees_count_semitones_above_the_tonic_on_the_whole_keyboard(int tonic, Mode mode)
    {
        var key = new Key(tonic, mode);
        for (var pitch = 0; pitch < 128; pitch++) Assert.Equal(pitch % 12, (key.Degree(pitch) + tonic) % 12);
    }

    [Fact]
    public void A_major_key_holds_its_seven_and_a_minor_key_its_seven_and_the_raised_sixth_and_seventh()
    {
        Assert.Equal([2, 4, 6, 7, 9, 11, 1], Held(new Key(2, Mode.Major)));
        Assert.Equal([9, 11, 0, 2, 4, 5, 6, 7, 8], Held(new Key(9, Mode.Minor)));
    }

    [Theory]
    [InlineData("C# major", 1, Mode.Major)]
    [InlineData("Cb minor", 11, Mode.Minor)]
    [InlineData("B# major", 0, Mode.Major)]
    public void Any_spelling_of_a_tonic_is_read(string text, int tonic, Mode mode)
    {
        Assert.True(Key.TryParse(text, out var key));
        Assert.Equal(new Key(tonic, mode), key);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("C")]
    [InlineData("H major")]
    [InlineData("c major")]
    [InlineData("C dorian")]
    [InlineData("C  major")]
    [InlineData(" C major")]
    [InlineData("C## major")]
    [InlineData("  major")]
    public void What_is_no_key_is_refused(string? text) => Assert.False(Key.TryParse(text, out _));

    private static int[] Held(Key key) => [.. Enumerable.Range(0, 12).Where(i => key.Holds(48 + key.Tonic + i)).Select(i => (key.Tonic + i) % 12)];
}
