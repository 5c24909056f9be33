using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// Chooses chord shapes as pitches are chosen: by a <see cref="ViewCouncil"/> over the views of <see cref="ChordShapes"/>, and, where the melody says again what the call said, one view more that knows the call's chord there alone. Allocates nothing after
/// construction. [engine]
/// </summary>
public sealed class ChordCouncil
{
    // How strongly the view of the call speaks, beside the others: as that of the place does where the other hand goes with the melody.
    private const double Returning = 5;

    private readonly ViewCouncil _plain = new(ChordShapes.Views, ChordShapes.Most), _returning = new(ChordShapes.Views + 1, ChordShapes.Most + 1);

    /// <summary>A council without a past.</summary>
    public ChordCouncil()
    {
        _returning.Weights.Fill(1);
        _returning.Weights[ChordShapes.Views] = Returning;
    }

    /// <summary>
    /// A measured shape for <paramref name="place"/>: where in the alphabet it stands, the alphabet's length for the chord that is played again, or -1 when none is known all of whose notes belong there. What is played again belongs.
    /// </summary>
    public int Choose(ChordShapes shapes, in ChordPlace place, double coherence, Xoshiro random)
    {
        var (council, count) = CouncilFor(shapes, place);
        return count > 0 && Load(council, count, shapes, place) ? council.Choose(count, coherence, random) : -1;
    }

    /// <summary>The exact law of <see cref="Choose"/>, one entry a shape and, where a chord may be played again, one more; some shape belongs.</summary>
    public void WriteLaw(ChordShapes shapes, in ChordPlace place, double coherence, Span<double> law)
    {
        var (council, count) = CouncilFor(shapes, place);
        Load(council, count, shapes, place);
        council.WriteLaw(count, coherence, law);
    }

    private (ViewCouncil Council, int Count) CouncilFor(ChordShapes shapes, in ChordPlace place) => place.Again != 0 ? (_returning, shapes.Count + 1) : (_plain, shapes.Count);

    // Shapes with a note that does not belong are masked; false when that leaves none.
    private static bool Load(ViewCouncil council, int count, ChordShapes shapes, in ChordPlace place)
    {
        var rows = council.Rows(count);
        shapes.WriteLaws(place.Key, place.Pitch, place.Previous, rows, count);
        if (count > shapes.Count)
        {
            rows[(ChordShapes.Views * count)..].Clear();
            rows[^1] = 1;
        }

        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] > 0 && i % count < shapes.Count && !place.Holds(shapes.Shapes[i % count])) rows[i] = 0;
        }

        return rows.ContainsAnyExcept(0);
    }
}
