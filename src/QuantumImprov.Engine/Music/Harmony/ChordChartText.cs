using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music.Harmony;

/// <summary>Reads chord charts as they are written by hand: <c>| Dm7 G7 | Cmaj7 | % |</c>.</summary>
public static class ChordChartText
{
    private const string KeyLine = "key:", AgainBar = "%", AgainChord = "/";

    /// <summary>
    /// The chart that <paramref name="text"/> describes: bars between upright lines (the first and last of a line may be left out), <c>%</c> the bar before once more, <c>/</c> the chord before once more; a line may say <c>key: Bb major</c>, and
    /// one that begins with <c>#</c> and a space says nothing. Null, with what is wrong in one sentence, when it describes none.
    /// </summary>
    public static ChordChart? Read(string text, out string fault)
    {
        var bars = ImmutableArray.CreateBuilder<ImmutableArray<ChordSymbol>>();
        Key? key = null;
        var number = 0;
        foreach (var whole in text.Split('\n'))
        {
            number++;
            var line = whole.Trim();
            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal) || line == "#") continue;
            if (line.StartsWith(KeyLine, StringComparison.OrdinalIgnoreCase))
            {
                if (!Key.TryParse(line[KeyLine.Length..].Trim(), out var stated)) return Faulty($"Line {number} names the key \"{Short(line[KeyLine.Length..].Trim())}\"; allowed is a key such as \"Bb major\" or \"F# minor\".", out fault);
                key = stated;
                continue;
            }

            foreach (var bar in line.Trim('|').Split('|'))
            {
                if (ReadBar(bar, bars, number, out fault) is not { } chords) return null;
                if (bars.Count == ChordChart.MostBars) return Faulty($"There are more than {ChordChart.MostBars} bars.", out fault);
                bars.Add(chords);
            }
        }

        if (bars.Count == 0) return Faulty("There is no bar; allowed is text such as \"| Dm7 G7 | Cmaj7 |\".", out fault);
        fault = "";
        return new ChordChart(bars.ToImmutable(), key);
    }

    private static ImmutableArray<ChordSymbol>? ReadBar(string bar, ImmutableArray<ImmutableArray<ChordSymbol>>.Builder before, int line, out string fault)
    {
        fault = "";
        var words = bar.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is [AgainBar])
        {
            if (before.Count > 0) return before[^1];
            fault = $"Line {line} has \"%\" before any bar; allowed is a chord.";
            return null;
        }

        if (words.Length is 0 or > ChordChart.MostInBar)
        {
            fault = $"Line {line} has a bar of {words.Length} chords; allowed are 1 to {ChordChart.MostInBar}.";
            return null;
        }

        var chords = ImmutableArray.CreateBuilder<ChordSymbol>();
        foreach (var word in words)
        {
            if (word == AgainChord && (chords.Count > 0 || before.Count > 0))
            {
                chords.Add(chords.Count > 0 ? chords[^1] : before[^1][^1]);
            }
            else if (ChordSymbol.TryParse(word, out var chord))
            {
                chords.Add(chord);
            }
            else
            {
                fault = $"Line {line} has \"{Short(word)}\", which is no chord; allowed is a root from A to G with # or b, and what is usual after it, such as \"m7\", \"maj7\", \"7b9\", \"sus4\", \"dim\" or \"/E\".";
                return null;
            }
        }

        return chords.ToImmutable();
    }

    private static ChordChart? Faulty(string what, out string fault)
    {
        fault = what;
        return null;
    }

    private static string Short(string text) => text.Length <= 30 ? text : text[..27] + "...";
}
