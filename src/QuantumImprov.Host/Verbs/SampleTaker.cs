using QuantumImprov.Engine.Choosing;
using QuantumImprov.Host.Backends;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Simulators.Microsoft;

namespace QuantumImprov.Host.Verbs;

/// <summary>Who takes the samples of a prepared chain: the chain's own simulation, or a backend that is given its whole circuit.</summary>
public sealed class SampleTaker : IDisposable
{
    /// <summary>The name of Microsoft's simulator.</summary>
    public const string Microsoft = "microsoft";

    // A chain that keeps one shot in a thousand would have nothing to show.
    private const double LeastKept = 1e-3;

    // A device may keep fewer shots than the ideal circuit, but not forever none.
    private const int MostRuns = 20;

    private readonly Xoshiro _random;
    private readonly QpuDesk? _desk;
    private readonly IQuantumBackend? _backend;
    private readonly decimal _budget;

    /// <summary>The one called <paramref name="name"/>; null is the chain itself.</summary>
    /// <param name="name">Microsoft's simulator, or any backend's name.</param>
    /// <param name="library">The file of Microsoft's simulator.</param>
    /// <param name="budget">What may be spent.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="Refusal">There is none of that name, or it cannot be had.</exception>
    public SampleTaker(string? name, string? library, decimal budget, ulong seed)
    {
        (_random, _budget) = (new Xoshiro(seed), budget);
        if (name == Microsoft)
        {
            if (!SimulatorLibrary.TryLoad(library, out var loaded, out var reason)) throw new Refusal(reason);
            _backend = new MicrosoftBackend(loaded, _random);
            return;
        }

        var choice = BackendChoice.Of(name);
        if (choice.IsLocal) return;
        _desk = new QpuDesk(TimeProvider.System, seed);
        _backend = _desk.Create(choice);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (_backend as IDisposable)?.Dispose();
        _desk?.Dispose();
    }

    /// <summary>
    /// The coherence to prepare <paramref name="chain"/> with where the preset asks for <paramref name="asked"/>. The Grover and the walk chain mix their share of plain shots in outside
    /// the circuit, so a backend that is given the circuit samples them at coherence 1.
    /// </summary>
    public double CoherenceOf(IChain chain, double asked) => _backend is not null && chain.Kind is ("grover" or "walk") ? 1 : asked;

    /// <summary>How often each candidate was drawn in <paramref name="samples"/> kept shots, and how many shots were thrown away.</summary>
    public (int[] Counts, long Redraws) Take(IChain chain, int candidates, int samples)
    {
        var (counts, redraws) = (new int[candidates], 0L);
        if (_backend is not null) return TakeFrom(_backend, chain, counts, samples);
        for (var i = 0; i < samples; i++)
        {
            var shot = chain.Shoot(_random);
            counts[shot.Symbol]++;
            redraws += shot.Redraws;
        }

        return (counts, redraws);
    }

    private (int[] Counts, long Redraws) TakeFrom(IQuantumBackend backend, IChain chain, int[] counts, int samples)
    {
        if (chain.KeptShare < LeastKept) throw new Refusal($"Only {chain.KeptShare:0.0E+0} of the shots would be kept; --backend {backend.Name} needs {LeastKept:0.000} or more.");
        var (circuit, kept, redraws) = (chain.ToCircuit(), 0, 0L);
        for (var run = 0; kept < samples; run++)
        {
            if (run == MostRuns) throw new Refusal($"The backend {backend.Name} kept {kept} shots in {run} runs; {samples} are needed.");
            var asked = (int)Math.Min(1_000_000, Math.Ceiling((samples - kept) / chain.KeptShare * 1.05) + 16);
            var reply = Run(backend, circuit, asked);
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

    // What can cost is reserved first.
    private BackendReply Run(IQuantumBackend backend, Circuit circuit, int shots) => _desk is not null && backend is IJobBackend device
        ? Qpu.RunVerb.Run(_desk, device, circuit, Math.Min(shots, device.Device.MostShots), _budget, CancellationToken.None).Reply
        : backend.RunAsync(circuit, shots).AsTask().GetAwaiter().GetResult();
}
