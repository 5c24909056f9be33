using System.Numerics;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Choosing;

/// <summary>Where a chord is to stand.</summary>
/// <param name="Key">The key.</param>
/// <param name="Pitch">The leading note, 0 to 127.</param>
/// <param name="Previous">The place of the shape before in the alphabet; -1: none.</param>
/// <param name="Belongs">The pitch classes its notes may have, bit by bit: bit 0 is C. Default: all.</param>
/// <param name="Above">Whether the chord stands over its leading note rather than under it.</param>
/// <param name="Again">The keys that the call had with what is said again here, bit by bit: bit i is MIDI note i. Default: none.</param>
public readonly record struct ChordPlace(Key Key, int Pitch, int Previous, int Belongs = 0xFFF, bool Above = false, UInt128 Again = default)
{
    /// <summary>Whether every note of <paramref name="shape"/> belongs here.</summary>
    public bool Holds(uint shape)
    {
        for (; shape != 0; shape &= shape - 1)
        {
            var distance = BitOperations.TrailingZeroCount(shape);
            if ((Belongs >> ((Above ? Pitch + distance : Pitch - distance + 24) % 12) & 1) == 0) return false;
        }

        return true;
    }
}
