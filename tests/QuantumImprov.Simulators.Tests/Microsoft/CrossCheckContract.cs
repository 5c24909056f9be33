using System.Numerics;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Chains;
using QuantumImprov.Quantum.Tests.Circuits;
using QuantumImprov.Simulators.Microsoft;
using Xunit;

namespace QuantumImprov.Simulators.Tests.Microsoft;

/// <summary>Somebody else's simulator against our matrices and closed forms: every gate, every chain, circuits that branch.</summary>
public abstract class CrossCheckContract
{
    private const int Shots = 4000;
    private const double Rounding = 1e-9;

    [Fact]
    public void Every_gate_acts_as_its_matrix_says()
    {
        var library = Library();
        Assert.SkipUnless(library.ReadsState, "This library does not tell its state.");
        var gates = Gates.All.Where(g => g.IsUnitary).Select(g => g.Name).ToList();
        foreach (var name in gates) AssertActsAsItsMatrix(library, name);
        Assert.True(gates.Count > 30, "hardly any gate was compared");
    }

    // 12 chains, each once; the family fails by chance once in 10,000.
    [Fact]
    public async Task Shots_of_every_chain_follow_its_closed_form()
    {
        var library = Library();
        foreach (var make in RoundTripChains.All.Values)
        {
            var chain = make();
            var reply = Assert.IsType<Counts>(await new MicrosoftBackend(library, new Xoshiro(83)).RunAsync(chain.Circuit, Shots, TestContext.Current.CancellationToken));
            var counts = new int[chain.Law.Length + 1];
            foreach (var (bits, count) in reply.ByBits) counts[chain.CellOf(bits)] += count;
            ChiSquare.AssertFollows(chain.Whole, counts, 1e-4 / RoundTripChains.All.Count);
        }
    }

    [Fact]
    public void The_law_of_every_chain_that_does_not_branch_is_its_closed_form()
    {
        var library = Library();
        Assert.SkipUnless(library.ReadsState, "This library does not tell its state.");
        var compared = 0;
        foreach (var (name, make) in RoundTripChains.All)
        {
            var chain = make();
            if (new MicrosoftBackend(library, new Xoshiro(1)).Law(chain.Circuit) is not { } law) continue;
            var found = new double[chain.Law.Length + 1];
            foreach (var (bits, p) in law) found[chain.CellOf(bits)] += p;
            for (var i = 0; i < found.Length; i++) Assert.True(Math.Abs(chain.Whole[i] - found[i]) < Rounding, $"{name}, outcome {i}: {chain.Whole[i]} expected, {found[i]} found");
            compared++;
        }

        Assert.True(compared >= 7, $"only {compared} chains were compared");
    }

    // Three circuits; the family fails by chance once in 10,000.
    [Fact]
    public async Task Circuits_that_measure_reset_and_ask_on_the_way_follow_their_law()
    {
        var library = Library();
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var circuit = RandomCircuits.Of(seed, 4, 30, chance: true);
            var reply = Assert.IsType<Counts>(await new MicrosoftBackend(library, new Xoshiro(seed)).RunAsync(circuit, Shots, TestContext.Current.CancellationToken));
            var law = DenseReference.Law(circuit);
            ChiSquare.AssertFollows([.. Enumerable.Range(0, 8).Select(i => law.GetValueOrDefault((ulong)i) < 1e-12 ? 0 : law[(ulong)i])], [.. Enumerable.Range(0, 8).Select(i => reply.ByBits.GetValueOrDefault((ulong)i))], 1e-4 / 3);
        }
    }

    /// <summary>The library under test; skips the test where it is not there.</summary>
    protected abstract SimulatorLibrary Library();

    private static void AssertActsAsItsMatrix(SimulatorLibrary library, string name)
    {
        var random = new Xoshiro(41);
        for (var i = 0; i < 12; i++)
        {
            // A state with no symmetry first, so that nothing can hide.
            var circuit = new CircuitBuilder(4).Append(RandomCircuits.Of((ulong)i, 4, 6)).Add(RandomCircuits.Operation(Gates.Named(name), 4, random)).Append(RandomCircuits.Of((ulong)i + 100, 4, 4)).Build();
            var found = new Complex[16];
            using (var simulator = new MicrosoftSimulator(library, 4, 1))
            {
                foreach (var operation in Lowering.Lower(circuit, MicrosoftSimulator.Knows).Operations) simulator.Apply(operation);
                Assert.True(simulator.TryRead(found));
            }

            var expected = new Complex[16];
            expected[0] = 1;
            foreach (var operation in circuit.Operations) expected = operation.Gate.IsUnitary ? DenseReference.Apply(operation, expected) : expected;
            var overlap = expected.Zip(found, (e, f) => Complex.Conjugate(e) * f).Aggregate(Complex.Zero, (sum, z) => sum + z);
            Assert.True(Math.Abs(Complex.Abs(overlap) - 1) < Rounding, $"{name}: the overlap of both states is {Complex.Abs(overlap)}");
        }
    }
}
