using QuantumImprov.Host.Measuring;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Measuring;

/// <summary>What a measurement can be disturbed with does disturb.</summary>
public sealed class DisturbanceTests
{
    [Fact]
    public void A_burned_core_turns_and_turns()
    {
        using var burned = new BurnedCore();
        Wait.Until(() => burned.Turns > 1_000_000, "a million turns");
    }

    [Fact]
    public void Churn_allocates_and_forces_full_collections()
    {
        var (allocated, collections) = (GC.GetTotalAllocatedBytes(), GC.CollectionCount(GC.MaxGeneration));
        using (new Churn(TimeProvider.System))
            Wait.Until(() => GC.CollectionCount(GC.MaxGeneration) >= collections + 3, "three full collections");

        // Three collections lie half a second apart at least.
        Assert.True(GC.GetTotalAllocatedBytes() - allocated > Churn.BytesASecond / 4);
    }
}
