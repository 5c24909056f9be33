using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.Tests.Chains;
using QuantumImprov.Simulators.Microsoft;
using Xunit;

namespace QuantumImprov.Simulators.Tests.Microsoft;

/// <summary>A library that does not tell its state: every shot is measured by the library.</summary>
public sealed class MuteStandInTests
{
    // 12 chains, each once; the family fails by chance once in 10,000.
    [Fact]
    public async Task Shots_of_every_chain_follow_its_closed_form_when_the_library_measures_them()
    {
        var library = StandIn.Load(readsState: false);
        Assert.False(library.ReadsState);
        foreach (var make in RoundTripChains.All.Values)
        {
            var chain = make();
            Assert.Null(new MicrosoftBackend(library, new Xoshiro(1)).Law(chain.Circuit));
            var reply = Assert.IsType<Counts>(await new MicrosoftBackend(library, new Xoshiro(83)).RunAsync(chain.Circuit, 2000, TestContext.Current.CancellationToken));
            var counts = new int[chain.Law.Length + 1];
            foreach (var (bits, count) in reply.ByBits) counts[chain.CellOf(bits)] += count;
            ChiSquare.AssertFollows(chain.Whole, counts, 1e-4 / RoundTripChains.All.Count);
        }
    }
}
