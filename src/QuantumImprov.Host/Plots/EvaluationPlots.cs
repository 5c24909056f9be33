using QuantumImprov.Engine.Evaluation;

namespace QuantumImprov.Host.Plots;

/// <summary>What <c>evaluate --plot</c> shows: how fast models learn, what coherence is worth, and how even the dials are.</summary>
public static class EvaluationPlots
{
    // More lines than this are not told apart by anybody.
    private const int MostLines = 8;

    /// <summary>The picture of an evaluation; panels without figures are left out.</summary>
    public static string Draw(IReadOnlyList<ModelScore> scores, DialTally? dials)
    {
        // The best, and what is left out can be read in the table.
        var best = scores.OrderBy(s => s.Bits).Take(MostLines).ToList();
        var charts = new List<LineChart>
        {
            new("Learning curves", "notes of the melody heard, up to", "bits a note", [.. best.Select(s => new ChartLine(s.Name, [.. BitTally.Marks.Select((mark, i) => ((double)mark, s.Curve[i]))]))]),
        };
        if (dials is { Contexts: > 0 })
        {
            charts.Add(new LineChart("Coherence curve", "coherence dial", "bits a note", [new ChartLine(Models.Default, [.. DialTally.Coherences.Select((c, i) => (c, dials.Bits(i)))])]));
            charts.Add(new LineChart(
                "Dials",
                "turned so far",
                "total variation",
                [.. DialTally.Dials.Select((name, d) => new ChartLine(name, [.. Enumerable.Range(0, DialTally.Steps + 1).Select(step => (step / (double)DialTally.Steps, dials.Variation(d, step)))]))],
                FromZero: true));
        }

        return SvgPlot.Draw(charts);
    }
}
