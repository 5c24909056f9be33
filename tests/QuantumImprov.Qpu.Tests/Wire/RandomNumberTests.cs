using QuantumImprov.Qpu.Fake;
using QuantumImprov.Qpu.Randomness;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Wire;

public sealed class RandomNumberTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_block_is_eight_thousand_bytes_and_no_two_are_the_same()
    {
        await using var cloud = await Cloud.StartAsync();
        using var numbers = new QuantumRandomNumbers(cloud.Options);
        var (first, _) = await numbers.FetchAsync(Stop);
        var (second, _) = await numbers.FetchAsync(Stop);
        Assert.Equal(QuantumRandomNumbers.BlockBytes, first!.Length);
        Assert.NotEqual(first, second);
        Assert.NotEqual(QuantumRandomNumbers.NameOf(first), QuantumRandomNumbers.NameOf(second!));
        var counts = new int[16];
        foreach (var b in first.Concat(second!)) counts[b & 15]++;
        ChiSquare.AssertFollows([.. Enumerable.Repeat(1 / 16.0, 16)], counts);
    }

    [Fact]
    public async Task What_is_no_block_is_told_and_not_used()
    {
        await using var cloud = await Cloud.StartAsync();
        using var numbers = new QuantumRandomNumbers(cloud.Options);
        foreach (var fault in new[] { new FakeFault(FaultKind.Malformed), new FakeFault(FaultKind.Status) { Status = 403 }, new FakeFault(FaultKind.Truncated, 10) })
        {
            cloud.Fake.Script(fault);
            var (block, why) = await numbers.FetchAsync(Stop);
            Assert.Null(block);
            Assert.StartsWith("ANU", why, StringComparison.Ordinal);
            cloud.Fake.Forgive();
        }
    }

    [Fact]
    public void A_seed_is_never_weaker_than_the_systems_own() => Assert.NotEqual(QuantumRandomNumbers.Seed(new byte[8]), QuantumRandomNumbers.Seed(new byte[8]));
}
