using System.Diagnostics.CodeAnalysis;

namespace QuantumImprov.Engine.Music;

/// <summary>A key: the pitch class that is home, and the mode. <c>default</c> is C major.</summary>
/// <param name="Tonic">The pitch class of the tonic, 0 (C) to 11 (B).</param>
/// <param name="Mode">Major or minor.</param>
public readonly record struct Key(int Tonic, Mode Mode)
{
    private const int MajorScale = 0b1010_1011_0101, NaturalMinor = 0b0101_1010_1101, MinorScale = NaturalMinor | 0b1010_0000_0000;
    private static readonly string[] MajorTonics = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];
    private static readonly string[] MinorTonics = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"];

    /// <summary>Semitones of <paramref name="pitch"/> above the tonic, 0 to 11.</summary>
    public int Degree(int pitch) => ((pitch - Tonic) % 12 + 12) % 12;

    /// <summary>Whether <paramref name="pitch"/> belongs to the scale: major, or natural minor with its raised sixth and seventh.</summary>
    public bool Holds(int pitch) => ((Mode == Mode.Major ? MajorScale : MinorScale) >> Degree(pitch) & 1) != 0;

    /// <summary>Whether <paramref name="pitch"/> belongs to the scale as the key signature has it: major, or natural minor.</summary>
    public bool HoldsNaturally(int pitch) => ((Mode == Mode.Major ? MajorScale : NaturalMinor) >> Degree(pitch) & 1) != 0;

    /// <summary>The pitch classes of the scale as the key signature has it, bit by bit: bit 0 is C.</summary>
    public int NaturalClasses => Scale.Turned(Mode == Mode.Major ? MajorScale : NaturalMinor, Tonic);

    /// <summary>Reads a key as it is written, such as "G major", "Bb major" or "F# minor": a letter A to G, perhaps # or b, one space, the mode.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Key key)
    {
        key = default;
        if (text is null || text.Split(' ') is not [{ Length: 1 or 2 } tonic, "major" or "minor"]) return false;
        var letter = "C D EF G A B".IndexOf(tonic[0], StringComparison.Ordinal);
        if (letter < 0 || tonic is not ([_] or [_, '#' or 'b'])) return false;
        var shift = tonic.Length == 1 ? 0 : tonic[1] == '#' ? 1 : -1;
        key = new Key((letter + shift + 12) % 12, text.EndsWith("minor", StringComparison.Ordinal) ? Mode.Minor : Mode.Major);
        return true;
    }

    /// <summary>The key as musicians write it, such as "Bb major" or "F# minor".</summary>
    public override string ToString() => Mode == Mode.Major ? $"{MajorTonics[Tonic]} major" : $"{MinorTonics[Tonic]} minor";
}
