using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// Chooses the next pitch: asks every member for its law over the candidates, folds shaping's favour into the amplitudes as a diagonal damping, has the
/// council's circuit measured, and decodes the bits. Also lets the council learn from what was heard. Allocates nothing in steady state. [engine]
/// </summary>
public sealed class CouncilChoice(CouncilMembers members, Amplitudes amplitudes)
{
    private readonly CouncilStep _step = new(members.Members.Length, Candidates.Capacity);
    private readonly double[] _laws = new double[members.Members.Length * Candidates.Capacity];
    private readonly double[] _rows = new double[members.Members.Length * Candidates.Capacity];
    private readonly double[] _weights = new double[members.Members.Length];
    private readonly int[] _confidence = new int[members.Members.Length];
    private readonly Candidates _heardAmong = new();

    /// <summary>The members' weights in the choice last prepared, in the members' order.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>How much the members agree in the choice last prepared.</summary>
    public double Consensus => _step.Consensus;

    /// <summary>The share of shots the choice last prepared keeps.</summary>
    public double KeptShare => _step.KeptShare;

    /// <summary>Qubits of the note and the selector register in the choice last prepared.</summary>
    public (int Note, int Selector) Registers => (_step.NoteQubits, _step.SelectorQubits);

    /// <summary>
    /// Measures one pitch after <paramref name="line"/> among <paramref name="candidates"/>. Candidates less likely than <paramref name="tail"/> (0 to 1) times
    /// the likeliest, by the members' blend, are left out: the tails of a law sound like mistakes.
    /// </summary>
    public Decision Choose(MelodicLine line, Candidates candidates, double coherence, double tail, Xoshiro random)
    {
        if (!Prepare(line, candidates, coherence, tail)) return new Decision(-1, 0, 0, false, 0);
        var shot = _step.Draw(random);
        var pitch = candidates.Pitches[shot.Symbol];
        members.Judge(line, _laws, candidates.Count, shot.Symbol);
        return new Decision(pitch, candidates.Count, shot.Redraws, shot.Kept, _step.Consensus);
    }

    /// <summary>Builds and simulates the circuit of the next choice without measuring; false when no candidate is left.</summary>
    public bool Prepare(MelodicLine line, Candidates candidates, double coherence, double tail)
    {
        if (!candidates.Close()) return false;
        Blend(line, candidates);
        if (CutTail(candidates, tail)) Blend(line, candidates);
        _step.Prepare(_rows.AsSpan(0, _weights.Length * candidates.Count), _weights, _weights.Length, candidates.Count, coherence);
        return true;
    }

    /// <summary>One shot of the prepared circuit: an index of the candidates.</summary>
    public CouncilShot Shoot(Xoshiro random) => _step.Draw(random);

    /// <summary>The exact law of the prepared choice, in closed form; sums to 1.</summary>
    public void WriteLaw(int candidates, double coherence, Span<double> law) =>
        CouncilLaw.Write(_rows.AsSpan(0, _weights.Length * candidates), _weights, _weights.Length, candidates, coherence, law);

    /// <summary>The prepared circuit, for drawing and export. Allocates.</summary>
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
        WriteLaw(candidates.Count, 1, law);
        var greatest = 0.0;
        foreach (var p in law) greatest = Math.Max(greatest, p);
        var cut = false;
        for (var x = 0; x < law.Length; x++)
        {
            if (law[x] >= tail * greatest) continue;
            candidates.Favour[x] = 0;
            cut = true;
        }

        return cut && candidates.Close();
    }
}
