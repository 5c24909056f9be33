namespace QuantumImprov.Engine.Shaping;

/// <summary>The keys of a chord, bit by bit: bit i is MIDI note i. Pure. [any thread]</summary>
internal static class ChordKeys
{
    /// <summary>The lowest of <paramref name="keys"/>, which are not none.</summary>
    internal static int Lowest(UInt128 keys) => (int)UInt128.TrailingZeroCount(keys);

    /// <summary>The highest of <paramref name="keys"/>, which are not none.</summary>
    internal static int Highest(UInt128 keys) => 127 - (int)UInt128.LeadingZeroCount(keys);

    /// <summary><paramref name="keys"/>, so many <paramref name="semitones"/> up, or down where that is below 0; what leaves the keyboard is lost.</summary>
    internal static UInt128 Moved(UInt128 keys, int semitones) => semitones >= 0 ? keys << semitones : keys >> -semitones;

    /// <summary>Whether each of <paramref name="keys"/> is of <paramref name="classes"/>, pitch classes bit by bit: bit 0 is C.</summary>
    internal static bool AreWithin(UInt128 keys, int classes)
    {
        for (; keys != 0; keys &= keys - 1)
        {
            if (!ChordTrack.Holds(classes, Lowest(keys))) return false;
        }

        return true;
    }
}
