using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace QuantumImprov.Engine.Music.Notation;

/// <summary>
/// Reads tunes in the notation of <c>docs/notation.md</c>. Strict: what is not allowed is a fault, and all faults of a text (of more than 1,000 the
/// first 1,000) are found at once. The time it takes grows with the length of the text and nothing else. Thread-safe.
/// </summary>
public static class TuneReader
{
    /// <summary>The longest text that is read, in UTF-16 units.</summary>
    public const int LongestText = 1_000_000;

    /// <summary>Reads a tune.</summary>
    /// <exception cref="FormatException">The text has faults; the message holds them all, one a line.</exception>
    public static Tune Read(string text) => TryRead(text, out var tune, out var faults) ? tune : throw new FormatException(string.Join('\n', faults));

    /// <summary>Reads a tune, or says in <paramref name="faults"/>, in order of place, everything that is wrong with it.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out Tune? tune, out ImmutableArray<NotationFault> faults)
    {
        ArgumentNullException.ThrowIfNull(text);
        var list = new FaultList();
        tune = text.Length > LongestText ? TooLong(text, list) : Read(text, list);
        faults = list.InOrder();
        if (!list.IsEmpty) tune = null;
        return tune is not null;
    }

    private static Tune? TooLong(string text, FaultList faults)
    {
        faults.Add(1, 1, $"a text of {text.Length} characters", $"at most {LongestText}");
        return null;
    }

    private static Tune? Read(string text, FaultList faults)
    {
        var heading = new Heading(faults);
        var tokens = new List<Token>();
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        int? music = null;
        for (var n = 0; n < lines.Length; n++)
        {
            var line = lines[n];
            if (line.AsSpan().TrimStart() is "" or ['/', '/', ..]) continue;
            if (!Heading.IsHeading(line, out var name, out var valueAt))
            {
                music ??= n + 1;
                Lexer.Cut(line, n + 1, tokens);
            }
            else if (music is null) heading.Read(line, n + 1, name, valueAt);
            else faults.Add(n + 1, 1, FaultList.Quote(name + ":"), "the heading before the first note");
        }

        heading.Finish(music ?? lines.Length);
        var metre = heading.Metre ?? default;
        var bars = new BarParser(tokens, Beats.PerQuarter * 4 / metre.Denominator, faults).Read();
        if (bars.Count == 0) faults.Add(lines.Length, 1, "no music", "at least one bar");
        if (heading is { Metre: not null, PickUp: { } pickUp }) BarRules.CheckLengths(bars, metre, pickUp, faults);
        BarRules.FollowTies(bars, faults);

        // Notes that are misread would only collide with each other.
        if (!faults.IsEmpty) return null;
        var (notes, length) = Assembler.Assemble(bars, faults);
        return new Tune(heading.Title, heading.Source, metre, heading.Tempo, heading.Key, notes, length, heading.PickUp ?? Beats.Zero);
    }
}
