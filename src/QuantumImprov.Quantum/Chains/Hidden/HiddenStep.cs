using System.Numerics;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// One note of a hidden quantum Markov model under damping, as a circuit on a simulated state: one unitary takes the memory to sum_y K_y|memory>|y>, an ancilla is turned so that it reads 0 with
/// the share by which y is favoured, emission and ancilla are measured, and the shot is kept when the ancilla reads 0. The law of kept shots is P(y) ~ favour_y tr(K_y rho K_y^+).
/// A mixed memory is written as sum_j v_j v_j^+ by Cholesky; every shot starts from one v_j, drawn with probability |v_j|^2.
/// Everything is allocated by the constructor. Not thread-safe: one owner, who prepares and then draws any number of shots.
/// </summary>
public sealed class HiddenStep
{
    /// <summary>How often a shot is thrown away before <see cref="Draw"/> gives up.</summary>
    public const int MaxRedraws = 1000;

    private readonly KrausSet _set;
    private readonly HiddenChainCircuit _chain;
    private readonly Complex[] _memory, _branches;
    private readonly double[] _law, _damping, _roots, _share;
    private readonly ShotTable[] _shots;
    private readonly ShotTable _starts;

    /// <summary>A step of one model.</summary>
    /// <exception cref="ArgumentException">Memory and emission need more than <see cref="HiddenChainCircuit.MostQubits"/> qubits.</exception>
    public HiddenStep(KrausSet set)
    {
        (_set, _chain) = (set, new HiddenChainCircuit(set));
        var n = set.Levels;
        (_memory, _branches, _share) = (new Complex[n * n], new Complex[n * n], new double[n]);
        (_law, _damping, _roots) = (new double[set.Symbols], new double[set.Symbols], new double[set.Symbols + 1]);
        _shots = [.. Enumerable.Range(0, n).Select(_ => new ShotTable(set.Symbols + 1))];
        _starts = new ShotTable(n);
    }

    /// <summary>Qubits of the emission register.</summary>
    public int EmissionQubits => _chain.EmissionQubits;

    /// <summary>Qubits of the memory register.</summary>
    public int MemoryQubits => _chain.MemoryQubits;

    /// <summary>The probability that one shot is kept, read from the simulated state; 0 to 1, 0 before the first preparation.</summary>
    public double KeptShare { get; private set; }

    /// <summary>Builds the circuit and simulates it up to the measurement. Nothing is allocated.</summary>
    /// <param name="memory">The memory before the note.</param>
    /// <param name="favour">How much each symbol is favoured, at least 0, one entry a symbol; only ratios count. 0 forbids.</param>
    /// <exception cref="ArgumentException">The memory is another model's, or the favour has the wrong length or a number out of range; the step keeps what it had.</exception>
    public void Prepare(KrausFilter memory, ReadOnlySpan<double> favour)
    {
        if (!ReferenceEquals(memory.Set, _set)) throw new ArgumentException("The memory follows another model than this step.", nameof(memory));
        Check(favour);
        var greatest = 0.0;
        foreach (var f in favour) greatest = Math.Max(greatest, f);
        for (var y = 0; y < favour.Length; y++) _damping[y] = greatest > 0 ? favour[y] / greatest : 0;
        memory.WriteDensity(_memory);
        Split();

        KeptShare = 0;
        Array.Clear(_law);
        for (var j = 0; j < _set.Levels; j++) Emit(j);
        _starts.BuildFromReal(_share);
        if (KeptShare <= 0) return;
        for (var y = 0; y < _law.Length; y++) _law[y] /= KeptShare;
        KeptShare = Math.Min(1, KeptShare);
    }

    /// <summary>Takes shots until the ancilla reads 0, at most 1 + <see cref="MaxRedraws"/>. Nothing is allocated.</summary>
    /// <param name="random">Decides the start and every measurement.</param>
    public HiddenShot Draw(Xoshiro random)
    {
        if (KeptShare <= 0) return default;
        for (var redraws = 0; redraws <= MaxRedraws; redraws++)
        {
            var symbol = _shots[_starts.Draw(random)].Draw(random);
            if (symbol < _set.Symbols) return new HiddenShot(symbol, redraws, Kept: true);
        }

        return new HiddenShot(0, MaxRedraws, Kept: false);
    }

    /// <summary>Writes the law of kept shots as the simulated state has it; sums to 1, all 0 when nothing can be kept. Nothing is allocated.</summary>
    /// <param name="law">One entry a symbol.</param>
    public void WriteLaw(Span<double> law) => _law.CopyTo(law);

