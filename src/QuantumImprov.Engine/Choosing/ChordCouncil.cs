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

    /// <summary>A measured shape for <paramref name="place"/>: where in the alphabet it stands, or -1 when none is known all of whose notes belong there.</summary>
    public int Choose(ChordShapes shapes, in ChordPlace place, double coherence, Xoshiro random)
    {
        if (shapes.Count == 0) return -1;
        var laws = Load(shapes, place);
        if (!laws.ContainsAnyExcept(0)) return -1;
        _step.Prepare(laws, Weights, ChordShapes.Views, shapes.Count, coherence);
        return _step.Draw(random).Symbol;
    }

    /// <summary>The exact law of <see cref="Choose"/>, one entry a shape.</summary>
    public void WriteLaw(ChordShapes shapes, in ChordPlace place, double coherence, Span<double> law) =>
        CouncilLaw.Write(new CouncilTerms(Load(shapes, place), Weights, ChordShapes.Views, shapes.Count, coherence), null, law);

    // Shapes with a note that does not belong are masked.
    private ReadOnlySpan<double> Load(ChordShapes shapes, in ChordPlace place)
    {
        var laws = _laws.AsSpan(0, ChordShapes.Views * shapes.Count);
        shapes.WriteLaws(place.Key, place.Pitch, place.Previous, laws);
        for (var i = 0; i < laws.Length; i++) laws[i] = place.Holds(shapes.Shapes[i % shapes.Count]) ? Math.Sqrt(laws[i]) : 0;
        return laws;
    }
}
