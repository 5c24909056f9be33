using System.Collections.Immutable;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Lookahead;

public class LatencyTableTests
{
    [Fact]
    public void Without_a_table_no_note_waits()
    {
        Assert.All(Enumerable.Range(0, 128), velocity => Assert.Equal(0, LatencyTable.None.Of(velocity)));
        Assert.Equal((0, 0), (LatencyTable.None.Shortest, LatencyTable.None.Longest));
    }

    [Fact]
    public void A_constant_is_the_same_for_every_velocity()
    {
        var table = Make(12.5);
        Assert.All(Enumerable.Range(0, 128), velocity => Assert.Equal(12_500_000, table.Of(velocity)));
        Assert.Equal((12_500_000, 12_500_000), (table.Shortest, table.Longest));
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(10, 60)]
    [InlineData(20, 55)]
    [InlineData(30, 50)]
    [InlineData(65, 30)]
    [InlineData(100, 10)]
    [InlineData(127, 10)]
    public void Between_the_points_the_wait_is_linear_and_beyond_them_level(int velocity, double ms) =>
        Assert.Equal((long)(ms * 1e6), Make(10, new(10, 50), new(30, 40), new(100, 0)).Of(velocity));

    [Fact]
    public void The_shortest_and_the_longest_wait_are_those_of_its_velocities()
    {
        var table = Make(3, new(40, 7), new(90, 2), new(120, 5));
        Assert.Equal((5_000_000, 10_000_000), (table.Shortest, table.Longest));
    }

    [Theory]
    [InlineData(-.001, "ms: found -0.001; allowed is a number from 0 to 250.")]
    [InlineData(250.5, "ms: found 250.5; allowed is a number from 0 to 250.")]
    [InlineData(double.NaN, "ms: found NaN; allowed is a number from 0 to 250.")]
    [InlineData(double.PositiveInfinity, "ms: found Infinity; allowed is a number from 0 to 250.")]
    public void A_constant_out_of_bounds_is_told(double ms, string told)
    {
        Assert.Null(LatencyTable.TryMake(ms, [], out var fault));
        Assert.Equal(told, fault);
    }

    [Fact]
    public void Points_that_make_no_table_are_told()
    {
        Assert.Equal("velocities: found velocity 0; allowed are velocities from 1 to 127, each above the one before.", Fault(0, new LatencyPoint(0, 1)));
        Assert.Equal("velocities: found velocity 128 after 5; allowed are velocities from 1 to 127, each above the one before.", Fault(0, new(5, 1), new(128, 1)));
        Assert.Equal("velocities: found velocity 5 after 5; allowed are velocities from 1 to 127, each above the one before.", Fault(0, new(5, 1), new(5, 1)));
        Assert.Equal("velocities: ms of velocity 9: found -1; allowed is a number from 0 to 250.", Fault(0, new LatencyPoint(9, -1)));
        Assert.Equal("velocities: found 200 and 50.5 ms at velocity 9; allowed are 250 in all.", Fault(200, new LatencyPoint(9, 50.5)));
        Assert.Equal("velocities: found 33 points; allowed are up to 32.", Fault(0, [.. Enumerable.Range(1, 33).Select(v => new LatencyPoint(v, 0))]));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var table = Make(10, new(10, 50), new(100, 0));
        var sum = 0L;
        Assert.Equal(0, Allocated.By(() => sum += table.Of(64)));
        Assert.NotEqual(0, sum);
    }

    private static LatencyTable Make(double ms, params ImmutableArray<LatencyPoint> points)
    {
        var table = LatencyTable.TryMake(ms, points, out var fault);
        Assert.Null(fault);
        return table!;
    }

    private static string? Fault(double ms, params ImmutableArray<LatencyPoint> points)
    {
        Assert.Null(LatencyTable.TryMake(ms, points, out var fault));
        return fault;
    }
}
