using CsCheck;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Music;

public class TempoTests
{
    [Fact]
    public void The_default_is_120() => Assert.Equal(Tempo.FromBpm(120), default);

    [Fact]
    public void A_tempo_keeps_its_beats_a_minute_to_one_in_a_million() =>
        Gen.Double[Tempo.Slowest, Tempo.Fastest].Sample(bpm => Math.Abs(Tempo.FromBpm(bpm).BeatsPerMinute / bpm - 1) < 1e-6, iter: 10_000);

    [Fact]
    public void The_tempos_of_files_are_exact_and_zero_is_read_as_one()
    {
        Assert.Equal(500_000_000, Tempo.FromMicrosecondsPerQuarter(500_000).NanosecondsPerQuarter);
        Assert.Equal(16_777_215_000, Tempo.FromMicrosecondsPerQuarter(16_777_215).NanosecondsPerQuarter);
        Assert.Equal(1000, Tempo.FromMicrosecondsPerQuarter(0).NanosecondsPerQuarter);
    }

    [Theory]
    [InlineData(19.9)]
    [InlineData(400.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Other_tempos_are_refused_with_what_is_allowed(double bpm) =>
        Assert.Contains("allowed is 20 to 400", Assert.Throws<ArgumentOutOfRangeException>(() => Tempo.FromBpm(bpm)).Message);
}
