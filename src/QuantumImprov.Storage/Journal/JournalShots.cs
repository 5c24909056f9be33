using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using QuantumImprov.Quantum.Bank;

namespace QuantumImprov.Storage.Journal;

/// <summary>
/// The words of a law of shots (number, vendor, device, class, labels, law) and of a choice (its number; where shots served it, the law's number and what they read, a hex digit each or - for one that was not kept; with pure coins, their bits).
/// Every member that reads returns null for what no session writes, and never throws.
/// </summary>
internal static class JournalShots
{
    private const char Unkept = '-';
    private const int LongestName = 1024, MostCoins = 1 << 16;

    internal static string[] Write(RecordedLaw law) =>
    [
        Text(law.Number), law.Vendor, law.Device, Text(law.Class), string.Join(' ', law.Labels.Select(label => Text(label))), string.Join(' ', law.Law.Select(q => q.ToString("R", CultureInfo.InvariantCulture))),
    ];

    internal static string[] Write(RecordedDraw draw) =>
        draw.Law is not { } law ? [Text(draw.Number)]
        : draw.Coins.IsDefault ? [Text(draw.Number), Text(law.Number), Symbols(draw.Symbols)]
        : [Text(draw.Number), Text(law.Number), Symbols(draw.Symbols), string.Concat(draw.Coins.Select(coin => coin ? '1' : '0'))];

    internal static RecordedLaw? ReadLaw(string[] words)
    {
        if (words.Length != 6 || !Number(words[0], out var number) || words[1].Length > LongestName || words[2].Length > LongestName || !Number(words[3], out var @class) || @class >= ShotBank.MostClasses) return null;
        var (labels, law) = (words[4].Split(' '), words[5].Split(' '));
        if (labels.Length > ClassSpec.MostLabels || law.Length != labels.Length) return null;
        var (read, laws) = (new int[labels.Length], new double[labels.Length]);
        for (var s = 0; s < labels.Length; s++)
        {
            if (!int.TryParse(labels[s], NumberStyles.None, CultureInfo.InvariantCulture, out read[s]) || !double.TryParse(law[s], NumberStyles.Float, CultureInfo.InvariantCulture, out laws[s])) return null;
        }

        try
        {
            var told = new RecordedLaw(number, words[1], words[2], (int)@class, ImmutableCollectionsMarshal.AsImmutableArray(read), ImmutableCollectionsMarshal.AsImmutableArray(laws));
            _ = told.Batch;
            return told;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <param name="words">The words.</param>
    /// <param name="laws">The laws told before, by number.</param>
    internal static RecordedDraw? ReadDraw(string[] words, IReadOnlyDictionary<long, RecordedLaw> laws)
    {
        if (words.Length is not (1 or 3 or 4) || !Number(words[0], out var number)) return null;
        if (words.Length == 1) return new RecordedDraw(number, null, [], default);
        if (!Number(words[1], out var which) || !laws.TryGetValue(which, out var law) || words[2].Length > ShotBank.MostTries) return null;
        var symbols = ImmutableArray.CreateBuilder<sbyte>(words[2].Length);
        foreach (var c in words[2])
        {
            var symbol = c == Unkept ? -1 : char.IsAsciiHexDigitLower(c) ? Convert.ToInt32(c.ToString(), 16) : int.MaxValue;
            if (symbol >= law.Law.Length) return null;
            symbols.Add((sbyte)symbol);
        }

        if (words.Length == 3) return new RecordedDraw(number, law, symbols.ToImmutable(), default);
        return words[3].Length <= MostCoins && words[3].All(c => c is '0' or '1') ? new RecordedDraw(number, law, symbols.ToImmutable(), [.. words[3].Select(c => c == '1')]) : null;
    }

    private static string Symbols(ImmutableArray<sbyte> symbols) => string.Concat(symbols.Select(symbol => symbol < 0 ? Unkept : "0123456789abcdef"[symbol]));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool Number(string word, out long number) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
