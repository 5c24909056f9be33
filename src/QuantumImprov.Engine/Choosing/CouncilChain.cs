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
    private readonly CouncilStep _step = new(members.Members.Length, Candidates.Capacity);
    private readonly double[] _laws = new double[members.Members.Length * Candidates.Capacity];
    private readonly double[] _rows = new double[members.Members.Length * Candidates.Capacity];
    private readonly double[] _weights = new double[members.Members.Length];
    private readonly int[] _confidence = new int[members.Members.Length];
    private readonly Candidates _heardAmong = new();
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
    public string Words => $"{_weights.Length} members on {SelectorQubits} selector qubits; a shot is kept when the selector reads 0.";

    /// <inheritdoc/>
    public int NoteQubits => _step.NoteQubits;

    /// <summary>Qubits of the selector register in the choice last prepared.</summary>
    public int SelectorQubits => _step.SelectorQubits;

    /// <inheritdoc/>
    public bool Prepare(MelodicLine line, Candidates candidates, double coherence, double tail)
    {
        if (!candidates.Close()) return false;
        Blend(line, candidates);
        if (CutTail(candidates, tail)) Blend(line, candidates);
        (_count, _coherence) = (candidates.Count, coherence);
        _step.Prepare(_rows.AsSpan(0, _weights.Length * _count), _weights, _weights.Length, _count, coherence);
        return true;
    }

    /// <inheritdoc/>
    public ChainShot Shoot(Xoshiro random)
    {
        var shot = _step.Draw(random);
        return new ChainShot(shot.Symbol, shot.Redraws, shot.Kept);
    }

    /// <inheritdoc/>
    public void WriteLaw(Span<double> law) => WriteLaw(_coherence, law);

    /// <summary>The law that the prepared choice would have at another coherence, 0 to 1.</summary>
    public void WriteLaw(double coherence, Span<double> law) =>
        CouncilLaw.Write(_rows.AsSpan(0, _weights.Length * _count), _weights, _weights.Length, _count, coherence, law);

    /// <summary>Each member is told how well it foretold the partner's own note.</summary>
    public void Take(MelodicLine line, int index) => members.Judge(line, _laws, _count, index);

    /// <summary>Nothing: the council learned every note when it was heard.</summary>
    public void EndPhrase(ReadOnlySpan<int> pitches)
    {
    }

    /// <inheritdoc/>
    public Circuit ToCircuit() => _step.ToCircuit();

    /// <summary>
    /// Hears <paramref name="pitch"/>: the amplitudes take a gradient step at <paramref name="rate"/> and the line remembers who foretold it. The members
    /// themselves learn afterwards, so that nobody is asked about what it was just told. Returns the bits the note had cost.
    /// </summary>
    public double Hear(MelodicLine line, int pitch, double rate)
    {
        // A window of 64 keys around the line, always with the note in it: as wide as any performer's next step.
        var centre = Math.Clamp(line.Context.AtStart ? pitch : line.Context.Previous, pitch - 31, pitch + 31);
        var low = Math.Clamp(centre - 32, 0, 64);
        _heardAmong.Fill(low, low + 63);
        members.Laws(line, _heardAmong.Pitches, _laws, _confidence);
        var played = _heardAmong.IndexOf(pitch);
        var bits = amplitudes.Learn(_laws, _confidence, _heardAmong.Count, played, rate);
        members.Judge(line, _laws, _heardAmong.Count, played);
        return bits;
    }

    // The tempered rows, damped by the square root of the favour, so that the law itself is damped by the favour.
    private void Blend(MelodicLine line, Candidates candidates)
    {
        var count = candidates.Count;
        members.Laws(line, candidates.Pitches, _laws, _confidence);
        amplitudes.Temper(_laws, _confidence, count, _weights, _rows);
        for (var x = 0; x < count; x++)
        {
            var damping = Math.Sqrt(candidates.Favour[x]);
            for (var k = 0; k < _weights.Length; k++) _rows[k * count + x] *= damping;
        }
    }

    private bool CutTail(Candidates candidates, double tail)
    {
        if (tail <= 0) return false;
        Span<double> law = stackalloc double[Candidates.Capacity];
        law = law[..candidates.Count];
        CouncilLaw.Write(_rows.AsSpan(0, _weights.Length * candidates.Count), _weights, _weights.Length, candidates.Count, 1, law);
        return candidates.CutTail(law, tail);
    }
}
