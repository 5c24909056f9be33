using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class PhraseGapTests
{
    [Theory]
    [InlineData(120, 4, 4, 500)]
    [InlineData(60, 4, 4, 1000)]
    [InlineData(90, 4, 4, 666.666667)]
    [InlineData(40, 4, 4, 1000)]
    [InlineData(240, 4, 4, 250)]
    [InlineData(400, 4, 4, 250)]
    [InlineData(120, 6, 8, 750)]
    [InlineData(120, 7, 8, 250)]
    [InlineData(120, 2, 2, 1000)]
    public void One_felt_beat_of_silence_kept_between_a_quarter_and_a_whole_second(double bpm, int numerator, int denominator, double milliseconds)
    {
        var timeline = new Timeline(Tempo.FromBpm(bpm), Metre.Of(numerator, denominator), default, default);
        Assert.Equal(milliseconds, PhraseGap.Default.Nanoseconds(timeline, known: true) * 1e-6, 1e-5);
    }

    [Fact]
    public void Without_a_tempo_seven_tenths_of_a_second_whatever_the_timeline_says()
    {
        foreach (var bpm in new[] { 20, 120, 400 })
            Assert.Equal(700_000_000, PhraseGap.Default.Nanoseconds(new Timeline(Tempo.FromBpm(bpm), default, default, default), known: false));
    }
}
