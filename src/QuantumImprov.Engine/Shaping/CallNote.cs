using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>A melody note on the metre's grid: what shaping sees of a call.</summary>
/// <param name="Onset">Musical time, on the grid.</param>
/// <param name="Duration">How long the key was down; positive.</param>
/// <param name="Pitch">0 to 127.</param>
/// <param name="Velocity">1 to 127.</param>
/// <param name="Push">How much later than the grid it was really struck than the call's notes on average; negative: earlier. At most a sixth of a quarter either way.</param>
/// <param name="Shape">The notes that sounded with it, by their distance (see <see cref="Listening.HeardNote.Shape"/>).</param>
public readonly record struct CallNote(Beats Onset, Beats Duration, byte Pitch, byte Velocity, Beats Push = default, uint Shape = 0) : IPlaced
{
    /// <summary>The keys that sounded with it, bit by bit: bit i is MIDI note i.</summary>
    public UInt128 Beside { get; init; }

    /// <summary>How long those keys were down; 0 where there are none.</summary>
    public Beats BesideDuration { get; init; }
}
