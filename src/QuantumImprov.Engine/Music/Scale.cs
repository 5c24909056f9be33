using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music;

/// <summary>A scale on a root: the pitch classes that belong. Immutable.</summary>
/// <param name="Root">The pitch class it stands on, 0 (C) to 11 (B).</param>
/// <param name="Degrees">Semitones above the root that belong, bit by bit; bit 0 is the root.</param>
public readonly record struct Scale(int Root, int Degrees)
{
    private const int MinorThird = 1 << 3, MajorThird = 1 << 4;

    /// <summary>The scales there are, by the names musicians give them.</summary>
    public static ImmutableArray<(string Name, int Degrees)> Known { get; } =
    [
        ("major", Of(0, 2, 4, 5, 7, 9, 11)), ("minor", Of(0, 2, 3, 5, 7, 8, 10)), ("dorian", Of(0, 2, 3, 5, 7, 9, 10)), ("phrygian", Of(0, 1, 3, 5, 7, 8, 10)),
        ("lydian", Of(0, 2, 4, 6, 7, 9, 11)), ("mixolydian", Of(0, 2, 4, 5, 7, 9, 10)), ("locrian", Of(0, 1, 3, 5, 6, 8, 10)), ("harmonic minor", Of(0, 2, 3, 5, 7, 8, 11)),
        ("melodic minor", Of(0, 2, 3, 5, 7, 9, 11)), ("major pentatonic", Of(0, 2, 4, 7, 9)), ("minor pentatonic", Of(0, 3, 5, 7, 10)), ("blues", Of(0, 3, 5, 6, 7, 10)),
        ("whole tone", Of(0, 2, 4, 6, 8, 10)), ("diminished", Of(0, 2, 3, 5, 6, 8, 9, 11)), ("chromatic", 0xFFF),
    ];

    /// <summary>The names of the twelve roots, from C on.</summary>
    public static ImmutableArray<string> Roots { get; } = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

    /// <summary>The pitch classes that belong, bit by bit; bit 0 is C.</summary>
    public int Classes => Turned(Degrees, Root);

    /// <summary>The key it is nearest to: on its root, minor when its third is.</summary>
    public Key Key => new(Root, (Degrees & MinorThird) != 0 && (Degrees & MajorThird) == 0 ? Mode.Minor : Mode.Major);

    /// <summary>The scale called <paramref name="name"/> on <paramref name="root"/>, both as listed here; null when one is not. Allocates nothing.</summary>
    public static Scale? Named(string root, string name)
    {
        var pitchClass = Roots.IndexOf(root);
        foreach (var (known, degrees) in Known)
        {
            if (known == name && pitchClass >= 0) return new Scale(pitchClass, degrees);
        }

        return null;
    }

    /// <summary>What <paramref name="degrees"/>, bit by bit, are <paramref name="semitones"/>, 0 to 12, higher, pitch class for pitch class.</summary>
    public static int Turned(int degrees, int semitones) => (degrees << semitones | degrees >> 12 - semitones) & 0xFFF;

    private static int Of(params ReadOnlySpan<int> degrees)
    {
        var mask = 0;
        foreach (var degree in degrees) mask |= 1 << degree;
        return mask;
    }
}
