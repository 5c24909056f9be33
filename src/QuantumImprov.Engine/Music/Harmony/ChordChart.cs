using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music.Harmony;

/// <summary>The chords of a tune, bar by bar, round and round; those of one bar share it evenly. Immutable.</summary>
public sealed class ChordChart
{
    /// <summary>The most bars, and the most chords in one.</summary>
    public const int MostBars = 999, MostInBar = 16;

    /// <summary>A chart of <paramref name="bars"/>, each of at least a chord.</summary>
    /// <param name="bars">Bar by bar.</param>
    /// <param name="key">The key it stands in; null: the one in which most of its chords are at home, the last one's before others.</param>
    public ChordChart(ImmutableArray<ImmutableArray<ChordSymbol>> bars, Key? key = null)
    {
        Bars = bars;
        Key = key ?? KeyOf(bars);
    }

    /// <summary>The chords, bar by bar.</summary>
    public ImmutableArray<ImmutableArray<ChordSymbol>> Bars { get; }

    /// <summary>The key it stands in.</summary>
    public Key Key { get; }

    /// <summary>The chord at <paramref name="at"/> in <paramref name="metre"/>, the first bar of the chart beginning at <paramref name="origin"/>.</summary>
    public ChordSymbol At(Beats at, Beats origin, Metre metre)
    {
        var inBar = (at - origin).Modulo(metre.Bar);
        var chords = Bars[(int)((at - inBar - origin).Ticks / metre.Bar.Ticks % Bars.Length + Bars.Length) % Bars.Length];
        return chords[(int)(inBar.Ticks * chords.Length / metre.Bar.Ticks)];
    }

    private static Key KeyOf(ImmutableArray<ImmutableArray<ChordSymbol>> bars)
    {
        var (best, most) = (default(Key), double.NegativeInfinity);
        var last = bars[^1][^1];
        for (var number = 0; number < 24; number++)
        {
            var key = new Key(number % 12, number < 12 ? Mode.Major : Mode.Minor);
            // Home is where the tune ends or begins; its chord has the third of its mode.
            var home = IsHome(last, key) ? 1.5 : 0;
            home += IsHome(bars[0][0], key) ? 1 : 0;
            var fits = bars.SelectMany(bar => bar.Select(chord => Share(chord, key) / bar.Length)).Average();
            if (home / 8 + fits > most) (best, most) = (key, home / 8 + fits);
        }

        return best;
    }

    private static bool IsHome(ChordSymbol chord, Key key) => chord.Root == key.Tonic && chord.Third == (key.Tonic + (key.Mode == Mode.Major ? 4 : 3)) % 12;

    // Of the chord's notes, how many the scale has.
    private static double Share(ChordSymbol chord, Key key)
    {
        var (held, all) = (0, 0);
        for (var pitchClass = 0; pitchClass < 12; pitchClass++)
        {
            if ((chord.Classes >> pitchClass & 1) == 0) continue;
            all++;
            held += key.Holds(pitchClass) ? 1 : 0;
        }

        return held / (double)all;
    }
}
