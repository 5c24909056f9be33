using System.Collections.Immutable;
using System.Numerics;

namespace QuantumImprov.Engine.Music.Harmony;

/// <summary>Names the chord that sounding notes make. Allocates nothing.</summary>
public static class ChordNaming
{
    private static readonly string[] Kinds = ["", "m", "7", "maj7", "m7", "m7b5", "dim7", "6", "m6", "sus4", "7sus4", "aug", "dim", "sus2", "m(maj7)", "5"];

    // By kind, usual ones first.
    private static readonly ImmutableArray<ChordSymbol> Known =
        [.. Kinds.SelectMany(kind => Scale.Roots.Select(root => ChordSymbol.TryParse(root + kind, out var chord) ? chord : throw new InvalidOperationException($"{root}{kind} is no chord.")))];

    /// <summary>
    /// The chord that has most of <paramref name="classes"/> (bit by bit, bit 0 is C; at least one) and least else, on <paramref name="bass"/>, a pitch class, before others, with all of them as its notes.
    /// </summary>
    public static ChordSymbol Of(int classes, int bass)
    {
        var (best, most) = (Known[0], int.MinValue);
        foreach (var chord in Known)
        {
            var score = 4 * BitOperations.PopCount((uint)(classes & chord.Classes)) - 3 * BitOperations.PopCount((uint)(classes & ~chord.Classes)) - 3 * BitOperations.PopCount((uint)(chord.Classes & ~classes)) + (chord.Root == bass ? 2 : 0);
            if (score > most) (best, most) = (chord, score);
        }

        return best with { Classes = classes };
    }
}
