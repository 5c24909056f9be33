using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>Chooses chord shapes as pitches are chosen: by a <see cref="ViewCouncil"/> over the views of <see cref="ChordShapes"/>. Allocates nothing after construction. [engine]</summary>
public sealed class ChordCouncil
{
    private readonly ViewCouncil _council = new(ChordShapes.Views, ChordShapes.Most);

    /// <summary>A measured shape for <paramref name="place"/>: where in the alphabet it stands, or -1 when none is known all of whose notes belong there.</summary>
    public int Choose(ChordShapes shapes, in ChordPlace place, double coherence, Xoshiro random) =>
        shapes.Count > 0 && Load(shapes, place) ? _council.Choose(shapes.Count, coherence, random) : -1;

    /// <summary>The exact law of <see cref="Choose"/>, one entry a shape; some shape belongs.</summary>
    public void WriteLaw(ChordShapes shapes, in ChordPlace place, double coherence, Span<double> law)
    {
        Load(shapes, place);
        _council.WriteLaw(shapes.Count, coherence, law);
    }

    // Shapes with a note that does not belong are masked; false when that leaves none.
    private bool Load(ChordShapes shapes, in ChordPlace place)
    {
        var rows = _council.Rows(shapes.Count);
        shapes.WriteLaws(place.Key, place.Pitch, place.Previous, rows);
        for (var i = 0; i < rows.Length; i++)
        {
            if (!place.Holds(shapes.Shapes[i % shapes.Count])) rows[i] = 0;
        }

        return rows.ContainsAnyExcept(0);
    }
}
