using CsCheck;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Music;

public class PitchTests
{
    [Fact]
    public void Every_key_reads_back_from_its_name_and_its_number()
    {
        for (var number = 0; number < 128; number++)
        {
            var pitch = new Pitch(number);
            Assert.True(Pitch.TryParse(pitch.ToString(), out var named) && named == pitch);
            Assert.True(Pitch.TryParse($"{number}", out var numbered) && numbered == pitch);
            Assert.Equal(number % 12, pitch.Class);
        }
    }

    [Theory]
    [InlineData("C4", 60)]
    [InlineData("c4", 60)]
    [InlineData("C-1", 0)]
    [InlineData("G9", 127)]
    [InlineData("Bb3", 58)]
    [InlineData("bb3", 58)]
    [InlineData("Cb4", 59)]
    [InlineData("B#3", 60)]
    [InlineData("F##4", 67)]
    [InlineData("A4", 69)]
    public void Names_mean_what_they_mean_on_paper(string name, int number) => Assert.True(Pitch.TryParse(name, out var pitch) && pitch.Number == number);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("H4")]
    [InlineData("C")]
    [InlineData("C#")]
    [InlineData("G#9")]
    [InlineData("Cb-1")]
    [InlineData("128")]
    [InlineData("-1")]
    [InlineData("C4x")]
    [InlineData("C99999999999")]
    public void What_is_no_key_is_refused(string? name) => Assert.False(Pitch.TryParse(name, out _));

    [Fact]
    public void Any_text_is_read_or_refused_and_never_throws() =>
        Gen.String["ABCDEFGabcdefgh#-0123456789 \0é"].Sample(text => !Pitch.TryParse(text, out var pitch) || pitch.Number is >= 0 and <= 127, iter: 20_000);

    [Fact]
    public void A_number_off_the_keyboard_is_refused_with_what_is_allowed() =>
        Assert.Contains("allowed is 0 to 127", Assert.Throws<ArgumentOutOfRangeException>(() => new Pitch(128)).Message);
}
