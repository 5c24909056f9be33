namespace QuantumImprov.Engine.Music.Notation;

/// <summary>A note of a tune.</summary>
/// <param name="Onset">When it begins, from the tune's first instant (the pick-up counts); not negative.</param>
/// <param name="Duration">How long it lasts; positive.</param>
/// <param name="Pitch">Its key.</param>
/// <param name="Velocity">How hard it is played, 1 to 127.</param>
public readonly record struct TuneNote(Beats Onset, Beats Duration, Pitch Pitch, byte Velocity)
{
    /// <summary>When it ends.</summary>
    public Beats End => Onset + Duration;
}
