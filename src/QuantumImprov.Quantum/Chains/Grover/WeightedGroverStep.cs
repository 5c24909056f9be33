using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Chains.Grover;

/// <summary>
/// Amplitude amplification on a simulated state: A loads sqrt(p_j), a filter marks candidates, and rounds Q = -A S_0 A^-1 S_f move the balance between inside and outside without touching the
/// relative weights on either side. Whole rounds jump (<see cref="Prepare"/>); with one last round of generalised phases the inside mass can be set to any value (<see cref="PrepareForMass"/>).
/// Codes that no candidate uses keep amplitude 0, so no shot is ever thrown away. A symbol that is certain needs no circuit.
/// Everything is allocated by the constructor. Not thread-safe: one owner, who prepares and then draws any number of shots.
/// </summary>
public sealed class WeightedGroverStep
{
    /// <summary>The most candidates: 128 on 7 qubits.</summary>
    public const int MostCandidates = 128;

    /// <summary>The most rounds, the fractional one included: 32 reach any inside mass from 0.0006 up.</summary>
    public const int MostRounds = 32;

    private readonly int _maxCandidates;
    private readonly double[] _loaded, _re, _im;
    private readonly bool[] _inside;
    private readonly ShotTable _shots;
    private WeightedGroverPlan _plan;
    private int _candidates;

    /// <summary>Makes room for the longest list of candidates this step will ever prepare.</summary>
    /// <param name="maxCandidates">1 to <see cref="MostCandidates"/>.</param>
    public WeightedGroverStep(int maxCandidates)
    {
        if (maxCandidates is < 1 or > MostCandidates)
            throw new ArgumentOutOfRangeException(nameof(maxCandidates), maxCandidates, $"1 to {MostCandidates} candidates are allowed.");
        _maxCandidates = maxCandidates;
        (_loaded, _re, _im) = (new double[maxCandidates], new double[maxCandidates], new double[maxCandidates]);
        _inside = new bool[maxCandidates];
        _shots = new ShotTable(maxCandidates);
    }

    /// <summary>Qubits of the circuit last prepared, 1 to 7; 0 before the first preparation.</summary>
    public int Qubits { get; private set; }

    /// <summary>Rounds of the circuit last prepared, the fractional one included.</summary>
    public int Rounds => _plan.Whole + (_plan.Fractional ? 1 : 0);

    /// <summary>The probability that a shot passes the filter, read from the simulated state; 0 to 1, 0 before the first preparation.</summary>
    public double InsideMass { get; private set; }

    /// <summary>The one symbol that can come, decided without circuit and chance; -1 when several can.</summary>
    public int Certain { get; private set; } = -1;

    /// <summary>Prepares whole rounds and simulates up to the measurement. Nothing is allocated.</summary>
    /// <param name="weights">At least 0, finite, one above 0; need not sum to 1. 1 to the constructor's most. Candidate x has code x.</param>
    /// <param name="inside">Which candidates pass the filter.</param>
    /// <param name="rounds">k, 0 (the weights as they are) to <see cref="MostRounds"/>. More is not always more: the balance turns back.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or a number lies outside its range; the step keeps what it had.</exception>
    public void Prepare(ReadOnlySpan<double> weights, ReadOnlySpan<bool> inside, int rounds)
    {
        Check(weights, inside);
        WeightedGroverInput.CheckRounds(rounds);
        Take(weights, inside);
        _plan = new WeightedGroverPlan(rounds, false, false, 0, 0);
        Certain = Alone(everyone: true, outside: false);
        Run();
    }

    /// <summary>
    /// Prepares as many whole rounds as fit and a last one with the phases that bring the inside mass to the wanted value, and simulates up to the measurement. When the filter takes all or
    /// nothing, or one side starts so small that <see cref="MostRounds"/> rounds are too few, <see cref="InsideMass"/> says how far it came. Nothing is allocated.
    /// </summary>
    /// <param name="weights">At least 0, finite, one above 0; need not sum to 1. 1 to the constructor's most. Candidate x has code x.</param>
    /// <param name="inside">Which candidates pass the filter.</param>
    /// <param name="mass">Wanted inside mass, 0 (nothing passes) to 1 (everything does).</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or a number lies outside its range; the step keeps what it had.</exception>
    public void PrepareForMass(ReadOnlySpan<double> weights, ReadOnlySpan<bool> inside, double mass)
    {
        Check(weights, inside);
        WeightedGroverInput.CheckMass(mass);
        var (passing, other) = Take(weights, inside);
        _plan = WeightedGroverPlan.ForMass(passing, other, mass);
        Certain = Alone(everyone: true, outside: false);
        if (Certain < 0 && _plan.Fractional && mass is 0 or 1) Certain = Alone(everyone: false, _plan.RaiseOutside);
        Run();
    }

