using System.Numerics;
using System.Runtime.Intrinsics;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Preparation;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// One step of the council without memory, as a circuit on a simulated state: PREP loads the members' weights on the selector, SELECT loads each member's amplitudes on the
/// note register under its selector code, with the weight's sign as a phase, PREP inverse lets them interfere, both registers are measured, and the shot is kept when the
/// selector reads 0. Selector in the high bits, note in the low bits, qubit i = bit i.
/// With coherence c the whole selector is dephased with probability 1 - c between SELECT and PREP inverse, decided anew for every shot. All numbers are real, so the state is one array.
/// Everything is allocated by the constructor. Not thread-safe: one owner, who prepares and then draws any number of shots.
/// </summary>
public sealed class CouncilStep
{
    /// <summary>How often a shot is thrown away before <see cref="Draw"/> gives up: 1000, enough for a kept share of 1/32 to fail less than once in 10^13 draws.</summary>
    public const int MaxRedraws = 1000;

    /// <summary>The largest council: 32 members on 5 selector qubits.</summary>
    public const int MostMembers = 32;

    /// <summary>The largest shortlist: 128 candidates on 7 note qubits.</summary>
    public const int MostCandidates = 128;

    private readonly int _maxMembers, _maxCandidates;

    // Heaps over the joint register (RotationTree): masses, half angles, and the state after each level of the tree.
    private readonly double[] _mass, _halfAngles, _loaded;
    private readonly double[] _interfered, _column;
    private readonly double[] _norms = new double[MostMembers];
    private readonly bool[] _negative = new bool[MostMembers];
    private readonly ShotTable _coherentShots, _dephasedShots;
    private bool _coherentReady, _dephasedReady, _empty = true;
    private double _coherence, _coherentKept, _dephasedKept;

    /// <summary>Makes room for the largest council this step will ever prepare.</summary>
    /// <param name="maxMembers">1 to 32.</param>
    /// <param name="maxCandidates">1 to 128.</param>
    public CouncilStep(int maxMembers, int maxCandidates)
    {
        if (maxMembers is < 1 or > MostMembers) throw new ArgumentOutOfRangeException(nameof(maxMembers), maxMembers, $"A council has 1 to {MostMembers} members.");
        if (maxCandidates is < 1 or > MostCandidates) throw new ArgumentOutOfRangeException(nameof(maxCandidates), maxCandidates, $"A council has 1 to {MostCandidates} candidates.");
        _maxMembers = maxMembers;
        _maxCandidates = maxCandidates;
        var rows = 1 << QubitsFor(maxMembers);
        var codes = rows << QubitsFor(maxCandidates);
        _mass = new double[2 * codes];
        _halfAngles = new double[2 * codes];
        _loaded = new double[2 * codes];
        _interfered = new double[codes];
        _column = new double[rows];
        _coherentShots = new ShotTable(codes);
        _dephasedShots = new ShotTable(codes);
    }

    /// <summary>Qubits of the selector of the circuit last prepared: the smallest register that holds its members, 0 to 5.</summary>
    public int SelectorQubits { get; private set; }

    /// <summary>Qubits of the note register of the circuit last prepared: the smallest register that holds its candidates, 0 to 7.</summary>
    public int NoteQubits { get; private set; }

    /// <summary>The probability that one shot is kept, at the coherence prepared, read from the simulated state; 0 to 1, 0 before the first preparation.</summary>
    public double KeptShare => Math.Min(1, (_coherence * _coherentKept) + ((1 - _coherence) * _dephasedKept));

    /// <summary>
    /// How far the members agree: 0 when they want disjoint notes, 1 when they all want the same, negative when opposite signs cancel more than they add; 0 when fewer than
    /// two members speak. Read from the coherent branch of the simulated state, so it does not move with the coherence dial.
    /// </summary>
    public double Consensus
    {
        get
        {
            var room = 1 - _dephasedKept;
            return _empty || room <= 1e-12 ? 0 : (_coherentKept - _dephasedKept) / room;
        }
    }

