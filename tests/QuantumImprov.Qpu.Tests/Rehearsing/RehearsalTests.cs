using QuantumImprov.Qpu.Rehearsing;
using QuantumImprov.Quantum.Noise;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Rehearsing;

public sealed class RehearsalTests
{
    [Fact]
    public void Ten_minutes_come_from_the_device_for_nine_notes_of_ten_and_nothing_is_late()
    {
        var result = QpuRehearsal.Run(new RehearsalOptions { Seed = 5 });
        Assert.Equal(4_800, result.Notes);
        Assert.True(result.QpuShare >= .9, $"{result.QpuShare}");
        Assert.Equal((0, 0), (result.Late, result.PlayerWaits));
        Assert.InRange(result.Spend, 1, result.Budget);
        Assert.InRange(result.Jobs, 5, 50);
        Assert.InRange(result.OutsideMass, 0, .1);
        Assert.InRange(result.ShotsPerNote, 1, 40);
        Assert.True(result.PitP > 1e-6, $"p = {result.PitP}");
        Assert.True(result.ReplayIdentical);
        Assert.Equal(4_800, result.Bins.Sum());
    }

    [Theory]
    [InlineData("ion-trap", false, false)]
    [InlineData("ecr-transmons", true, false)]
    [InlineData("cz-transmons", false, true)]
    public void Every_note_follows_its_law_with_measured_laws_and_with_pure_coins_too(string profile, bool measures, bool pure)
    {
        var result = QpuRehearsal.Run(new RehearsalOptions { Minutes = 2, Seed = 3, Profile = DeviceProfiles.Find(profile)!, MeasuresLaws = measures, Pure = pure, Outages = (0, TimeSpan.Zero) });
        Assert.Equal(960, result.Notes);
        Assert.True(result.PitP > 1e-6, $"p = {result.PitP}");
        Assert.Equal(measures, result.Meter.LawError > 0);
        Assert.True(result.QpuShare > .5, $"{result.QpuShare}");
        Assert.True(result.ReplayIdentical);
    }

    [Fact]
    public void Without_money_everything_is_local_and_still_nothing_is_late()
    {
        var result = QpuRehearsal.Run(new RehearsalOptions { Minutes = .5, Seed = 2, Budget = 0 });
        Assert.Equal((240, 0.0, 0, 0, 0, 0m), (result.Notes, result.QpuShare, result.Late, result.PlayerWaits, result.Jobs, result.Spend));
        Assert.True(result.ReplayIdentical);
    }

    [Fact]
    public void With_little_money_no_more_is_spent()
    {
        var result = QpuRehearsal.Run(new RehearsalOptions { Minutes = 1, Seed = 2, Budget = 6 });
        Assert.InRange(result.Spend, .3m, 6);
        Assert.Equal(480, result.Notes);
        Assert.Equal((0, 0), (result.Late, result.PlayerWaits));
    }

    [Fact]
    public void The_same_seed_rehearses_the_same_and_another_does_not()
    {
        var options = new RehearsalOptions { Minutes = .5, Seed = 8, Outages = (0, TimeSpan.Zero) };
        var (one, two, other) = (QpuRehearsal.Run(options), QpuRehearsal.Run(options), QpuRehearsal.Run(options with { Seed = 9 }));
        Assert.Equal(one.Bins, two.Bins);
        Assert.Equal(one with { Bins = [], Meter = default }, two with { Bins = [], Meter = default });
        Assert.NotEqual(one.Bins, other.Bins);
    }

    [Theory]
    [InlineData(0, 19, 1)]
    [InlineData(19, 19, .456836)]
    [InlineData(30.1435, 19, .05)]
    [InlineData(43.8202, 19, .001)]
    [InlineData(10, 10, .440493)]
    [InlineData(2, 1, .157299)]
    public void The_tail_of_chi_square_is_that_of_the_tables(double statistic, int freedom, double tail) => Assert.Equal(tail, ChiSquareTail.Of(statistic, freedom), 1e-4);
}
