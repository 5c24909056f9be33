using System.Diagnostics.CodeAnalysis;

namespace QuantumImprov.Engine.Music.Harmony;

/// <summary>A chord as it is written over a bar, such as <c>Bbmaj7</c>, <c>F#m7b5</c> or <c>C7/E</c>. Immutable.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Root">The pitch class of its root, 0 (C) to 11 (B).</param>
/// <param name="Classes">Its pitch classes, its bass among them, bit by bit; bit 0 is C.</param>
/// <param name="Third">Pitch class of what gives it its colour: its third, or what is suspended in its place.</param>
/// <param name="Fifth">Pitch class of its fifth.</param>
public readonly record struct ChordSymbol(string Text, int Root, int Classes, int Third, int Fifth)
{
    private const int Longest = 20;

    // Its notes that stand in place of the one a semitone below, or above, where they are none of the key; absolute.
    private (int Raised, int Lowered) Signs { get; init; }

    /// <summary>The pitch classes that belong while it sounds in <paramref name="key"/>: the signature's, but for what its own notes stand in place of, and its own.</summary>
    public int BelongingIn(Key key)
    {
        var classes = key.NaturalClasses;
        var foreign = Classes & ~classes;
        return (classes & ~(Scale.Turned(foreign & Signs.Raised, 11) | Scale.Turned(foreign & Signs.Lowered, 1))) | Classes;
    }

    /// <summary>Reads a chord: a root, then in any usual order <c>m</c>, <c>maj</c>, <c>dim</c>, <c>aug</c>, <c>sus2</c>, <c>sus4</c>, 5, 6, 7, 9, 11, 13, altered tones such as <c>b5</c> or <c>#11</c>, <c>add9</c>, and a bass after a slash.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ChordSymbol chord)
    {
        chord = default;
        if (text is null || text.Length > Longest) return false;
        var rest = text.AsSpan();
        if (!TryReadRoot(ref rest, out var root)) return false;
        int? bass = null;
        // A slash between digits is a sixth with its ninth.
        if (rest.IndexOf('/') is >= 0 and var slash && !rest[slash..].StartsWith("/9", StringComparison.Ordinal))
        {
            var after = rest[(slash + 1)..];
            if (!TryReadRoot(ref after, out var low) || !after.IsEmpty) return false;
            bass = low;
            rest = rest[..slash];
        }

        if (!ChordTones.TryRead(rest, out var tones)) return false;
        var classes = Scale.Turned(tones.Degrees, root) | (bass is { } added ? 1 << added : 0);
        // The root and a plain fifth of Eb stand in place of E and B, those of F# in place of F and C.
        var (plain, flat) = (1 | (tones.Fifth == 7 ? 1 << 7 : 0), text.Length > 1 && text[1] is 'b' or '♭');
        chord = new ChordSymbol(text, root, classes, (root + tones.Third) % 12, (root + tones.Fifth) % 12)
        {
            Signs = (Scale.Turned(tones.Raised | (flat ? 0 : plain), root), Scale.Turned(tones.Lowered | (flat ? plain : 0), root)),
        };
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool TryReadRoot(ref ReadOnlySpan<char> text, out int root)
    {
        root = 0;
        if (text.IsEmpty || "C D EF G A B".IndexOf(text[0], StringComparison.Ordinal) is not (>= 0 and var letter) || text[0] == ' ') return false;
        var shift = text.Length > 1 ? text[1] switch { '#' or '♯' => 1, 'b' or '♭' => -1, _ => 0 } : 0;
        text = text[(shift == 0 ? 1 : 2)..];
        root = (letter + shift + 12) % 12;
        return true;
    }
}
