using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>A place in an answer that waits for its pitch.</summary>
/// <param name="Onset">Musical time of the note.</param>
/// <param name="Duration">Its length; positive.</param>
/// <param name="Velocity">1 to 127.</param>
/// <param name="Source">The note of the call whose rhythm it took; -1 when it is nobody's.</param>
/// <param name="Target">The pitch a motif wants here; -1 when any will do.</param>
/// <param name="Push">How much later than <paramref name="Onset"/> it is struck, as the performer pushes or drags there; negative: earlier.</param>
/// <param name="Chord">Whether a chord sounds there, as it did in the call.</param>
public readonly record struct Slot(Beats Onset, Beats Duration, byte Velocity, short Source = -1, short Target = -1, Beats Push = default, bool Chord = false)
{
    /// <summary>When it is struck.</summary>
    public Beats Struck => Onset + Push;
}
