using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Bank.Supply;

public sealed class RefillTests
{
    private static readonly Dictionary<int, int> Nothing = [];

    private static readonly DeviceProfile Device = new("test", "virtual", 20) { MostCircuits = 10, MostShots = 1024, Pricing = new Pricing(AJob: 1, AShot: .01m) };

    private static ClassView View(int @class, int level, double rate) => new(Specs.Random((ulong)@class, @class), level, rate);

    [Fact]
    public void A_class_that_needs_much_stands_in_the_job_several_times()
    {
        var plan = Refill.Plan([View(0, 0, 20), View(1, 0, 1)], Nothing, TimeSpan.FromMinutes(1), Device, 1_000);
        Assert.NotNull(plan);
        var (much, little) = (plan.Circuits.Count(c => c.Class == 0) * plan.Shots, plan.Circuits.Count(c => c.Class == 1) * plan.Shots);
        Assert.InRange(much, Refill.Wanted(20, 60), 2 * Refill.Wanted(20, 60));
        Assert.InRange(little, Refill.Wanted(1, 60), Refill.Wanted(1, 60) + plan.Shots);
        Assert.InRange(plan.Circuits.Length, 2, Device.MostCircuits);
    }

    [Fact]
    public void What_is_under_way_is_not_ordered_again()
    {
        ClassView[] classes = [View(0, 0, 5), View(1, 0, 5)];
        var plan = Refill.Plan(classes, new Dictionary<int, int> { [0] = 10_000 }, TimeSpan.FromMinutes(1), Device, 1_000);
        Assert.All(plan!.Circuits, c => Assert.Equal(1, c.Class));
        Assert.Null(Refill.Plan(classes, new Dictionary<int, int> { [0] = 10_000, [1] = 10_000 }, TimeSpan.FromMinutes(1), Device, 1_000));
    }

    [Fact]
    public void The_plan_costs_no_more_than_there_is()
    {
        ClassView[] classes = [.. Enumerable.Range(0, 10).Select(c => View(c, 0, 3))];
        foreach (var money in (decimal[])[0, 1.5m, 3, 20, 400])
        {
            var plan = Refill.Plan(classes, Nothing, TimeSpan.FromMinutes(1), Device, money);
            if (plan is null) Assert.True(money < 1.64m);
            else Assert.True(Device.Pricing.Of(plan.ToRequest("t")) <= money);
        }
    }

    [Fact]
    public void A_stock_that_lasts_asks_for_nothing()
    {
        Assert.Null(Refill.Plan([View(0, 5_000, 10)], Nothing, TimeSpan.FromMinutes(1), Device, 1_000));
        Assert.Null(Refill.Plan([], Nothing, TimeSpan.FromMinutes(1), Device, 1_000));
    }

    [Fact]
    public void Latency_is_what_was_assumed_until_enough_was_measured()
    {
        var latency = new LatencyRecord(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(60));
        Assert.Equal((12, 60), (latency.Median.TotalSeconds, latency.Slow.TotalSeconds));
        for (var i = 1; i <= 5; i++) latency.Add(TimeSpan.FromSeconds(i));
        Assert.Equal((3, 60), (latency.Median.TotalSeconds, latency.Slow.TotalSeconds));
        for (var i = 6; i <= 100; i++) latency.Add(TimeSpan.FromSeconds(i));
        Assert.Equal(69, latency.Median.TotalSeconds);
        Assert.Equal(97, latency.Slow.TotalSeconds);
        Assert.Equal(100, latency.Measured);
    }

    [Fact]
    public void Rates_follow_what_the_bank_gives()
    {
        var bank = new ShotBank();
        var spec = Specs.Random(1);
        bank.Deposit(Specs.Run(spec, Specs.Device(QuantumImprov.Quantum.Noise.NoiseProfile.Ideal, 1), 100_000, spec.IdealLaw));
        var rates = new UseRates(ShotBank.MostClasses, TimeSpan.FromSeconds(20));
        rates.Expect(0, 7);
        var (now, random, law) = (Specs.Noon, new Xoshiro(1), Specs.Law(new Xoshiro(2), 12, 1));
        rates.Look(bank, now);
        Assert.Equal(7, rates[0]);
        int[] labels = [.. Enumerable.Range(60, 12)];
        var used = 0;
        for (var second = 0; second < 200; second++)
        {
            for (var i = 0; i < 4; i++)
            {
                var shots = bank.Draw(labels, law, [0], random).ShotsUsed;
                used += second >= 100 ? shots : 0;
            }

            rates.Look(bank, now += TimeSpan.FromSeconds(1));
        }

        Assert.InRange(rates[0], .7 * used / 100, 1.3 * used / 100);
        rates.Look(bank, now + TimeSpan.FromSeconds(60));
        Assert.InRange(rates[0], .1 * used / 100, .15 * used / 100);
    }

    [Fact]
    public void A_price_counts_jobs_shots_seconds_and_gates_and_never_rounds_down()
    {
        var request = new JobRequest("t", [Specs.Random(1).ToCircuit(), Specs.Random(2).ToCircuit()], 100);
        Assert.Equal(0, new Pricing().Of(request));
        Assert.Equal(.3m + (200 * .00145m), new Pricing(AJob: .3m, AShot: .00145m).Of(request));
        Assert.Equal(1.6m * 2.05m, new Pricing(ASecond: 1.6m) { SecondsAJob = 2, SecondsAShot = .00025 }.Of(request));
        Assert.Equal(5, new Pricing(AShot: .000001m) { Least = 5 }.Of(request));
        Assert.Equal(.0001m, new Pricing(AShot: .00000001m).Of(request));
        var gates = request.Circuits.Sum(c => CircuitCost.Of(Lowering.ToCxAndRotations(c)).TwoQubitGates);
        Assert.Equal(100 * gates * .01m, new Pricing { AGate = (0, .01m) }.Of(request));
    }
}
