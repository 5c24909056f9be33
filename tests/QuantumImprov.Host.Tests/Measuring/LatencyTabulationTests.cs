using QuantumImprov.Host.Measuring;
using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Host.Tests.Measuring;

public sealed class LatencyTabulationTests
{
    [Fact]
    public void The_least_median_is_the_constant_and_the_rest_is_added_by_velocity()
    {
        Assert.True(LatencyTabulation.TryMake(Measured((10, [960, 960, 9600]), (70, [480, 482, 490, 800]), (127, [0, 240, 241])), out var table, out var reason), reason);
        Assert.Equal(5, table.Ms);
        Assert.Equal([new(10, 15), new(70, 5.125), new(127, 0)], table.Points);
    }

    [Fact]
    public void Where_all_velocities_wait_alike_there_are_no_points()
    {
        Assert.True(LatencyTabulation.TryMake(Measured((10, [960, 960]), (127, [960])), out var table, out _));
        Assert.Equal(20, table.Ms);
        Assert.Empty(table.Points);
    }

    [Fact]
    public void A_velocity_that_is_hardly_answered_is_left_out()
    {
        Assert.True(LatencyTabulation.TryMake(Measured([4, 4, 4], (10, [9600]), (70, [480, 480, 480]), (127, [240, 240])), out var table, out _));
        Assert.Equal([new(70, 5), new(127, 0)], table.Points);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void When_less_than_half_came_back_there_is_no_table(int count)
    {
        int[] few = [.. Enumerable.Repeat(480, count)];
        Assert.False(LatencyTabulation.TryMake(Measured([5, 5], (10, few), (127, few)), out _, out var reason));
        Assert.Equal($"Of 10 notes to synth:in {count * 2} came back in time; allowed is a way back on which at least half of them do, so nothing was written.", reason);
    }

    [Fact]
    public void A_wait_that_cannot_be_made_up_for_is_told()
    {
        Assert.False(LatencyTabulation.TryMake(Measured((10, [12048]), (127, [480])), out _, out var reason));
        Assert.Equal("synth:in lets notes wait up to 251 ms; allowed is up to 250, so nothing was written.", reason);
    }

    private static CalibrationResult Measured(params (int Velocity, int[] Frames)[] echoes) => Measured([.. echoes.Select(e => e.Frames.Length)], echoes);

    private static CalibrationResult Measured(int[] sent, params (int Velocity, int[] Frames)[] echoes) =>
        new("synth:in", [.. echoes.Select(e => (e.Velocity, (IReadOnlyList<int>)e.Frames))], sent, 48000, 0, 1, true);
}
