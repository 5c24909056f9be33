using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>A melody note the performer played: the leading note of a chord, or a single note.</summary>
/// <param name="On">Onset of the chord it leads.</param>
/// <param name="Off">When its key came up; <see cref="HostTime.Never"/> while it is down.</param>
/// <param name="Pitch">0 to 127.</param>
/// <param name="Velocity">1 to 127.</param>
/// <param name="ChordSize">Notes that sounded together, at least 1.</param>
/// <param name="Shape">The notes that sounded with it, bit by bit: bit i is a note i semitones below it, or above it when the lowest note leads; 1 to 24. 0 when none did, or one was further away.</param>
public readonly record struct HeardNote(HostTime On, HostTime Off, byte Pitch, byte Velocity, byte ChordSize, uint Shape = 0)
{
    /// <summary>The keys that sounded with it, bit by bit: bit i is MIDI note i.</summary>
    public UInt128 Beside { get; init; }

    /// <summary>When the first of <see cref="Beside"/> came up; null while all are down.</summary>
    public HostTime? BesideOff { get; init; }
}