    /// <summary>
    /// The circuit just prepared: emission in the low qubits (bit i is qubit i of the code symbol x branches + branch), memory above, then the ancilla, whose bit must read 0; a mixed memory is
    /// entangled with as many further qubits, which nobody reads. Allocates.
    /// </summary>
    public Circuit ToCircuit()
    {
        var n = _set.Levels;
        var (emission, memory) = (EmissionQubits, MemoryQubits);
        var mixed = _share.Count(s => s > 1e-9) > 1;
        var ancilla = emission + memory;
        var circuit = new CircuitBuilder(ancilla + 1 + (mixed ? memory : 0), emission + 1);
        int[] loaded = [.. Enumerable.Range(emission, memory), .. mixed ? Enumerable.Range(ancilla + 1, memory) : []];
        var state = new Complex[1 << loaded.Length];
        for (var j = 0; j < n; j++)
        {
            // Pure: the one branch that there is, wherever Cholesky put it.
            for (var m = 0; m < n; m++) state[mixed ? (j << memory) | m : m] += _branches[(j * n) + m];
        }

        var length = Math.Sqrt(state.Sum(z => (z.Real * z.Real) + (z.Imaginary * z.Imaginary)));
        circuit.Prepare([.. state.Select(z => z / length)], loaded).Unitary(_chain.Unitary, [.. Enumerable.Range(0, emission + memory)]);
        var angles = new double[1 << emission];
        for (var code = 0; code < angles.Length; code++)
            angles[code] = 2 * Math.Acos(code < _set.Symbols * _set.Branches ? Math.Sqrt(_damping[code / _set.Branches]) : 0);
        circuit.MultiplexedRY(angles, ancilla, [.. Enumerable.Range(0, emission)]);
        for (var q = 0; q < emission; q++) circuit.Measure(q, q);
        return circuit.Measure(ancilla, emission).Build();
    }

    private void Check(ReadOnlySpan<double> favour)
    {
        if (favour.Length != _set.Symbols) throw new ArgumentException($"Got {favour.Length} favours; the model has {_set.Symbols} symbols.", nameof(favour));
        for (var y = 0; y < favour.Length; y++)
        {
            if (!(favour[y] >= 0 && favour[y] <= CouncilInput.Largest))
                throw new ArgumentException($"The favour of symbol {y} is {favour[y]}; 0 to {CouncilInput.Largest} are allowed.", nameof(favour));
        }
    }

    // rho = L L^+: branch j is column j of L. A pivot that is only rounding ends its column.
    private void Split()
    {
        var n = _set.Levels;
        Array.Clear(_branches);
        for (var j = 0; j < n; j++)
        {
            var pivot = _memory[(j * n) + j].Real;
            for (var k = 0; k < j; k++) pivot -= Square(_branches[(k * n) + j]);
            _share[j] = 0;
            if (pivot <= 1e-14) continue;
            var root = Math.Sqrt(pivot);
            _branches[(j * n) + j] = root;
            var share = pivot;
            for (var m = j + 1; m < n; m++)
            {
                var sum = _memory[(m * n) + j];
                for (var k = 0; k < j; k++) sum -= _branches[(k * n) + m] * Complex.Conjugate(_branches[(k * n) + j]);
                share += Square(_branches[(j * n) + m] = sum / root);
            }

            _share[j] = Math.Sqrt(share);
        }
    }

    private void Emit(int j)
    {
        var n = _set.Levels;
        var (all, kept) = (_share[j] * _share[j], 0.0);
        for (var y = 0; y < _set.Symbols; y++)
        {
            var mass = 0.0;
            for (var w = 0; w < _set.Branches; w++)
            {
                for (var to = 0; to < n; to++)
                {
                    Complex sum = 0;
                    for (var m = j; m < n; m++) sum += _set[y, w, to, m] * _branches[(j * n) + m];
                    mass += Square(sum);
                }
            }

            mass *= _damping[y];
            _law[y] += mass;
            kept += mass;
            _roots[y] = Math.Sqrt(mass);
        }

        KeptShare += kept;
        _roots[^1] = Math.Sqrt(Math.Max(0, all - kept));
        _shots[j].BuildFromReal(_roots);
    }

    private static double Square(Complex z) => (z.Real * z.Real) + (z.Imaginary * z.Imaginary);
}
