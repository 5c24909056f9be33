using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.Tests.Noise;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Bank;

/// <summary>Laws that are measured from the shots themselves: what the bound on their error is worth, and what happens when a device drifts.</summary>
public sealed class MeasuredLawTests
{
    private static readonly int[] Labels = [.. Enumerable.Range(60, 12)];

    [Fact]
    public void Notes_by_a_measured_law_are_within_the_bound_that_is_shown()
    {
        // The law the bank really serves is known here, because the device is: p r / sum p r with r = q / q^.
        for (var seed = 0UL; seed < 20; seed++)
        {
            var spec = Specs.Random(seed);
            var device = Specs.Device(DeviceProfiles.CzTransmons, seed);
            var bank = new ShotBank();
            bank.Deposit(Specs.Run(spec, device, 6_000));
            var stock = bank.Stocks(0)[0];
            Assert.True(stock.Law.IsReady && !stock.Law.IsKnown);
            Assert.InRange(stock.Law.Counted, ClassLaw.Calibration, ClassLaw.Calibration + 1);
            var (p, q, measured) = (Specs.Law(new Xoshiro(seed + 9), 12, 1), device.LawOf(spec), stock.Law.Law.ToArray());
            bank.Draw(Labels, p, [0], new Xoshiro(seed));
            double[] served = [.. p.Select((x, s) => x * q[s] / measured[s])];
            var total = served.Sum();
            var distance = served.Select((x, s) => Math.Abs((x / total) - p[s])).Sum() / 2;
            Assert.True(bank.Meter.LawError > 0);
            Assert.True(distance < bank.Meter.LawError, $"{distance} against a bound of {bank.Meter.LawError}");
        }
    }

    [Fact]
    public void The_more_is_used_the_smaller_the_bound()
    {
        var spec = Specs.Random(3);
        var bank = new ShotBank();
        bank.Deposit(Specs.Run(spec, Specs.Device(DeviceProfiles.CzTransmons, 3), 100_000));
        var law = bank.Stocks(0)[0].Law;
        var first = law.RelativeError(4);
        var (random, p) = (new Xoshiro(1), Specs.Law(new Xoshiro(2), 12, 1));
        for (var i = 0; i < 3_000; i++) bank.Draw(Labels, p, [0], random);
        Assert.True(law.RelativeError(4) < first / 2);
        Assert.Equal(0, bank.Meter.Drifts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_device_that_drifts_is_noticed_and_measured_anew(bool known)
    {
        var spec = Specs.Random(5);
        var before = Specs.Device(NoiseProfile.Ideal, 1);
        var after = Specs.Device(Profiles.Loud, 2);
        var bank = new ShotBank();
        bank.Deposit(new ShotBatch(spec, "v", "d", "1", Specs.Noon, Specs.Run(spec, before, 8_000).Words) { KnownLaw = known ? spec.IdealLaw : [] });
        bank.Deposit(new ShotBatch(spec, "v", "d", "2", Specs.Noon, Specs.Run(spec, after, 60_000).Words));
        var law = bank.Stocks(0)[0].Law;
        var (random, p) = (new Xoshiro(1), Specs.Law(new Xoshiro(2), 12, 1));
        while (bank.Stocks(0)[0].Oldest!.Job == "1") bank.Draw(Labels, p, [0], random);
        Assert.Equal(0, law.Drifts);
        for (var i = 0; i < 1_500; i++) bank.Draw(Labels, p, [0], random);
        Assert.InRange(law.Drifts, 1, 3);
        Assert.False(law.IsKnown);
        var truth = after.LawOf(spec);
        for (var s = 0; s < 12; s++) Assert.InRange(law.Law[s], truth[s] - .04, truth[s] + .04);
    }

    [Fact]
    public void A_right_law_is_hardly_ever_taken_for_drifted()
    {
        var spec = Specs.Random(5, labels: 16);
        var law = new ClassLaw(spec.IdealLaw);
        var device = Specs.Device(NoiseProfile.Ideal, 4);
        // 2,000 windows at a rate of one in a million each.
        foreach (var word in Specs.Run(spec, device, 600_000).Words)
        {
            if (spec.Read(word) is { IsKept: true } reading) law.Count(reading.Symbol);
        }

        Assert.Equal(0, law.Drifts);
        Assert.True(law.Counted > 256 * 1_500);
    }

    [Fact]
    public void Counts_can_be_recalled()
    {
        var law = new ClassLaw(3);
        Assert.False(law.IsReady);
        law.Recall([300, 200, 100]);
        Assert.True(law.IsReady);
        Assert.Equal(.5, law.Law[0], .01);
        Assert.Equal(1, law.Law.ToArray().Sum(), 1e-12);
    }
}
