using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>A whole decision with any chain. Allocates nothing. [engine]</summary>
public static class Deciding
{
    /// <summary>Prepares the circuit of the pitch after <paramref name="line"/>, and measures it.</summary>
    public static Decision Choose(this IChain chain, MelodicLine line, Candidates candidates, DialSettings dials, double tail, Xoshiro random)
    {
        if (!chain.Prepare(line, candidates, dials, tail)) return new Decision(-1, 0, 0, false, 0);
        var shot = chain.Play(line, random);
        return new Decision(candidates.Pitches[shot.Symbol], candidates.Count, shot.Redraws, shot.Kept, chain.Consensus);
    }
}