    /// <summary>One symbol from one shot of the prepared state; a certain one without a shot. Nothing is allocated.</summary>
    /// <param name="random">Decides the measurement; untouched when the symbol is certain.</param>
    public int Draw(Xoshiro random) => Certain >= 0 ? Certain : _shots.Draw(random);

    /// <summary>Writes the law as the simulated state has it (the closed form is <see cref="WeightedGroverLaw"/>), sum 1. Nothing is allocated.</summary>
    /// <param name="law">Any length; what lies beyond the candidates last prepared is set to 0.</param>
    public void WriteLaw(Span<double> law)
    {
        law.Clear();
        for (var x = 0; x < Math.Min(_candidates, law.Length); x++) law[x] = (_re[x] * _re[x]) + (_im[x] * _im[x]);
    }

    /// <summary>The circuit just prepared; bit i is qubit i of the code. Null when the symbol is certain: there is nothing to run. Allocates.</summary>
    /// <exception cref="InvalidOperationException">Nothing was prepared yet.</exception>
    public Circuit? ToCircuit()
    {
        if (Qubits == 0) throw new InvalidOperationException("Nothing was prepared yet; prepare before asking for the circuit.");
        return Certain >= 0 ? null : WeightedGroverCircuit.Build(_loaded.AsSpan(0, _candidates), _inside.AsSpan(0, _candidates), _plan, Qubits);
    }

    private void Check(ReadOnlySpan<double> weights, ReadOnlySpan<bool> inside)
    {
        if (weights.Length > _maxCandidates) throw new ArgumentException($"Got {weights.Length} candidates; this step holds 1 to {_maxCandidates}.", nameof(weights));
        WeightedGroverInput.Check(weights, inside);
    }

    private (double Inside, double Outside) Take(ReadOnlySpan<double> weights, ReadOnlySpan<bool> inside)
    {
        _candidates = weights.Length;
        Qubits = Math.Max(1, CouncilStep.QubitsFor(_candidates));
        inside.CopyTo(_inside);
        var masses = WeightedGroverInput.Normalise(weights, inside, _loaded);
        foreach (ref var p in _loaded.AsSpan(0, _candidates)) p = Math.Sqrt(p);
        return masses;
    }

    // The only candidate with weight, among all or on one side of the filter; -1 when there are several.
    private int Alone(bool everyone, bool outside)
    {
        var only = -1;
        for (var x = 0; x < _candidates; x++)
        {
            if (_loaded[x] == 0 || (!everyone && _inside[x] == outside)) continue;
            if (only >= 0) return -1;
            only = x;
        }

        return only;
    }

    private void Run()
    {
        var re = _re.AsSpan(0, _candidates);
        var im = _im.AsSpan(0, _candidates);
        im.Clear();
        if (Certain >= 0)
        {
            re.Clear();
            re[Certain] = 1;
        }
        else
        {
            _loaded.AsSpan(0, _candidates).CopyTo(re);
            for (var k = 0; k < _plan.Whole; k++) WholeRound(re);
            if (_plan.Fractional) LastRound(re, im);
            _shots.Build(re, im);
        }

        InsideMass = 0;
        for (var x = 0; x < _candidates; x++)
        {
            if (_inside[x]) InsideMass += (re[x] * re[x]) + (im[x] * im[x]);
        }

        InsideMass = Math.Min(1, InsideMass);
    }

    // Both phases pi: everything stays real. A S_0 A^-1 is the reflection I - 2|a><a| along the loaded state a.
    private void WholeRound(Span<double> re)
    {
        double along = 0;
        for (var x = 0; x < re.Length; x++)
        {
            if (_inside[x] != _plan.RaiseOutside) re[x] = -re[x];
            along += _loaded[x] * re[x];
        }

        for (var x = 0; x < re.Length; x++) re[x] -= 2 * along * _loaded[x];
    }

    // General phases: marks e^(i psi), then I - (1 - e^(i phi))|a><a|.
    private void LastRound(Span<double> re, Span<double> im)
    {
        var (markSin, markCos) = Math.SinCos(_plan.MarkPhase);
        var (startSin, startCos) = Math.SinCos(_plan.StartPhase);
        double alongRe = 0, alongIm = 0;
        for (var x = 0; x < re.Length; x++)
        {
            if (_inside[x] != _plan.RaiseOutside) (re[x], im[x]) = (re[x] * markCos, re[x] * markSin);
            alongRe += _loaded[x] * re[x];
            alongIm += _loaded[x] * im[x];
        }

        var (byRe, byIm) = (((1 - startCos) * alongRe) + (startSin * alongIm), ((1 - startCos) * alongIm) - (startSin * alongRe));
        for (var x = 0; x < re.Length; x++)
        {
            re[x] -= byRe * _loaded[x];
            im[x] -= byIm * _loaded[x];
        }
    }
}
