using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Circuits;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Backends;

public sealed class LocalBackendTests
{
    private readonly LocalBackend _backend = new(new Xoshiro(1));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Counts_follow_the_exact_law(bool branching)
    {
        var circuit = branching
            ? RandomCircuits.Of(3, 4, 30, chance: true)
            : new CircuitBuilder(4, 4).Append(RandomCircuits.Of(4, 4, 30)).Measure(2, 0).Measure(0, 1).Measure(1, 3).Build();
        var reply = Assert.IsType<Counts>(await _backend.RunAsync(circuit, 20_000, TestContext.Current.CancellationToken));
        var law = DenseReference.Law(circuit);
        Assert.Equal(20_000, reply.ByBits.Values.Sum());
        Assert.Equal(20_000, reply.Shots.Length);
        ChiSquare.AssertFollows([.. Enumerable.Range(0, 16).Select(i => law.GetValueOrDefault((ulong)i) < 1e-12 ? 0 : law[(ulong)i])], [.. Enumerable.Range(0, 16).Select(i => reply.ByBits.GetValueOrDefault((ulong)i))]);
    }

    [Fact]
    public async Task What_cannot_run_is_refused_with_the_reason()
    {
        var circuit = new CircuitBuilder(1, 1).H(0).MeasureAll().Build();
        var none = Assert.IsType<Refused>(await _backend.RunAsync(circuit, 0, TestContext.Current.CancellationToken));
        Assert.Contains("1 to 1000000", none.Reason);
        var large = Assert.IsType<Refused>(await _backend.RunAsync(new CircuitBuilder(40).H(39).Build(), 1, TestContext.Current.CancellationToken));
        Assert.Contains("40 qubits", large.Reason);
    }

    [Fact]
    public async Task A_cancelled_run_is_late()
    {
        var circuit = new CircuitBuilder(1, 1).H(0).MeasureAll().Build();
        Assert.IsType<Late>(await _backend.RunAsync(circuit, 10, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_shots()
    {
        var circuit = RandomCircuits.Of(3, 4, 30, chance: true);
        var first = (Counts)await new LocalBackend(new Xoshiro(7)).RunAsync(circuit, 100, TestContext.Current.CancellationToken);
        var second = (Counts)await new LocalBackend(new Xoshiro(7)).RunAsync(circuit, 100, TestContext.Current.CancellationToken);
        Assert.Equal(first.Shots, second.Shots);
    }
}
