using QuantumImprov.Engine.Choosing;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Simulators.Microsoft;

namespace QuantumImprov.Host.Verbs;

/// <summary>Who takes the samples of a prepared chain: the chain's own simulation, or a backend that is given its whole circuit.</summary>
public sealed class SampleTaker
{
    /// <summary>The chain itself, and Microsoft's simulator.</summary>
    public const string Local = "local", Microsoft = "microsoft";

    /// <summary>All of them, for people.</summary>
    public const string Names = $"{Local} or {Microsoft}";

    // A chain that keeps one shot in a thousand would have nothing to show.
    private const double LeastKept = 1e-3;

    private readonly Xoshiro _random;
    private readonly SimulatorLibrary? _library;

    /// <summary>The one called <paramref name="name"/>; null is the chain itself.</summary>
    /// <exception cref="Refusal">There is none of that name, or its library cannot be had.</exception>
    public SampleTaker(string? name, string? library, ulong seed)
    {
        _random = new Xoshiro(seed);
        if ((name ?? Local) == Local) return;
        if (name != Microsoft) throw new Refusal($"--backend is \"{name}\"; allowed are {Names}.", ExitCodes.Usage);
        if (!SimulatorLibrary.TryLoad(library, out _library, out var reason)) throw new Refusal(reason);
    }

    /// <summary>
    /// The coherence to prepare <paramref name="chain"/> with where the preset asks for <paramref name="asked"/>. The Grover and the walk chain mix their share of plain shots in outside
    /// the circuit, so a backend that is given the circuit samples them at coherence 1.
    /// </summary>
    public double CoherenceOf(IChain chain, double asked) => _library is not null && chain.Kind is ("grover" or "walk") ? 1 : asked;

    /// <summary>How often each candidate was drawn in <paramref name="samples"/> kept shots, and how many shots were thrown away.</summary>
    public (int[] Counts, long Redraws) Take(IChain chain, int candidates, int samples)
    {
        var (counts, redraws) = (new int[candidates], 0L);
        if (_library is not null) return TakeFrom(new MicrosoftBackend(_library, _random), chain, counts, samples);
        for (var i = 0; i < samples; i++)
        {
            var shot = chain.Shoot(_random);
            counts[shot.Symbol]++;
            redraws += shot.Redraws;
        }

        return (counts, redraws);
    }

    private static (int[] Counts, long Redraws) TakeFrom(IQuantumBackend backend, IChain chain, int[] counts, int samples)
    {
        if (chain.KeptShare < LeastKept) throw new Refusal($"Only {chain.KeptShare:0.0E+0} of the shots would be kept; --backend {backend.Name} needs {LeastKept:0.000} or more.");
        var (circuit, kept, redraws) = (chain.ToCircuit(), 0, 0L);
        while (kept < samples)
        {
            var asked = (int)Math.Min(1_000_000, Math.Ceiling((samples - kept) / chain.KeptShare * 1.05) + 16);
            var reply = backend.RunAsync(circuit, asked).AsTask().GetAwaiter().GetResult();
            if (reply is not Quantum.Backends.Counts { Shots: var shots }) throw new Refusal(reply is Refused refused ? refused.Reason : $"The backend {backend.Name} gave no answer.");
            foreach (var bits in shots)
            {
                if (kept == samples) break;
                var candidate = chain.CandidateOf(bits);
                if (candidate < 0) redraws++;
                else
                {
                    counts[candidate]++;
                    kept++;
                }
            }
        }

        return (counts, redraws);
    }
}
