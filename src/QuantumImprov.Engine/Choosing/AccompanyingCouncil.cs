using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// Chooses the chords of an accompaniment as pitches are chosen: a council whose members are the views of <see cref="Accompaniment"/>, with equal amplitudes and no memory, is put into a circuit and measured. Allocates nothing after
/// construction. [engine]
/// </summary>
public sealed class AccompanyingCouncil
{
    private const int MostCandidates = Accompaniment.Most + 1;
    private readonly CouncilStep _step = new(Accompaniment.Views, MostCandidates);
    private readonly double[] _laws = new double[Accompaniment.Views * MostCandidates];

    private static ReadOnlySpan<double> Weights => [1.0 / 3, 1.0 / 3, 1.0 / 3];

    /// <summary>A measured candidate of <paramref name="hand"/>, which was placed and has room for one.</summary>
    /// <param name="hand">The accompaniment.</param>
    /// <param name="source">The note of the call whose place it is; below 0: none.</param>
    /// <param name="coherence">0 to 1.</param>
    /// <param name="random">Draws.</param>
    public int Choose(Accompaniment hand, int source, double coherence, Xoshiro random)
    {
        _step.Prepare(Load(hand, source), Weights, Accompaniment.Views, hand.Count, coherence);
        return _step.Draw(random).Symbol;
    }

    /// <summary>The exact law of <see cref="Choose"/>, one entry a candidate.</summary>
    public void WriteLaw(Accompaniment hand, int source, double coherence, Span<double> law) =>
        CouncilLaw.Write(new CouncilTerms(Load(hand, source), Weights, Accompaniment.Views, hand.Count, coherence), null, law);

    private ReadOnlySpan<double> Load(Accompaniment hand, int source)
    {
        var laws = _laws.AsSpan(0, Accompaniment.Views * hand.Count);
        hand.WriteLaws(source, laws);
        for (var i = 0; i < laws.Length; i++) laws[i] = Math.Sqrt(laws[i]);
        return laws;
    }
}
