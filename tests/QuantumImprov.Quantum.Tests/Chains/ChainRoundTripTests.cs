using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Circuits.Transpiling;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Noise;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains;

/// <summary>Every chain on every way that its circuit can take, against its exact law.</summary>
public sealed class ChainRoundTripTests
{
    private const int Shots = 8000;

    private static readonly Dictionary<string, (Func<Circuit, Circuit> Sent, Func<Xoshiro, IQuantumBackend> Backend)> Ways = new()
    {
        ["the state vector"] = (c => c, Local),
        ["trajectories without noise"] = (c => c, random => new TrajectoryBackend(NoiseProfile.Ideal, random)),
        ["OpenQASM 3"] = (c => OpenQasmReader.Read(OpenQasm.Write3(c)), Local),
        ["OpenQASM 2"] = (c => OpenQasmReader.Read(OpenQasm.Write2(c)), Local),
        ["a line of cz"] = (c => Transpiler.Transpile(c, Target.CzLine(c.Qubits)).Circuit, Local),
        ["a line of ecr"] = (c => Transpiler.Transpile(c, Target.EcrLine(c.Qubits)).Circuit, Local),
        ["prx and cz"] = (c => Transpiler.Transpile(c, Target.Prx(c.Qubits)).Circuit, Local),
        ["ions in OpenQASM 3"] = (c => OpenQasmReader.Read(OpenQasm.Write3(Transpiler.Transpile(c, Target.IonTrap(c.Qubits)).Circuit)), Local),
    };

    public static TheoryData<string> Names => [.. RoundTripChains.All.Keys];

    public static MatrixTheoryData<string, string> Trips => new(RoundTripChains.All.Keys, Ways.Keys);

    // 12 chains on 8 ways; the family fails by chance once in 10,000.
    [Theory]
    [MemberData(nameof(Trips))]
    public async Task Shots_follow_the_exact_law(string name, string way)
    {
        var chain = RoundTripChains.All[name]();
        var (sent, backend) = Ways[way];
        var counts = await Count(chain, sent(chain.Circuit), backend(new Xoshiro(71)));
        Assert.True(chain.Whole.Count(p => p > 0) > 1, "a law with a single outcome tests nothing");
        ChiSquare.AssertFollows(chain.Whole, counts, 1e-4 / (RoundTripChains.All.Count * Ways.Count));
    }

    // The same comparison must not pass what it should not: every chain on a device that errs.
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Shots_of_a_noisy_device_do_not(string name)
    {
        var chain = RoundTripChains.All[name]();
        var counts = await Count(chain, chain.Circuit, new TrajectoryBackend(Profiles.Loud, new Xoshiro(71)), 500);
        Assert.Throws<LawNotFollowedException>(() => ChiSquare.AssertFollows(chain.Whole, counts));
    }

    // What text can lose is not a matter of chance: the exact law of what was read back is compared to nine digits.
    [Theory]
    [InlineData("OpenQASM 3")]
    [InlineData("OpenQASM 2")]
    public void Text_keeps_every_exact_law(string way)
    {
        foreach (var (name, make) in RoundTripChains.All)
        {
            var chain = make();
            var found = new double[chain.Law.Length + 1];
            foreach (var (bits, p) in DenseReference.Law(Ways[way].Sent(chain.Circuit))) found[chain.CellOf(bits)] += p;
            for (var i = 0; i < found.Length; i++) Assert.True(Math.Abs(chain.Whole[i] - found[i]) < 1e-9, $"{name}, outcome {i}: {chain.Whole[i]} expected, {found[i]} found");
        }
    }

    private static async Task<int[]> Count(RoundTripChain chain, Circuit circuit, IQuantumBackend backend, int shots = Shots)
    {
        var reply = Assert.IsType<Counts>(await backend.RunAsync(circuit, shots, TestContext.Current.CancellationToken));
        var counts = new int[chain.Law.Length + 1];
        foreach (var (bits, count) in reply.ByBits) counts[chain.CellOf(bits)] += count;
        return counts;
    }

    private static IQuantumBackend Local(Xoshiro random) => new LocalBackend(random);
}
