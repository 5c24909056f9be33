using System.Collections.Immutable;
using System.Globalization;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music.Harmony;

namespace QuantumImprov.Host.Live;

/// <summary>The names and forms of what stands in a journal about a session's start, beside preset, seed and timeline.</summary>
public static class SessionGiven
{
    /// <summary>Which build played; whether the tempo was <see cref="Stated"/> or <see cref="Found"/>; how long the output lets notes wait; the written chords; that a device's shots chose, each choice told as <see cref="Shots"/>; what was known, packed or <see cref="Shipped"/>.</summary>
    public const string Build = "build", Tempo = "tempo", Latency = "latency", Chart = "chart", Device = "device", Repertoire = "repertoire";

    /// <summary>What is said of the device where the journal tells of each choice.</summary>
    public const string Shots = "shots";

    /// <summary>What can be said of the tempo and the repertoire.</summary>
    public const string Stated = "stated", Found = "found", Shipped = "shipped";

    /// <summary>The command that brought shots.</summary>
    public const string Bank = "bank";

    /// <summary><paramref name="table"/> as one line: the constant, then velocities with what they add.</summary>
    public static string Write(LatencyTable table) =>
        string.Join(' ', table.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Velocity}:{p.Ms:R}")).Prepend(table.Ms.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>The table that <see cref="Write(LatencyTable)"/> wrote; null when it is none.</summary>
    public static LatencyTable? ReadLatency(string line)
    {
        var words = line.Split(' ');
        var points = ImmutableArray.CreateBuilder<LatencyPoint>();
        foreach (var word in words.Skip(1))
        {
            var colon = word.IndexOf(':');
            if (colon < 0 || !int.TryParse(word[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var velocity) || !TryNumber(word[(colon + 1)..], out var added)) return null;
            points.Add(new LatencyPoint(velocity, added));
        }

        return TryNumber(words[0], out var ms) ? LatencyTable.TryMake(ms, points.ToImmutable(), out _) : null;
    }

    /// <summary><paramref name="chart"/> as text that <see cref="ChordChartText"/> reads.</summary>
    public static string Write(ChordChart chart) => $"key: {chart.Key}\n| {string.Join(" | ", chart.Bars.Select(bar => string.Join(' ', bar.Select(chord => chord.Text))))} |";

    private static bool TryNumber(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