    /// <summary>Builds the circuit and simulates it up to the measurement. Nothing is allocated.</summary>
    /// <param name="amplitudes">s_k(x) at least 0, members x candidates, row-major, not normalised. A row of zeros abstains.</param>
    /// <param name="weights">a_k, one for each member, any sign.</param>
    /// <param name="members">1 to the constructor's largest.</param>
    /// <param name="candidates">1 to the constructor's largest.</param>
    /// <param name="coherence">c, 0 (the selector is always dephased) to 1 (never).</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or a number lies outside its range; the step keeps what it had.</exception>
    public void Prepare(ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> weights, int members, int candidates, double coherence)
    {
        if (members > _maxMembers) throw new ArgumentOutOfRangeException(nameof(members), members, $"This council holds 1 to {_maxMembers} members.");
        if (candidates > _maxCandidates) throw new ArgumentOutOfRangeException(nameof(candidates), candidates, $"This council holds 1 to {_maxCandidates} candidates.");
        CouncilInput.Check(amplitudes, weights, members, candidates, coherence);

        (SelectorQubits, NoteQubits) = (QubitsFor(members), QubitsFor(candidates));
        _coherence = coherence;
        _coherentReady = _dephasedReady = false;
        PlanSelect(amplitudes, members, candidates);
        _empty = !PlanPrep(weights, members);
        if (_empty)
        {
            _coherentKept = _dephasedKept = 0;
            return;
        }

        Load();
        Interfere();
    }

    /// <summary>Takes shots from the one prepared state until the selector reads 0, at most 1 + <see cref="MaxRedraws"/>. Nothing is allocated.</summary>
    /// <param name="random">Decides the dephasing branch (only below full coherence) and every measurement.</param>
    public CouncilShot Draw(Xoshiro random)
    {
        if (_empty) return default;
        var symbol = 0;
        for (var redraws = 0; redraws <= MaxRedraws; redraws++)
        {
            var coherent = _coherence >= 1 || random.NextDouble() < _coherence;
            (var selector, symbol) = coherent ? CoherentShot(random) : DephasedShot(random);
            if (selector == 0) return new CouncilShot(symbol, redraws, Kept: true);
        }

        return new CouncilShot(symbol, MaxRedraws, Kept: false);
    }

    /// <summary>
    /// Writes the law of kept shots as the simulated state has it (the closed form is <see cref="CouncilLaw"/>); sums to 1, all 0 when nothing can be kept. Nothing is allocated.
    /// </summary>
    /// <param name="law">At least as long as the candidates last prepared; the rest is set to 0.</param>
    public void WriteLaw(Span<double> law)
    {
        law.Clear();
        var kept = KeptShare;
        if (_empty || kept == 0) return;
        var (rows, width) = (1 << SelectorQubits, 1 << NoteQubits);
        for (var x = 0; x < Math.Min(width, law.Length); x++)
        {
            double dephased = 0;
            for (var k = 0; k < rows; k++)
            {
                var both = _loaded[((rows + k) * width) + x] * _loaded[rows + k];
                dephased += both * both;
            }

            law[x] = ((_coherence * _interfered[x] * _interfered[x]) + ((1 - _coherence) * dephased)) / kept;
        }
    }

    /// <summary>
    /// The circuit just prepared, for drawing, OpenQASM and other backends. Bits 0.. hold the note, the bits above it the selector; keep a shot when the selector's bits are 0.
    /// Below full coherence note qubit 0 first serves as the coin of the dephasing: measured, reset, and when it read 1 the selector is measured into spare bits before
    /// PREP inverse. One candidate still gets one note qubit. Allocates.
    /// </summary>
    public Circuit ToCircuit() => CouncilCircuit.Build(_halfAngles, _negative, SelectorQubits, NoteQubits, _empty, _coherence);

    internal static int QubitsFor(int codes) => codes <= 1 ? 0 : 32 - BitOperations.LeadingZeroCount((uint)(codes - 1));

    // SELECT: the note levels of the tree, one subtree a member; a member's norm moves into its weight.
    private void PlanSelect(ReadOnlySpan<double> amplitudes, int members, int candidates)
    {
        var (rows, width) = (1 << SelectorQubits, 1 << NoteQubits);
        for (var k = 0; k < rows; k++)
        {
            var leaves = _mass.AsSpan((rows + k) * width, width);
            if (k >= members)
            {
                leaves.Clear();
                continue;
            }

            var row = amplitudes.Slice(k * candidates, candidates);
            _norms[k] = LargestOf(row);
            Squares(row, _norms[k], leaves[..candidates]);
            leaves[candidates..].Clear();
        }

        for (var level = SelectorQubits + NoteQubits - 1; level >= SelectorQubits; level--)
        {
            RotationTree.Gather(_mass, level);
            RotationTree.Rotations(_mass, _halfAngles, level);
        }
    }

