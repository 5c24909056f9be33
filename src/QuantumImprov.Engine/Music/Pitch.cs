using System.Diagnostics.CodeAnalysis;

namespace QuantumImprov.Engine.Music;

/// <summary>A key of the MIDI keyboard, 0 to 127; 60 is middle C, written C4. <c>default</c> is 0.</summary>
public readonly record struct Pitch : IComparable<Pitch>
{
    private static readonly string[] Names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];
    private readonly byte _number;

    /// <summary>The key with the MIDI number <paramref name="number"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 127.</exception>
    public Pitch(int number) => _number = number is >= 0 and <= 127
        ? (byte)number
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"The pitch is {number}; allowed is 0 to 127.");

    /// <summary>The MIDI number, 0 to 127.</summary>
    public int Number => _number;

    /// <summary>The pitch class, 0 (C) to 11 (B).</summary>
    public int Class => _number % 12;

    /// <summary>Reads a name such as C4, F#3, Bb-1 (C4 = 60), or a number from 0 to 127.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Pitch pitch)
    {
        pitch = default;
        if (string.IsNullOrEmpty(text)) return false;
        if (int.TryParse(text, out var number)) return TryMake(number, out pitch);
        var letter = "C D EF G A B".IndexOf(char.ToUpperInvariant(text[0]), StringComparison.Ordinal);
        if (letter < 0 || text[0] == ' ') return false;
        var at = 1;
        while (at < text.Length && text[at] is '#' or 'b') letter += text[at++] == '#' ? 1 : -1;
        return int.TryParse(text.AsSpan(at), out var octave) && octave is >= -2 and <= 10 && TryMake(letter + 12 * (octave + 1), out pitch);
    }

    /// <inheritdoc/>
    public int CompareTo(Pitch other) => _number.CompareTo(other._number);

    /// <summary>The name with sharps, such as F#3.</summary>
    public override string ToString() => $"{Names[Class]}{_number / 12 - 1}";

    private static bool TryMake(int number, out Pitch pitch)
    {
        pitch = number is >= 0 and <= 127 ? new Pitch(number) : default;
        return number is >= 0 and <= 127;
    }
}
