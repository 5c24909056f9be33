using System.Numerics;
using BenchmarkDotNet.Attributes;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Bench.Quantum;

/// <summary>
/// One whole pitch decision: 16 members over 64 candidates in, circuit built and simulated, one kept sample out, the memory moved on. Memory steps are 1 plus noise of a quarter, as
/// learning begins, so that they need the ancilla. Goal: at most 60 us without memory, 200 us with two memory qubits, 0 bytes.
/// </summary>
[MemoryDiagnoser]
public class CouncilDecision
{
    private const int Members = 16, Candidates = 64;
    private readonly CouncilStep _step = new(Members, Candidates, MemoryOperators.MostQubits);
    private readonly double[] _amplitudes = new double[Members * Candidates];
    private readonly double[] _weights = new double[Members];
    private readonly double[] _phases = new double[Members];
    private readonly double[] _law = new double[Candidates];
    private readonly Xoshiro _random = new(1);
    private CouncilMemory? _memory;
    private MemoryOperators? _real, _complex;
    private int _next;

    /// <summary>Qubits of the memory.</summary>
    [Params(0, 2)]
    public int MemoryQubits { get; set; }

    /// <summary>The dial; below 1 the dephased branch is drawn now and then.</summary>
    [Params(1.0, 0.5)]
    public double Coherence { get; set; }

    private CouncilTerms Real => new(_amplitudes, _weights, Members, Candidates, Coherence) { Operators = _real };

    private CouncilTerms Complex => new(_amplitudes, _weights, Members, Candidates, Coherence) { Operators = _complex, Phases = _phases };

    [GlobalSetup]
    public void Fill()
    {
        for (var i = 0; i < _amplitudes.Length; i++) _amplitudes[i] = Math.Sqrt(Math.Pow(_random.NextDouble(), 4) + .0001);
        for (var k = 0; k < Members; k++) (_weights[k], _phases[k]) = (.2 + _random.NextDouble(), _random.NextDouble());
        if (MemoryQubits > 0)
        {
            _memory = new CouncilMemory(MemoryQubits);
            (_real, _complex) = (new MemoryOperators(Members, MemoryQubits), new MemoryOperators(Members, MemoryQubits));
            for (var k = 0; k < Members; k++)
            {
                _real.Set(k, [.. Enumerable.Range(0, 16).Select(i => (i / 4 == i % 4 ? 1 : 0) + Noise())]);
                _complex.Set(k, [.. Enumerable.Range(0, 16).Select(i => new Complex((i / 4 == i % 4 ? 1 : 0) + Noise(), Noise()))]);
            }
        }

        _step.Prepare(Real, _memory);
    }

    [Benchmark]
    public int Decide() => _step.Play(Real, _memory, _random).Symbol;

    [Benchmark]
    public int DecideWithPhases() => _step.Play(Complex, _memory, _random).Symbol;

    [Benchmark]
    public double DecideAndShowConsensus()
    {
        _step.Play(Real, _memory, _random);
        return _step.Consensus;
    }

    [Benchmark]
    public void HearOneNote() => _memory?.Hear(Real, _next++ % Candidates);

    [Benchmark]
    public double ClosedForm() => CouncilLaw.Write(Real, _memory, _law);

    private double Noise() => (_random.NextDouble() - .5) / 2;
}
