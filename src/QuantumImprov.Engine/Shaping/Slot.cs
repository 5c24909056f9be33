using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>A place in an answer that waits for its pitch.</summary>
/// <param name="Onset">Musical time of the note.</param>
/// <param name="Duration">Its length; positive.</param>
/// <param name="Velocity">1 to 127.</param>
public readonly record struct Slot(Beats Onset, Beats Duration, byte Velocity);
