using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>
/// Phrases mode: some notes of the council as one dynamic circuit, memory unread from note to note, for a device to propose whole phrases. The circuit is the council in small: its long-term and its short-term half over the likeliest candidates, each
/// with the mean step of its members on the memory; after the first note the halves' amplitudes are those of the contexts that a few phrases played here run into. What it proposes is weighed by the live law, phrase by phrase, and one proposal is
/// taken by its weight. Allocates. [engine]
/// </summary>
/// <param name="chain">The council.</param>
/// <param name="members">Its members.</param>
/// <param name="preset">Lowest and highest pitch, and the tail.</param>
public sealed class PhraseProposing(CouncilChain chain, CouncilMembers members, (int Low, int High, double Tail) preset)
{
    /// <summary>Candidates of each note, at most: three note qubits.</summary>
    public const int MostCandidates = 8;

    private const int Explored = 24;

    private readonly Candidates _candidates = new();
    private readonly double[] _law = new double[Candidates.Capacity], _first = new double[Candidates.Capacity], _second = new double[Candidates.Capacity];

    /// <summary>The steps of a phrase of <paramref name="notes"/> notes after <paramref name="line"/>, and what their candidates are.</summary>
    public (ImmutableArray<PhraseStep> Steps, ImmutableArray<ImmutableArray<int>> Pitches) Plan(MelodicLine line, int notes, DialSettings dials, Xoshiro random)
    {
        var lines = new List<MelodicLine>();
        for (var i = 0; i < Explored; i++)
        {
            lines.Add(members.NewLine());
            lines[^1].CopyFrom(line);
        }

        var (steps, pitches) = (ImmutableArray.CreateBuilder<PhraseStep>(), ImmutableArray.CreateBuilder<ImmutableArray<int>>());
        for (var t = 0; t < notes; t++)
        {
            // Squares of amplitudes, by pitch.
            var (wanted, first, second) = (new double[128], new double[128], new double[128]);
            MemoryOperators? operators = null;
            foreach (var at in t == 0 ? lines.Take(1) : lines)
            {
                if (!Prepare(at, dials)) continue;
                operators = chain.WriteHalves(_first, _second);
                for (var x = 0; x < _candidates.Count; x++)
                {
                    var pitch = _candidates.Pitches[x];
                    wanted[pitch] += _law[x];
                    first[pitch] += _first[x] * _first[x];
                    second[pitch] += _second[x] * _second[x];
                }
            }

            if (operators is null) break;
            ImmutableArray<int> kept = [.. Enumerable.Range(0, 128).Where(p => wanted[p] > 0).OrderByDescending(p => wanted[p]).Take(MostCandidates).Order()];
            steps.Add(new PhraseStep([.. kept.Select(p => Math.Sqrt(first[p])), .. kept.Select(p => Math.Sqrt(second[p]))], [1, 1], kept.Length, operators));
            pitches.Add(kept);
            foreach (var at in lines)
            {
                if (!Prepare(at, dials)) continue;
                var shot = chain.Play(at, random);
                members.Follow(at, _candidates.Pitches[shot.Symbol]);
            }
        }

        return (steps.ToImmutable(), pitches.ToImmutable());
    }

    /// <summary>The pure state of the memory that a circuit begins in where <paramref name="line"/> stands: what the register holds, or the likeliest state of the filter.</summary>
    public static Complex[] Memory(MelodicLine line, Xoshiro random)
    {
        var state = new Complex[line.Memory.Levels];
        if (!line.Memory.WriteRegister(state)) line.Memory.DrawPureState(state, random);
        return state;
    }

    /// <summary>The probability that the council plays exactly <paramref name="phrase"/> after <paramref name="line"/>, in closed form, note by note. The line is not changed.</summary>
    public double LiveProbability(MelodicLine line, ReadOnlySpan<int> phrase, DialSettings dials)
    {
        var at = members.NewLine();
        at.CopyFrom(line);
        var probability = 1.0;
        foreach (var pitch in phrase)
        {
            if (!Prepare(at, dials) || _candidates.IndexOf(pitch) is not (>= 0 and var index)) return 0;
            probability *= _law[index];
            chain.Sound(at, index);
            members.Follow(at, pitch);
        }

        return probability;
    }

    private bool Prepare(MelodicLine line, DialSettings dials)
    {
        _candidates.Fill(preset.Low, preset.High);
        if (!chain.Prepare(line, _candidates, dials, preset.Tail)) return false;
        chain.WriteLaw(_law.AsSpan(0, _candidates.Count));
        return true;
    }
}
