using System.Numerics;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// One step of the council as a circuit on a simulated state: PREP loads the members' weights on the selector; SELECT, for each member under its selector code, loads its amplitudes on the
/// note register, lets its V_k act on the memory and gives it its phase; PREP inverse lets them interfere; selector, ancilla and note are measured, and the shot is kept when selector and ancilla read 0.
/// Note in the low bits, then memory, then the ancilla (only for V_k that are not unitary), selector in the high bits; qubit i = bit i. The memory is never measured.
/// With coherence c, memory and selector are dephased with probability 1 - c, decided anew for every shot: the memory before SELECT and after it, the selector between SELECT and PREP inverse.
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

    private readonly int _maxMembers, _maxCandidates, _maxMemoryQubits;
    private readonly CouncilTree _tree;
    private readonly DephasedShots _dephasedShots;
    private readonly RealInterference _plain;
    private readonly MemoryInterference _full;
    private readonly SelectPlan _select;
    private bool _isPlain = true;
    private double _coherence;

    /// <summary>Makes room for the largest council this step will ever prepare.</summary>
    /// <param name="maxMembers">1 to 32.</param>
    /// <param name="maxCandidates">1 to 128.</param>
    /// <param name="maxMemoryQubits">0 to 2.</param>
    public CouncilStep(int maxMembers, int maxCandidates, int maxMemoryQubits = 0)
    {
        if (maxMembers is < 1 or > MostMembers) throw new ArgumentOutOfRangeException(nameof(maxMembers), maxMembers, $"A council has 1 to {MostMembers} members.");
        if (maxCandidates is < 1 or > MostCandidates) throw new ArgumentOutOfRangeException(nameof(maxCandidates), maxCandidates, $"A council has 1 to {MostCandidates} candidates.");
        if (maxMemoryQubits is < 0 or > MemoryOperators.MostQubits)
            throw new ArgumentOutOfRangeException(nameof(maxMemoryQubits), maxMemoryQubits, $"A memory has 0 to {MemoryOperators.MostQubits} qubits.");
        (_maxMembers, _maxCandidates, _maxMemoryQubits) = (maxMembers, maxCandidates, maxMemoryQubits);
        _tree = new CouncilTree(maxMembers, maxCandidates);
        _dephasedShots = new DephasedShots(maxMembers, maxCandidates);
        _plain = new RealInterference(maxMembers, maxCandidates, _dephasedShots);
        _full = new MemoryInterference(maxMembers, maxCandidates, maxMemoryQubits, _dephasedShots);
        _select = new SelectPlan(maxMembers, maxCandidates, maxMemoryQubits);
    }

    /// <summary>Qubits of the selector of the circuit last prepared: the smallest register that holds its members, 0 to 5.</summary>
    public int SelectorQubits => _tree.SelectorQubits;

    /// <summary>Qubits of the note register of the circuit last prepared: the smallest register that holds its candidates, 0 to 7.</summary>
    public int NoteQubits => _tree.NoteQubits;

    /// <summary>Qubits of the memory of the circuit last prepared, 0 to 2.</summary>
    public int MemoryQubits { get; private set; }

    /// <summary>1 when the circuit last prepared has an ancilla for memory operators that are not unitary, else 0.</summary>
    public int AncillaQubits { get; private set; }

    /// <summary>
    /// The probability that one shot is kept, at the coherence and for the rho prepared, read from the simulated state; 0 to 1, 0 before the first preparation. With a memory, up to d further
    /// states are simulated when it is first asked after a preparation.
    /// </summary>
    public double KeptShare => _tree.Empty ? 0 : Math.Min(1, (_coherence * (_isPlain ? _plain.CoherentKept : _full.CoherentKept)) + ((1 - _coherence) * (_isPlain ? _plain.DephasedKept : _full.DephasedKept)));

    /// <summary>
    /// How far the members agree: 0 when they want disjoint notes or orthogonal memories, 1 when they all lead to the same state, negative when opposite phases cancel more than they add; 0 when fewer than
    /// two members speak. Read from the coherent branch of the simulated state, so it does not move with the coherence dial. Costs what <see cref="KeptShare"/> does.
    /// </summary>
    public double Consensus
    {
        get
        {
            if (_tree.Empty) return 0;
            if (!_isPlain) return _full.Consensus;
            var room = 1 - _plain.DephasedKept;
            return room <= 1e-12 ? 0 : (_plain.CoherentKept - _plain.DephasedKept) / room;
        }
    }

    /// <summary>Builds the circuit of a council without memory and simulates it up to the measurement. Nothing is allocated.</summary>
    /// <param name="amplitudes">s_k(x) at least 0, members x candidates, row-major, not normalised. A row of zeros abstains.</param>
    /// <param name="weights">a_k, one for each member, any sign.</param>
    /// <param name="members">1 to the constructor's largest.</param>
    /// <param name="candidates">1 to the constructor's largest.</param>
    /// <param name="coherence">c, 0 (the selector is always dephased) to 1 (never).</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or a number lies outside its range; the step keeps what it had.</exception>
    public void Prepare(ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> weights, int members, int candidates, double coherence) =>
        Prepare(new CouncilTerms(amplitudes, weights, members, candidates, coherence));

    /// <summary>Builds the circuit and simulates it as far as no shot can change it. The memory is only looked at. Nothing is allocated.</summary>
    /// <param name="terms">The step, within the constructor's sizes.</param>
    /// <param name="memory">The memory the step begins with; null when the terms have no memory operators.</param>
    /// <exception cref="ArgumentException">The terms are at fault, or they do not fit the memory or this step, which keeps what it had.</exception>
    public void Prepare(in CouncilTerms terms, CouncilMemory? memory = null)
    {
        if (terms.Members > _maxMembers) throw new ArgumentOutOfRangeException(nameof(terms), terms.Members, $"This council holds 1 to {_maxMembers} members.");
        if (terms.Candidates > _maxCandidates) throw new ArgumentOutOfRangeException(nameof(terms), terms.Candidates, $"This council holds 1 to {_maxCandidates} candidates.");
        if (terms.MemoryQubits > _maxMemoryQubits) throw new ArgumentOutOfRangeException(nameof(terms), terms.MemoryQubits, $"This council holds 0 to {_maxMemoryQubits} memory qubits.");
        CouncilInput.Check(terms, memory);

        _coherence = terms.Coherence;
        (MemoryQubits, AncillaQubits) = (terms.MemoryQubits, terms.Operators is { NeedAncilla: true } ? 1 : 0);
        _dephasedShots.Reset();
        _tree.Prepare(terms);
        _select.Take(terms);
        _isPlain = terms.IsPlain;
        if (_tree.Empty) return;
        if (_isPlain) _plain.Prepare(_tree, terms.Weights, terms.Coherence);
        else _full.Prepare(_tree, terms, memory);
    }

    /// <summary>
    /// Takes shots of what was prepared until one is kept, at most 1 + <see cref="MaxRedraws"/>. With a memory every shot begins with an eigenvector of the prepared rho, drawn anew, and what
    /// the memory holds afterwards is thrown away. Nothing is allocated.
    /// </summary>
    /// <param name="random">Decides the memory's eigenvector, the dephasing (only below full coherence) and every measurement.</param>
    public CouncilShot Draw(Xoshiro random) => Shoot(random, fromRegister: false);

    /// <summary>
    /// Prepares the step, draws the note that sounds, and moves the memory on: rho by the filter, the register to what post-selection left. The first shot goes on with what the register holds;
    /// every redraw prepares it from an eigenvector of rho. When no shot was kept the memory has only lost its register: let it hear what is sounded instead. Nothing is allocated.
    /// </summary>
    /// <param name="terms">The step, within the constructor's sizes.</param>
    /// <param name="memory">The memory the step begins with and moves on; null when the terms have no memory operators.</param>
    /// <param name="random">Decides every measurement.</param>
    /// <exception cref="ArgumentException">The terms are at fault, or they do not fit the memory or this step; step and memory keep what they had.</exception>
    public CouncilShot Play(in CouncilTerms terms, CouncilMemory? memory, Xoshiro random)
    {
        Prepare(terms, memory);
        return PlayPrepared(terms, memory, random);
    }

    /// <summary>What <see cref="Play"/> does after its preparation: for whoever has prepared these very terms with a memory that held the same. Nothing is allocated.</summary>
    /// <param name="terms">The step last prepared.</param>
    /// <param name="memory">What the step was prepared with, or a memory that holds the same; moves on. Null when the terms have no memory operators.</param>
    /// <param name="random">Decides every measurement.</param>
    public CouncilShot PlayPrepared(in CouncilTerms terms, CouncilMemory? memory, Xoshiro random)
    {
        var shot = Shoot(random, fromRegister: true);
        if (memory is null) return shot;
        if (shot.Kept) memory.Keep(terms, shot.Symbol, _isPlain ? [Complex.One] : _full.Left, random);
        else memory.LoseRegister();
        return shot;
    }

    /// <summary>
    /// Writes the law of kept shots as the simulated state has it (the closed form is <see cref="CouncilLaw"/>); sums to 1, all 0 when nothing can be kept. Nothing is allocated.
    /// </summary>
    /// <param name="law">At least as long as the candidates last prepared; the rest is set to 0.</param>
    public void WriteLaw(Span<double> law)
    {
        law.Clear();
        var kept = KeptShare;
        if (kept == 0) return;
        var notes = law[..Math.Min(_tree.Width, law.Length)];
        if (_isPlain) _plain.WriteWeights(_tree, notes);
        else _full.WriteWeights(notes);
        foreach (ref var p in notes) p /= kept;
    }

    /// <summary>The circuit just prepared, from the state that the register holds or, if it holds none, the likeliest eigenvector of rho. Allocates. See <see cref="ToCircuit(ReadOnlySpan{Complex})"/>.</summary>
    public Circuit ToCircuit() => ToCircuit(MemoryQubits == 0 || _tree.Empty ? [] : _full.LikeliestStart());

    /// <summary>
    /// The circuit just prepared, for drawing, OpenQASM and other backends, from a pure state of the memory. Bits 0.. hold the note, the bits above it the ancilla (if there is one) and the
    /// selector; keep a shot when all of these are 0. Below full coherence note qubit 0 first serves as the coin of the dephasing: measured, reset, and when it read 1 the memory is measured into
    /// spare bits before SELECT, and selector and memory before PREP inverse. One candidate still gets one note qubit. Allocates.
    /// </summary>
    /// <param name="memory">One amplitude a level, squared length 1; empty without a memory.</param>
    /// <exception cref="ArgumentException">The state has the wrong length or is not normalised.</exception>
    public Circuit ToCircuit(ReadOnlySpan<Complex> memory)
    {
        var levels = MemoryQubits == 0 ? 0 : 1 << MemoryQubits;
        if (memory.Length != levels && !(_tree.Empty && memory.IsEmpty)) throw new ArgumentException($"Got {memory.Length} amplitudes for the memory; {levels} are needed.", nameof(memory));
        return new CouncilCircuit(_tree, _select, _coherence).Build(memory);
    }

    internal static int QubitsFor(int codes) => CouncilTree.QubitsFor(codes);

    private CouncilShot Shoot(Xoshiro random, bool fromRegister)
    {
        if (_tree.Empty) return default;
        return _isPlain ? _plain.Draw(_tree, random) : _full.Draw(random, fromRegister);
    }
}
