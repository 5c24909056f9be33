using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Files;
using Xunit;

namespace QuantumImprov.Midi.Tests.Files;

public class DivisionTests
{
    [Fact]
    public void Nothing_said_means_960_ticks_a_quarter() => Assert.Equal(960, default(Division).TicksPerQuarter);

    [Theory]
    [InlineData(24, 1, 840)]
    [InlineData(96, 96, 20160)]
    [InlineData(480, 1, 42)]
    [InlineData(960, 7, 147)]
    [InlineData(100, 1, 202)]
    [InlineData(100, 2, 403)]
    [InlineData(32767, 1, 1)]
    [InlineData(1, 1_000_000, 20_160_000_000)]
    public void Ticks_become_the_nearest_musical_time(int ticksPerQuarter, long tick, long beatTicks) =>
        Assert.Equal(beatTicks, Division.PerQuarter(ticksPerQuarter).ToBeats(tick).Ticks);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    [InlineData(31, 1)]
    [InlineData(32, 2)]
    [InlineData(-10, 0)]
    [InlineData(-11, -1)]
    public void Musical_time_becomes_the_nearest_tick(long beatTicks, long tick) =>
        Assert.Equal(tick, default(Division).ToTick(new Beats(beatTicks)));

    [Theory]
    [InlineData(25, 40, 1000, 2)]
    [InlineData(24, 4, 96, 2)]
    [InlineData(30, 80, 1200, 1)]
    [InlineData(29, 100, 30_000, 2002)]
    public void A_second_of_clock_time_is_two_quarters(int frames, int ticksPerFrame, long tick, long quarters)
    {
        // 29 stands for 30000/1001 frames a second: 30,000 ticks of a hundredth frame are 10.01 seconds.
        var expected = frames == 29 ? Beats.Of(quarters, 100) : Beats.Of(quarters);
        Assert.Equal(expected, Division.Smpte(frames, ticksPerFrame).ToBeats(tick));
    }

    [Fact]
    public void Divisions_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Division.PerQuarter(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Division.PerQuarter(0x8000));
        Assert.Throws<ArgumentOutOfRangeException>(() => Division.Smpte(23, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Division.Smpte(25 + 256, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Division.Smpte(25, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Division.Smpte(25, 256));
    }
}
