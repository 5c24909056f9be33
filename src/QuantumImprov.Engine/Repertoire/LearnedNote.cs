using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>A note as it was learned.</summary>
/// <param name="Onset">Its start, counted from the phrase's downbeat; negative in an upbeat.</param>
/// <param name="Duration">How long it was held; not negative.</param>
/// <param name="Pitch">The key.</param>
/// <param name="Velocity">How hard it was struck, 1 to 127.</param>
public readonly record struct LearnedNote(Beats Onset, Beats Duration, Pitch Pitch, byte Velocity) : IPlaced
{
    /// <summary>When it sounded, for members that look at the rhythm, in a phrase of this metre.</summary>
    public NoteTime TimeIn(Metre metre) => NoteTime.Played(Onset, Duration, Beats.Zero, metre);
}
