using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Judging;

/// <summary>A note as the judge sees it.</summary>
/// <param name="Pitch">0 to 127.</param>
/// <param name="Time">When it sounds, on the grid of a 24th of a quarter, and its place in the bar.</param>
public readonly record struct MeasuredNote(int Pitch, NoteTime Time)
{
    /// <summary>Where it ends, in the grid's units.</summary>
    public int End => Time.Onset + Time.Duration;

    /// <summary>The bar line it stands behind, or on, in the grid's units.</summary>
    public int BarLine => Time.Onset - Time.Place;
}
