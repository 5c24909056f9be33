using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Chains.Grover;

/// <summary>
/// The circuit of Basak and Miranda (2021) on a simulated state, sampled: H on every qubit, a phase oracle on the targets, one diffuser, k times over, one shot a symbol. Only the set of
/// targets counts, not their weights (<see cref="WeightedGroverStep"/> keeps those). Codes that no candidate uses are drawn again, bounded and counted.
/// Everything is allocated by the constructor. Not thread-safe: one owner, who prepares and then draws any number of shots.
/// </summary>
public sealed class GroverStep
{
    /// <summary>The most candidates: 128 on 7 qubits (8 when padded).</summary>
    public const int MostCandidates = 128;

    /// <summary>The most iterations: 32, more than enough to reach one target among 256 codes for the first time (12).</summary>
    public const int MostIterations = 32;

    /// <summary>How often a shot is thrown away before <see cref="Draw"/> gives up.</summary>
    public const int MaxRedraws = 1000;

    /// <summary>How many shots <see cref="DrawMostFrequentAsPublished"/> counts.</summary>
    public const int PublishedShots = 1024;

    private readonly int _maxCandidates;
    private readonly bool[] _targets;
    private readonly double[] _state;
    private readonly int[] _counts;
    private readonly ShotTable _shots;
    private int _candidates, _iterations;

    /// <summary>Makes room for the longest list of candidates this step will ever prepare.</summary>
    /// <param name="maxCandidates">1 to <see cref="MostCandidates"/>.</param>
    public GroverStep(int maxCandidates)
    {
        if (maxCandidates is < 1 or > MostCandidates)
            throw new ArgumentOutOfRangeException(nameof(maxCandidates), maxCandidates, $"1 to {MostCandidates} candidates are allowed.");
        _maxCandidates = maxCandidates;
        var codes = 2 << Math.Max(1, CouncilStep.QubitsFor(maxCandidates));
        _targets = new bool[maxCandidates];
        _state = new double[codes];
        _counts = new int[codes];
        _shots = new ShotTable(codes);
    }

    /// <summary>Qubits of the circuit last prepared, 1 to 8; 0 before the first preparation.</summary>
    public int Qubits { get; private set; }

    /// <summary>The probability that one shot reads a candidate and not an unused code, read from the simulated state; 0 to 1, 0 before the first preparation.</summary>
    public double KeptShare { get; private set; }

    /// <summary>The probability that one shot reads a target, read from the simulated state, unused codes counted as misses; 0 to 1, 0 before the first preparation.</summary>
    public double TargetShare { get; private set; }

    /// <summary>Builds the circuit and simulates it up to the measurement. Nothing is allocated.</summary>
    /// <param name="targets">Which candidates are targets; 1 to the constructor's most, at least one true. Candidate x has code x.</param>
    /// <param name="iterations">k, 0 (all codes alike) to <see cref="MostIterations"/>; published with 1. More is not always more: the law turns back.</param>
    /// <param name="padding">Whether the register grows when half of its codes are targets.</param>
    /// <exception cref="ArgumentException">There are no targets, too many candidates, or a number lies outside its range; the step keeps what it had.</exception>
    public void Prepare(ReadOnlySpan<bool> targets, int iterations, GroverPadding padding)
    {
        if (targets.Length > _maxCandidates) throw new ArgumentException($"Got {targets.Length} candidates; this step holds 1 to {_maxCandidates}.", nameof(targets));
        var count = GroverInput.Targets(targets, iterations);
        (_candidates, _iterations) = (targets.Length, iterations);
        targets.CopyTo(_targets);
        Qubits = GroverInput.Qubits(_candidates, count, padding);

        var state = _state.AsSpan(0, 1 << Qubits);
        state.Fill(1 / Math.Sqrt(state.Length));
        for (var k = 0; k < iterations; k++) Iterate(state);
        _shots.BuildFromReal(state);

        (KeptShare, TargetShare) = (0, 0);
        for (var x = 0; x < _candidates; x++)
        {
            var p = state[x] * state[x];
            KeptShare += p;
            if (_targets[x]) TargetShare += p;
        }

        KeptShare = KeptShare < GroverInput.NothingKept ? 0 : Math.Min(1, KeptShare);
    }

    /// <summary>Takes shots from the one prepared state until one reads a candidate, at most 1 + <see cref="MaxRedraws"/>. Nothing is allocated.</summary>
    /// <param name="random">Decides every measurement.</param>
    public GroverShot Draw(Xoshiro random)
    {
        if (KeptShare == 0) return default;
        for (var redraws = 0; redraws <= MaxRedraws; redraws++)
        {
            var symbol = _shots.Draw(random);
            if (symbol < _candidates) return new GroverShot(symbol, redraws, Kept: true);
        }

        return new GroverShot(0, MaxRedraws, Kept: false);
    }

    /// <summary>
    /// The symbol as the publication reads it, for comparison only: <see cref="PublishedShots"/> shots, and the candidate read most often; of several the lowest code. Among targets that
    /// are equally likely this is decided by counting noise. Shots on unused codes are counted as redraws. Nothing is allocated.
    /// </summary>
    /// <param name="random">Decides every measurement.</param>
    public GroverShot DrawMostFrequentAsPublished(Xoshiro random)
    {
        if (KeptShare == 0) return default;
        Array.Clear(_counts);
        for (var i = 0; i < PublishedShots; i++) _counts[_shots.Draw(random)]++;
        var (best, used) = (0, 0);
        for (var x = 0; x < _candidates; x++)
        {
            used += _counts[x];
            if (_counts[x] > _counts[best]) best = x;
        }

        return new GroverShot(best, PublishedShots - used, Kept: used > 0);
    }

    /// <summary>Writes the law of kept shots as the simulated state has it (the closed form is <see cref="GroverLaw"/>); sums to 1, all 0 when no candidate can be read. Nothing is allocated.</summary>
    /// <param name="law">Any length; what lies beyond the candidates last prepared is set to 0.</param>
    public void WriteLaw(Span<double> law)
    {
        law.Clear();
        if (KeptShare == 0) return;
        for (var x = 0; x < Math.Min(_candidates, law.Length); x++) law[x] = _state[x] * _state[x] / KeptShare;
    }

    /// <summary>The circuit just prepared; bit i is qubit i of the code. Keep a shot whose code is below the number of candidates. Allocates.</summary>
    /// <exception cref="InvalidOperationException">Nothing was prepared yet.</exception>
    public Circuit ToCircuit() => Qubits > 0
        ? GroverCircuit.Build(_targets.AsSpan(0, _candidates), Qubits, _iterations)
        : throw new InvalidOperationException("Nothing was prepared yet; prepare before asking for the circuit.");

    // The oracle flips the targets' signs; the diffuser is the inversion about the mean.
    private void Iterate(Span<double> state)
    {
        double sum = 0;
        for (var x = 0; x < state.Length; x++)
        {
            if (x < _candidates && _targets[x]) state[x] = -state[x];
            sum += state[x];
        }

        var twice = 2 * sum / state.Length;
        foreach (ref var amplitude in state) amplitude = twice - amplitude;
    }
}
