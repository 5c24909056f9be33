using System.Globalization;
using System.Text;

namespace QuantumImprov.Engine.Music.Notation;

/// <summary>
/// Writes tunes in the notation of <c>docs/notation.md</c>, so that <see cref="TuneReader"/> reads the same tune again. Equal halves of a passage become a
/// repeat, notes that divide a unit of the metre evenly become a group. Thread-safe.
/// </summary>
public static class TuneWriter
{
    private const int BarsInALine = 4;

    /// <summary>Writes a tune.</summary>
    /// <exception cref="ArgumentException">The tune is not one that <see cref="Tune"/> says can be written; the message says why.</exception>
    public static string Write(Tune tune)
    {
        ArgumentNullException.ThrowIfNull(tune);
        if (TuneRules.Broken(tune) is { } broken) throw new ArgumentException(broken, nameof(tune));
        var text = new StringBuilder();
        WriteHeading(tune, text);
        WriteBars(BarLayout.Of(tune), new BarWriter(tune), text);
        return text.ToString();
    }

    /// <summary>The shortest decimal that is read as this very tempo.</summary>
    internal static string? TempoText(Tempo tempo)
    {
        for (var digits = 0; digits <= 12; digits++)
        {
            var text = tempo.BeatsPerMinute.ToString("F" + digits, CultureInfo.InvariantCulture);
            var bpm = double.Parse(text, CultureInfo.InvariantCulture);
            if (bpm is >= Tempo.Slowest and <= Tempo.Fastest && Tempo.FromBpm(bpm) == tempo) return text;
        }

        return null;
    }

    private static void WriteHeading(Tune tune, StringBuilder text)
    {
        text.Append($"title: {tune.Title}\n");
        if (tune.Source.Length > 0) text.Append($"source: {tune.Source}\n");
        text.Append($"metre: {tune.Metre}\n");
        text.Append($"tempo: {TempoText(tune.Tempo)}\n");
        text.Append($"key: {tune.Key}\n");
        if (tune.PickUp > Beats.Zero) text.Append($"pickup: {BarRules.Fraction(tune.PickUp.Ticks, Beats.PerQuarter * 4 / tune.Metre.Denominator)}\n");
        text.Append('\n');
    }

    private static void WriteBars(BarLayout layout, BarWriter writer, StringBuilder text)
    {
        var written = 0;
        for (var b = 0; b < layout.Count;)
        {
            var repeated = layout.RepeatedFrom(b);
            var last = b + Math.Max(1, repeated) - 1;
            for (var each = b; each <= last; each++)
            {
                if (repeated > 0 && each == b) text.Append("|: ");
                text.Append(writer.Write(layout[each]));
                var next = each == last ? last + 1 + repeated : each + 1;
                var endsLine = next >= layout.Count || ++written % BarsInALine == 0;
                if (repeated > 0 && each == last) text.Append(" :|");
                else if (endsLine || each < last || layout.RepeatedFrom(next) == 0) text.Append(" |");
                text.Append(endsLine ? '\n' : ' ');
            }

            b = last + 1 + repeated;
        }
    }
}
