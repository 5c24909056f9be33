using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// The council, the default chain: asks every member for its law over the candidates, folds shaping's favour into the amplitudes as a diagonal damping, and has the council's circuit
/// measured. Also lets the council learn from what was heard. [engine]
/// </summary>
public sealed class CouncilChain(CouncilMembers members, Amplitudes amplitudes) : IChain
{
    private readonly CouncilStep _step = new(members.Members.Length, Candidates.Capacity, MelodicLine.MemoryQubits);
    private readonly MemberLaws _laws = new(members.Members.Length, Candidates.Capacity);
    private readonly MemoryOperators _operators = new(members.Members.Length, MelodicLine.MemoryQubits);
    private readonly CouncilMemory _memory = new(MelodicLine.MemoryQubits);
    private readonly double[] _rows = new double[members.Members.Length * Candidates.Capacity];
    private readonly double[] _weights = new double[members.Members.Length];
    private readonly double[] _rho = new double[amplitudes.Levels * amplitudes.Levels], _move = new double[amplitudes.Levels * amplitudes.Levels];
    private readonly Candidates _heardAmong = new();
    private long _revision = -1;
    private int _count;
    private double _coherence;

    /// <summary>The members' weights in the choice last prepared, in the members' order.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <inheritdoc/>
    public double Consensus => _step.Consensus;

    /// <inheritdoc/>
    public double KeptShare => _step.KeptShare;

    /// <inheritdoc/>
    public string Kind => "council";

    /// <inheritdoc/>
    public string Words => $"{_weights.Length} members on {SelectorQubits} selector qubits and a memory of {_step.MemoryQubits} qubits that is never measured; a shot is kept when selector and ancilla read 0.";

    /// <inheritdoc/>
    public int NoteQubits => _step.NoteQubits;

    /// <summary>Qubits of the selector register in the choice last prepared.</summary>
    public int SelectorQubits => _step.SelectorQubits;

    /// <inheritdoc/>
    public bool Prepare(MelodicLine line, Candidates candidates, double coherence, double tail)
    {
        if (!candidates.Close()) return false;
        Ask(line, candidates);
        if (tail > 0 && CutTail(line, candidates, tail)) Ask(line, candidates);
        Damp(candidates);
        if (_revision != amplitudes.Revision) TakeSteps();
        (_count, _coherence) = (candidates.Count, coherence);
        _memory.CopyFrom(line.Memory);
        _step.Prepare(Terms(coherence), _memory);
        return true;
    }

    /// <inheritdoc/>
    public ChainShot Shoot(Xoshiro random)
    {
        var shot = _step.Draw(random);
        return new ChainShot(shot.Symbol, shot.Redraws, shot.Kept);
    }

    /// <summary>One shot that sounds, of the choice prepared for this line: the memory goes on with what it left, and each member is told how well it foretold the note.</summary>
    public ChainShot Play(MelodicLine line, Xoshiro random)
    {
        var shot = _step.PlayPrepared(Terms(_coherence), line.Memory, random);
        if (!shot.Kept) line.Memory.Hear(Terms(_coherence), shot.Symbol);
        members.Judge(line, _laws.Laws, _count, shot.Symbol);
        return new ChainShot(shot.Symbol, shot.Redraws, shot.Kept);
    }

    /// <summary>The candidate at <paramref name="index"/> of the prepared choice sounds though no shot of this circuit chose it: the memory follows by the filter.</summary>
    public void Sound(MelodicLine line, int index)
    {
        line.Memory.Hear(Terms(_coherence), index);
        members.Judge(line, _laws.Laws, _count, index);
    }

    /// <inheritdoc/>
    public void WriteLaw(Span<double> law) => WriteLaw(_coherence, law);

    /// <summary>The law that the prepared choice would have at another coherence, 0 to 1.</summary>
    public void WriteLaw(double coherence, Span<double> law) => CouncilLaw.Write(Terms(coherence), _memory, law);

    /// <summary>Nothing: the council learned every note when it was heard.</summary>
    public void EndPhrase(ReadOnlySpan<int> pitches)
    {
    }

    /// <inheritdoc/>
    public void ForgetPhrase()
    {
    }

    /// <inheritdoc/>
    public Circuit ToCircuit() => _step.ToCircuit();

    /// <summary>
    /// Hears <paramref name="pitch"/>: the amplitudes take a gradient step at <paramref name="rate"/> (0 learns nothing), the memory moves on, and the line remembers who foretold it. The members
    /// themselves learn afterwards, so that nobody is asked about what it was just told. Returns the bits the note had cost.
    /// </summary>
    public double Hear(MelodicLine line, int pitch, double rate)
    {
        // A window of 64 keys around the line, always with the note in it: as wide as any performer's next step.
        var centre = Math.Clamp(line.Context.AtStart ? pitch : line.Context.Previous, pitch - 31, pitch + 31);
        var low = Math.Clamp(centre - 32, 0, 64);
        _heardAmong.Fill(low, low + 63);
        Ask(line, _heardAmong);
        var played = _heardAmong.IndexOf(pitch);
        TakeMemory(line);
        var bits = amplitudes.Learn(_laws, played, rate, _rho, _move);
        line.Memory.Hear(_move);
        members.Judge(line, _laws.Laws, _heardAmong.Count, played);
        return bits;
    }

    // All steps are real and the start is, so rho stays real.
    private void TakeMemory(MelodicLine line)
    {
        for (var i = 0; i < _rho.Length; i++) _rho[i] = line.Memory[i / amplitudes.Levels, i % amplitudes.Levels].Real;
    }

    private CouncilTerms Terms(double coherence) =>
        new(_rows.AsSpan(0, _weights.Length * _count), _weights, _weights.Length, _count, coherence) { Operators = _operators };

    private void Ask(MelodicLine line, Candidates candidates)
    {
        _laws.Begin(candidates.Count);
        members.Laws(line, candidates.Pitches, _laws.Laws, _laws.Confidence);
        _laws.Complete();
    }

    // The tempered rows, damped by the square root of the favour, so that the law itself is damped by the favour.
    private void Damp(Candidates candidates)
    {
        var count = candidates.Count;
        amplitudes.Temper(_laws, _weights, _rows);
        for (var x = 0; x < count; x++)
        {
            var damping = Math.Sqrt(candidates.Favour[x]);
            for (var k = 0; k < _weights.Length; k++) _rows[k * count + x] *= damping;
        }
    }

    private void TakeSteps()
    {
        var size = amplitudes.Levels * amplitudes.Levels;
        for (var k = 0; k < _weights.Length; k++) _operators.Set(k, amplitudes.Steps.Slice(k * size, size));
        _revision = amplitudes.Revision;
    }

    private bool CutTail(MelodicLine line, Candidates candidates, double tail)
    {
        Span<double> law = stackalloc double[Candidates.Capacity];
        law = law[..candidates.Count];
        TakeMemory(line);
        amplitudes.WriteLaw(_laws, _rho, law);
        for (var x = 0; x < law.Length; x++) law[x] *= candidates.Favour[x];
        return candidates.CutTail(law, tail);
    }
}
