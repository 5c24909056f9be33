using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>A whole decision with any chain. Allocates nothing. [engine]</summary>
public static class Deciding
{
    /// <summary>What <see cref="IChain.PreparePiece"/> gives when all is done: the circuit is prepared, or no candidate is left.</summary>
    public const int Prepared = -1, NoneLeft = -2;

    /// <summary>All pieces of a preparation, one after the other.</summary>
    internal static bool PrepareAtOnce(this IChain chain, MelodicLine line, Candidates candidates, DialSettings dials, double tail)
    {
        var piece = 0;
        while (piece >= 0) piece = chain.PreparePiece(line, candidates, dials, tail, piece);
        return piece == Prepared;
    }

    /// <summary>Measures the choice that was prepared, for a note that is going to sound.</summary>
    internal static Decision PlayPrepared(this IChain chain, MelodicLine line, Candidates candidates, Xoshiro random)
    {
        var shot = chain.Play(line, random);
        return new Decision(candidates.Pitches[shot.Symbol], candidates.Count, shot.Redraws, shot.Kept, chain.Consensus);
    }

    /// <summary>Prepares the circuit of the pitch after <paramref name="line"/>, and measures it.</summary>
    public static Decision Choose(this IChain chain, MelodicLine line, Candidates candidates, DialSettings dials, double tail, Xoshiro random) =>
        chain.Prepare(line, candidates, dials, tail) ? chain.PlayPrepared(line, candidates, random) : Decision.None;
}
