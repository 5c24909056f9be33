using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>What a viewpoint may look at besides the next pitch itself.</summary>
/// <param name="Previous">The pitch before, 0 to 127; -1 at the first note of a line.</param>
/// <param name="First">The first pitch of the line; -1 before it.</param>
/// <param name="Key">The running key.</param>
/// <param name="Now">What the rhythm tells; null where only pitches are known.</param>
public readonly record struct MelodicContext(int Previous, int First, Key Key, Moment? Now = null)
{
    /// <summary>Whether the next note is the line's first.</summary>
    public bool AtStart => Previous < 0;
}