    // PREP: the selector levels, masses |a_k| N_k. False when nobody speaks.
    private bool PlanPrep(ReadOnlySpan<double> weights, int members)
    {
        var rows = 1 << SelectorQubits;
        double largest = 0;
        for (var k = 0; k < members; k++)
        {
            _norms[k] *= Math.Sqrt(_mass[rows + k]) * Math.Abs(weights[k]);
            _negative[k] = weights[k] < 0;
            largest = Math.Max(largest, _norms[k]);
        }

        for (var k = 0; k < rows; k++) _mass[rows + k] = k < members && largest > 0 ? _norms[k] / largest : 0;
        for (var k = members; k < rows; k++) _negative[k] = false;
        for (var level = SelectorQubits - 1; level >= 0; level--)
        {
            RotationTree.Gather(_mass, level);
            RotationTree.Rotations(_mass, _halfAngles, level);
        }

        return largest > 0;
    }

    private void Load()
    {
        _loaded[1] = 1;
        for (var level = 0; level < SelectorQubits + NoteQubits; level++) RotationTree.Split(_loaded, _halfAngles, level);

        var (rows, width) = (1 << SelectorQubits, 1 << NoteQubits);
        for (var k = 0; k < rows; k++)
        {
            if (!_negative[k]) continue;
            foreach (ref var amplitude in _loaded.AsSpan((rows + k) * width, width)) amplitude = -amplitude;
        }
    }

    private void Interfere()
    {
        var (rows, width) = (1 << SelectorQubits, 1 << NoteQubits);
        _loaded.AsSpan(rows * width, rows * width).CopyTo(_interfered);
        for (var level = SelectorQubits - 1; level >= 0; level--)
            RotationTree.TurnBack(_interfered, _halfAngles, level, SelectorQubits, width);

        _coherentKept = 0;
        foreach (var amplitude in _interfered.AsSpan(0, width)) _coherentKept += amplitude * amplitude;

        // The dephased branch keeps |<0|PREP^-1|k>|^2 of the mass at selector code k; PREP is real, so that is the loaded selector's own probability.
        _dephasedKept = 0;
        for (var k = 0; k < rows; k++)
        {
            double reached = 0;
            foreach (var amplitude in _loaded.AsSpan((rows + k) * width, width)) reached += amplitude * amplitude;
            _dephasedKept += reached * _loaded[rows + k] * _loaded[rows + k];
        }
    }

    private (int Selector, int Symbol) CoherentShot(Xoshiro random)
    {
        if (!_coherentReady)
        {
            _coherentShots.BuildFromReal(_interfered.AsSpan(0, 1 << (SelectorQubits + NoteQubits)));
            _coherentReady = true;
        }

        var code = _coherentShots.Draw(random);
        return (code >> NoteQubits, code & ((1 << NoteQubits) - 1));
    }

    // The selector is read in its own basis (that is the dephasing; the note may be read with it, nothing acts on it any more), goes through PREP inverse, and is read again.
    private (int Selector, int Symbol) DephasedShot(Xoshiro random)
    {
        var rows = 1 << SelectorQubits;
        if (!_dephasedReady)
        {
            _dephasedShots.BuildFromReal(_loaded.AsSpan(rows << NoteQubits, rows << NoteQubits));
            _dephasedReady = true;
        }

        var code = _dephasedShots.Draw(random);
        var column = _column.AsSpan(0, rows);
        column.Clear();
        column[code >> NoteQubits] = 1;
        for (var level = SelectorQubits - 1; level >= 0; level--)
            RotationTree.TurnBack(column, _halfAngles, level, SelectorQubits, 1);

        var at = random.NextDouble();
        var selector = 0;
        for (double upTo = 0; selector < rows - 1; selector++)
        {
            upTo += column[selector] * column[selector];
            if (at < upTo) break;
        }

        return (selector, code & ((1 << NoteQubits) - 1));
    }

    private static double LargestOf(ReadOnlySpan<double> row)
    {
        double largest = 0;
        var i = 0;
        if (row.Length >= 4)
        {
            var most = Vector256<double>.Zero;
            for (; i + 4 <= row.Length; i += 4) most = Vector256.Max(most, Vector256.Create(row.Slice(i, 4)));
            largest = Math.Max(Math.Max(most[0], most[1]), Math.Max(most[2], most[3]));
        }

        for (; i < row.Length; i++) largest = Math.Max(largest, row[i]);
        return largest;
    }

    // Divided by the largest first, so that tiny amplitudes do not vanish when squared.
    private static void Squares(ReadOnlySpan<double> row, double largest, Span<double> squares)
    {
        if (largest == 0)
        {
            squares.Clear();
            return;
        }

        var i = 0;
        var divisor = Vector256.Create(largest);
        for (; i + 4 <= row.Length; i += 4)
        {
            var share = Vector256.Create(row.Slice(i, 4)) / divisor;
            (share * share).CopyTo(squares.Slice(i, 4));
        }

        for (; i < row.Length; i++) squares[i] = row[i] / largest * (row[i] / largest);
    }
}
