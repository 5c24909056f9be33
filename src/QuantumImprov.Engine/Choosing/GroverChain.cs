using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Chains.Grover;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// Amplitude amplification of what was just played: the members' blend, damped by shaping's favour, is loaded as amplitudes; the oracle marks the pitch classes of the line's last notes; and
/// Grover rounds, the last one fractional, move the balance towards them without touching the shares on either side. With coherence c the rounds are left out in 1 - c of the shots, which leaves
/// the classical blend. [engine]
/// </summary>
/// <param name="members">Who is asked.</param>
/// <param name="amplitudes">Their weights.</param>
/// <param name="focus">How far the balance moves: 0 not at all, 1 until nothing unmarked can come.</param>
public sealed class GroverChain(CouncilMembers members, Amplitudes amplitudes, double focus) : IChain
{
    private readonly WeightedGroverStep _step = new(Candidates.Capacity);
    private readonly double[] _laws = new double[members.Members.Length * Candidates.Capacity];
    private readonly double[] _blend = new double[Candidates.Capacity], _roots = new double[Candidates.Capacity];
    private readonly bool[] _marked = new bool[Candidates.Capacity];
    private readonly int[] _confidence = new int[members.Members.Length];
    private readonly ShotTable _plain = new(Candidates.Capacity);
    private int _count;
    private double _coherence, _mass;

    /// <inheritdoc/>
    public string Kind => "grover";

    /// <inheritdoc/>
    public string Words => $"Grover rounds ({_step.Rounds}, the last one fractional) bring the notes of the last {MelodicLine.RecentNotes} to {_mass:0.00} of the mass; every shot is kept.";

    /// <inheritdoc/>
    public int NoteQubits => _step.Qubits;

    /// <inheritdoc/>
    public double KeptShare => 1;

    /// <inheritdoc/>
    public double Consensus => double.NaN;

    /// <inheritdoc/>
    public bool Prepare(MelodicLine line, Candidates candidates, DialSettings dials, double tail) => this.PrepareAtOnce(line, candidates, dials, tail);

    /// <summary>Each part of the members, their answers to what the tail leaves, and the rounds.</summary>
    public int PreparePiece(MelodicLine line, Candidates candidates, DialSettings dials, double tail, int piece)
    {
        switch (piece)
        {
            case 0 when !candidates.Close():
                return Deciding.NoneLeft;
            case < CouncilMembers.Parts:
                members.Laws(line, candidates.Pitches, _laws, _confidence, piece);
                return piece + 1;
            case CouncilMembers.Parts:
                Blend(candidates);
                if (tail > 0 && candidates.CutTail(_blend.AsSpan(0, candidates.Count), tail)) Blend(line, candidates);
                return piece + 1;
            default:
                Amplify(line, candidates, dials);
                return Deciding.Prepared;
        }
    }

    private void Amplify(MelodicLine line, Candidates candidates, DialSettings dials)
    {
        (_count, _coherence) = (candidates.Count, dials.Coherence);
        var inside = 0.0;
        for (var x = 0; x < _count; x++)
        {
            _marked[x] = line.PlayedLately(candidates.Pitches[x] % 12);
            if (_marked[x]) inside += _blend[x];
            _roots[x] = Math.Sqrt(_blend[x]);
        }

        _plain.BuildFromReal(_roots.AsSpan(0, _count));
        // Where nothing is marked, or everything, there is nothing to amplify.
        _mass = inside is <= 0 or >= 1 ? inside : inside + focus * (1 - inside);
        _step.PrepareForMass(_blend.AsSpan(0, _count), _marked.AsSpan(0, _count), Math.Clamp(_mass, 0, 1));
    }

    /// <inheritdoc/>
    public ChainShot Shoot(Xoshiro random)
    {
        var coherent = _coherence >= 1 || random.NextDouble() < _coherence;
        return new ChainShot(coherent ? _step.Draw(random) : _plain.Draw(random), 0, Kept: true);
    }

    /// <inheritdoc/>
    public void WriteLaw(Span<double> law)
    {
        WeightedGroverLaw.WriteForMass(_blend.AsSpan(0, _count), _marked.AsSpan(0, _count), Math.Clamp(_mass, 0, 1), law);
        for (var x = 0; x < _count; x++) law[x] = _coherence * law[x] + (1 - _coherence) * _blend[x];
    }

    /// <summary>A shot; each member is told how well it foretold the note.</summary>
    public ChainShot Play(MelodicLine line, Xoshiro random)
    {
        var shot = Shoot(random);
        members.Judge(line, _laws, _count, shot.Symbol);
        return shot;
    }

    /// <inheritdoc/>
    public void Sound(MelodicLine line, int index) => members.Judge(line, _laws, _count, index);

    /// <summary>Nothing: the members learned every note when it was heard.</summary>
    public void EndPhrase(ReadOnlySpan<int> pitches)
    {
    }

    /// <inheritdoc/>
    public void ForgetPhrase()
    {
    }

    /// <inheritdoc/>
    public Circuit ToCircuit() => _step.ToCircuit() ?? Certainty.Circuit(_step.Certain, _step.Qubits);

    /// <inheritdoc/>
    public int CandidateOf(ulong bits) => bits < (ulong)_count ? (int)bits : -1;

    private void Blend(MelodicLine line, Candidates candidates)
    {
        members.Laws(line, candidates.Pitches, _laws, _confidence);
        Blend(candidates);
    }

    // The classical mixture with the council's weights, times the favour, scaled to 1.
    private void Blend(Candidates candidates)
    {
        var count = candidates.Count;
        var blend = _blend.AsSpan(0, count);
        blend.Clear();
        for (var k = 0; k < _confidence.Length; k++)
        {
            var weight = amplitudes.Weights[k * amplitudes.Classes + _confidence[k]];
            for (var x = 0; x < count; x++) blend[x] += weight * _laws[k * count + x];
        }

        var total = 0.0;
        for (var x = 0; x < count; x++) total += blend[x] *= candidates.Favour[x];
        // Members that all have lost their weight leave the choice to shaping alone.
        if (total <= 0)
        {
            candidates.Favour.CopyTo(blend);
            foreach (var f in blend) total += f;
        }

        for (var x = 0; x < count; x++) blend[x] /= total;
    }
}
