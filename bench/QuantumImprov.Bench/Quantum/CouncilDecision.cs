using BenchmarkDotNet.Attributes;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Bench.Quantum;

/// <summary>One whole pitch decision: 16 members over 64 candidates in, circuit built and simulated, one kept sample out. Goal: at most 60 us, 0 bytes.</summary>
[MemoryDiagnoser]
public class CouncilDecision
{
    private const int Members = 16, Candidates = 64;
    private readonly CouncilStep _step = new(Members, Candidates);
    private readonly double[] _amplitudes = new double[Members * Candidates];
    private readonly double[] _weights = new double[Members];
    private readonly Xoshiro _random = new(1);

    /// <summary>The dial; below 1 the dephased branch is drawn now and then.</summary>
    [Params(1.0, 0.5)]
    public double Coherence { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        for (var i = 0; i < _amplitudes.Length; i++) _amplitudes[i] = Math.Sqrt(Math.Pow(_random.NextDouble(), 4) + .0001);
        for (var k = 0; k < Members; k++) _weights[k] = .2 + _random.NextDouble();
        _step.Prepare(_amplitudes, _weights, Members, Candidates, Coherence);
    }

    [Benchmark]
    public int Decide()
    {
        _step.Prepare(_amplitudes, _weights, Members, Candidates, Coherence);
        return _step.Draw(_random).Symbol;
    }

    [Benchmark]
    public int OneMoreShot() => _step.Draw(_random).Symbol;
}
