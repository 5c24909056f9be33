using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Bank;

public sealed class DebiasingTests
{
    private static List<bool> Fair(double bias, int falls, ulong seed)
    {
        var random = new Xoshiro(seed);
        var given = new bool[falls];
        for (var i = 0; i < falls; i++) given[i] = random.NextDouble() < bias;
        var fair = new List<bool>();
        Debiasing.Extract(given, fair);
        return fair;
    }

    [Theory]
    [InlineData(.5)]
    [InlineData(.53)]
    [InlineData(.7)]
    [InlineData(.05)]
    public void Fair_bits_are_fair_whatever_the_bias_and_nearly_as_many_as_the_entropy_allows(double bias)
    {
        var fair = Fair(bias, 100_000, 11);
        var entropy = -((bias * Math.Log2(bias)) + ((1 - bias) * Math.Log2(1 - bias)));
        Assert.InRange(fair.Count, 90_000 * entropy, 100_000 * entropy);
        var counts = new int[16];
        for (var i = 0; i + 4 <= fair.Count; i += 4) counts[(fair[i] ? 1 : 0) | (fair[i + 1] ? 2 : 0) | (fair[i + 2] ? 4 : 0) | (fair[i + 3] ? 8 : 0)]++;
        ChiSquare.AssertFollows([.. Enumerable.Repeat(1 / 16.0, 16)], counts);
    }

    [Fact]
    public void Given_how_many_there_are_every_string_of_bits_is_equally_likely()
    {
        // All sequences of 6 falls of a coin of .3, weighed by their probability: exact, no sample.
        var byString = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (var word = 0; word < 64; word++)
        {
            var falls = Enumerable.Range(0, 6).Select(i => (word >> i & 1) != 0).ToArray();
            var fair = new List<bool>();
            Debiasing.Extract(falls, fair);
            var key = string.Concat(fair.Select(b => b ? '1' : '0'));
            byString[key] = byString.GetValueOrDefault(key) + falls.Aggregate(1.0, (p, f) => p * (f ? .3 : .7));
        }

        foreach (var group in byString.GroupBy(p => p.Key.Length).Where(g => g.Key > 0))
        {
            Assert.Equal(1 << group.Key, group.Count());
            foreach (var (_, p) in group) Assert.Equal(group.First().Value, p, 1e-12);
        }
    }

    [Fact]
    public void A_coin_made_of_bits_falls_with_exactly_its_chance_at_two_bits_a_fall()
    {
        var coins = new AcceptCoins(pure: true);
        var spec = Specs.Random(1, coins: 8);
        var random = new Xoshiro(2);
        coins.Add(new ShotBatch(spec, "test", "test", "1", Specs.Noon, [.. Enumerable.Range(0, 60_000).Select(_ => random.NextBits() & 0x1FFF)]));
        var (yes, falls, level) = (0, 0, coins.Level);
        Assert.InRange(level, 400_000, 480_000);
        while (true)
        {
            var fall = coins.Flip(.3, random);
            if (fall == Fall.Unknown) break;
            falls++;
            yes += fall == Fall.Yes ? 1 : 0;
        }

        ChiSquare.AssertFollows([.3, .7], [yes, falls - yes]);
        Assert.InRange(level / (double)falls, 1.98, 2.02);
        Assert.Equal(0, coins.Level);
        Assert.Equal(Fall.Yes, coins.Flip(1, random));
        Assert.Equal(Fall.No, coins.Flip(0, random));
    }

    [Fact]
    public void Coins_of_a_batch_are_taken_once_and_bits_come_out_in_order()
    {
        var coins = new AcceptCoins(pure: true);
        var batch = new ShotBatch(Specs.Random(1, coins: 1), "test", "test", "1", Specs.Noon, [.. Enumerable.Range(0, 100).Select(i => (ulong)(i & 1) << 5)]);
        coins.Add(batch);
        var level = coins.Level;
        Assert.True(level >= 50);
        coins.Add(batch);
        Assert.Equal(level, coins.Level);
        var queue = new BitQueue(3);
        foreach (var bit in (bool[])[true, false, true, false]) queue.Add(bit);
        Assert.Equal(3, queue.Count);
        Assert.True(queue.TryTake(out var first) && first);
        Assert.True(queue.TryTake(out var second) && !second);
        queue.Add(true);
        Assert.True(queue.TryTake(out var third) && third);
        Assert.True(queue.TryTake(out var fourth) && fourth);
        Assert.False(queue.TryTake(out _));
    }
}
