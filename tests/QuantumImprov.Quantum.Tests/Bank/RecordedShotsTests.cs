using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Bank;

/// <summary>What a bank tells of its choices is enough to make them again.</summary>
public sealed class RecordedShotsTests
{
    private static readonly int[] Labels = [.. Enumerable.Range(58, 18)];

    // From first to last: nothing is there yet, shots serve, a device drifts, shots run out in the middle, or coins do.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_choice_is_made_again_with_the_same_random_numbers(bool pure)
    {
        var kinds = new HashSet<DrawKind>();
        for (var seed = 0UL; seed < 12; seed++)
        {
            var (bank, told, made, stocks) = (new ShotBank(pure), new List<RecordedDraw>(), new List<BankDraw>(), new HashSet<ShotStock>());
            var (random, state) = (new Xoshiro(seed + 50), new List<double>());
            bank.Observer = (number, stock, law, symbols, coins) =>
            {
                if (stock is not null) stocks.Add(stock);
                told.Add(new RecordedDraw(number, stock is null ? null : new RecordedLaw(number, stock.Vendor, stock.Device, stock.Spec.Class, stock.Spec.Labels, [.. law]), [.. symbols], pure ? [.. coins] : default));
            };
            for (var i = 0; i < 600; i++)
            {
                var spec = Specs.Random(seed, coins: pure ? 1 : 0);
                if (i == 20) bank.Deposit(Specs.Run(spec, Specs.Device(DeviceProfiles.IonTrap, seed), 2_000));
                if (i == 300) bank.Deposit(Specs.Run(spec, Specs.Device(DeviceProfiles.CzTransmons, seed), 1_500, job: "job-2"));
                made.Add(bank.Draw(Labels, Law(seed, i), [0], random));
                state.Add(random.NextDouble());
            }

            var (shots, again) = (new RecordedShots(told), new Xoshiro(seed + 50));
            for (var i = 0; i < made.Count; i++)
            {
                var draw = shots.Draw(Labels, Law(seed, i), again);
                kinds.Add(draw.Kind);
                Assert.Equal((made[i].Kind, made[i].Index, made[i].ShotsUsed, state[i]), (draw.Kind, draw.Index, draw.ShotsUsed, again.NextDouble()));
                Assert.Equal(made[i].Batch?.Device, draw.Batch?.Device);
            }

            Assert.Equal(0, shots.Missing);
            Assert.NotEmpty(stocks);
        }

        Assert.Equal(4, kinds.Count);
    }

    [Fact]
    public void A_choice_that_nothing_was_written_of_is_missing_but_not_at_the_end()
    {
        var law = new RecordedLaw(1, "v", "d", 0, [.. Labels[..2]], [.5, .5]);
        var shots = new RecordedShots([new RecordedDraw(1, law, [0, 1, 0], default), new RecordedDraw(3, null, [], default)]);
        var random = new Xoshiro(1);
        Assert.NotEqual(DrawKind.Absent, shots.Draw(Labels, Law(1, 1), random).Kind);
        Assert.Equal((DrawKind.Absent, 2L), (shots.Draw(Labels, Law(1, 1), random).Kind, shots.Missing));
        var ended = new RecordedShots([new RecordedDraw(1, law, [0], default)]);
        ended.Draw(Labels, Law(1, 1), random);
        Assert.Equal((DrawKind.Absent, 0L), (ended.Draw(Labels, Law(1, 1), random).Kind, ended.Missing));
    }

    [Fact]
    public void A_law_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new RecordedLaw(1, "v", "d", 0, [60, 61], [.5]).Batch);
        Assert.Throws<ArgumentException>(() => new RecordedLaw(1, "v", "d", 0, [60, 61], [0, 0]).Batch);
        Assert.Throws<ArgumentException>(() => new RecordedLaw(1, "v", "d", 0, [60, 60], [.5, .5]).Batch);
    }

    private static double[] Law(ulong seed, int i) => Specs.Law(new Xoshiro((seed * 1000) + (ulong)i), Labels.Length);
}
