namespace QuantumImprov.Engine.Music.Harmony;

/// <summary>What a chord's name says after its root, as semitones above the root.</summary>
/// <param name="Degrees">Its notes, bit by bit; bit 0 is the root.</param>
/// <param name="Third">Its third, or what is suspended in its place.</param>
/// <param name="Fifth">Its fifth.</param>
/// <param name="Raised">Those that, where they are no note of the key, stand in place of the one a semitone below, bit by bit.</param>
/// <param name="Lowered">The same for the one above. The root and a plain fifth are in neither: the root's own sign says it.</param>
internal readonly record struct ChordTones(int Degrees, int Third, int Fifth, int Raised, int Lowered)
{
    // Longer words first, where one begins with another.
    private static readonly (string Word, Action<Draft> Means)[] Words =
    [
        ("maj", d => d.Major = true), ("Maj", d => d.Major = true), ("M", d => d.Major = true), ("Δ", d => (d.Major, d.Seventh) = (true, d.Seventh ?? 11)),
        ("min", d => d.Third = 3), ("mi", d => d.Third = 3), ("m", d => d.Third = 3), ("-", d => d.Third = 3),
        ("dim", d => (d.Third, d.Fifth, d.Diminished) = (3, 6, true)), ("°", d => (d.Third, d.Fifth, d.Diminished) = (3, 6, true)), ("o", d => (d.Third, d.Fifth, d.Diminished) = (3, 6, true)),
        ("ø", d => (d.Third, d.Fifth, d.Seventh) = (3, 6, 10)), ("aug", d => d.Fifth = 8), ("+", d => d.Fifth = 8),
        ("sus2", d => d.Third = 2), ("sus4", d => d.Third = 5), ("sus", d => d.Third = 5), ("alt", d => (d.Fifth, d.Seventh, d.More) = (8, 10, d.More | 1 << 1 | 1 << 3)),
        ("add9", d => d.More |= 1 << 2), ("add11", d => d.More |= 1 << 5), ("add13", d => d.More |= 1 << 9),
        ("6/9", d => d.More |= 1 << 9 | 1 << 2), ("69", d => d.More |= 1 << 9 | 1 << 2),
        ("b5", d => d.Fifth = 6), ("#5", d => d.Fifth = 8), ("b9", d => d.More |= 1 << 1), ("#9", d => d.More |= 1 << 3), ("#11", d => d.More |= 1 << 6), ("b13", d => d.More |= 1 << 8),
        ("13", d => d.Extend(1 << 2 | 1 << 9)), ("11", d => d.Extend(1 << 2 | 1 << 5)), ("9", d => d.Extend(1 << 2)), ("7", d => d.Extend(0)), ("6", d => d.More |= 1 << 9), ("5", d => d.Third = 7),
        ("(", _ => { }), (")", _ => { }), (",", _ => { }),
    ];

    /// <summary>Reads what follows the root; false where a word is none.</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, out ChordTones tones)
    {
        var draft = new Draft();
        tones = default;
        while (!text.IsEmpty)
        {
            var known = false;
            foreach (var (word, means) in Words)
            {
                if (!text.StartsWith(word, StringComparison.Ordinal)) continue;
                means(draft);
                text = text[word.Length..];
                known = true;
                break;
            }

            if (!known) return false;
        }

        tones = draft.ToTones();
        return true;
    }

    private sealed class Draft
    {
        internal bool Major { get; set; }

        internal bool Diminished { get; set; }

        internal int Third { get; set; } = 4;

        internal int Fifth { get; set; } = 7;

        internal int? Seventh { get; set; }

        internal int More { get; set; }

        internal void Extend(int more) => (Seventh, More) = (Seventh ?? (Major ? 11 : Diminished ? 9 : 10), More | more);

        internal ChordTones ToTones()
        {
            var degrees = 1 | 1 << Third | 1 << Fifth | More | (Seventh is { } seventh ? 1 << seventh : 0);
            var (raised, lowered) = (More & ~(1 << 1 | 1 << 8), More & (1 << 1 | 1 << 8));
            Take(Third, raises: Third == 4);
            if (Fifth != 7) Take(Fifth, raises: Fifth == 8);
            if (Seventh is { } also) Take(also, raises: also == 11);
            return new ChordTones(degrees, Third, Fifth, raised, lowered);

            void Take(int degree, bool raises)
            {
                if (raises) raised |= 1 << degree;
                else lowered |= 1 << degree;
            }
        }
    }
}
