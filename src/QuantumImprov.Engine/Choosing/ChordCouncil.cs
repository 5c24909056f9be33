using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// Chooses chord shapes as pitches are chosen: a council whose members are the views of <see cref="ChordShapes"/>, with equal amplitudes and no memory, is put into a circuit and measured. Allocates
/// nothing after construction. [engine]
/// </summary>
public sealed class ChordCouncil
{
    private readonly CouncilStep _step = new(ChordShapes.Views, ChordShapes.Most);
    private readonly double[] _laws = new double[ChordShapes.Views * ChordShapes.Most];

    private static ReadOnlySpan<double> Weights => [1.0 / 3, 1.0 / 3, 1.0 / 3];

    /// <summary>A measured shape for <paramref name="pitch"/> in <paramref name="key"/> after the shape at <paramref name="previous"/> (-1: none): its place, or -1 when no shape is known.</summary>
    public int Choose(ChordShapes shapes, Key key, int pitch, int previous, double coherence, Xoshiro random)
    {
        if (shapes.Count == 0) return -1;
        var laws = Load(shapes, key, pitch, previous);
        _step.Prepare(laws, Weights, ChordShapes.Views, shapes.Count, coherence);
        return _step.Draw(random).Symbol;
    }

    /// <summary>The exact law of <see cref="Choose"/>, one entry a shape.</summary>
    public void WriteLaw(ChordShapes shapes, Key key, int pitch, int previous, double coherence, Span<double> law) =>
        CouncilLaw.Write(new CouncilTerms(Load(shapes, key, pitch, previous), Weights, ChordShapes.Views, shapes.Count, coherence), null, law);

    private ReadOnlySpan<double> Load(ChordShapes shapes, Key key, int pitch, int previous)
    {
        var laws = _laws.AsSpan(0, ChordShapes.Views * shapes.Count);
        shapes.WriteLaws(key, pitch, previous, laws);
        foreach (ref var p in laws) p = Math.Sqrt(p);
        return laws;
    }
}
