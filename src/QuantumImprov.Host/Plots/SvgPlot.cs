using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;

namespace QuantumImprov.Host.Plots;

/// <summary>Charts below each other as one SVG picture that needs nothing else: system fonts, colours that hold up in print and for the colour-blind, every line named at its end.</summary>
public static class SvgPlot
{
    private const double Width = 760, PanelHeight = 340, Left = 64, Right = 170, Top = 40, Bottom = 48;
    private const int Ticks = 5;
    private const double LabelHeight = 14;

    // Okabe and Ito's palette, and black.
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8C6D31"];
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The picture as text. Charts without a point are left out.</summary>
    public static string Draw(IEnumerable<LineChart> charts)
    {
        var shown = charts.Select(c => c with { Lines = [.. c.Lines.Select(Sound).Where(l => l.Points.Length > 0)] }).Where(c => !c.Lines.IsEmpty).ToList();
        var picture = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Number(Width)} {Number(PanelHeight * Math.Max(1, shown.Count))}"),
            new XAttribute("font-family", "sans-serif"),
            new XAttribute("font-size", "12"),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "#fff")),
            shown.Select((chart, i) => new XElement(Svg + "g", new XAttribute("transform", $"translate(0 {Number(i * PanelHeight)})"), Panel(chart))));
        return new XDocument(picture) + "\n";
    }

    private static ChartLine Sound(ChartLine line) => line with { Points = [.. line.Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y))] };

    private static IEnumerable<XElement> Panel(LineChart chart)
    {
        var points = chart.Lines.SelectMany(l => l.Points).ToList();
        var (least, greatest) = (points.Min(p => p.X), points.Max(p => p.X));
        var (low, high, step) = Scale(chart.FromZero ? 0 : points.Min(p => p.Y), points.Max(p => p.Y));
        yield return Text(chart.Title, Left, 22, "start", bold: true);
        yield return Text(chart.Across, (Left + Width - Right) / 2, PanelHeight - 8, "middle");
        var up = Text(chart.Up, 0, 0, "middle");
        up.Add(new XAttribute("transform", $"translate(16 {Number((Top + PanelHeight - Bottom) / 2)}) rotate(-90)"));
        yield return up;
        for (var y = low; y <= high + step / 2; y += step)
        {
            yield return Line([(Left, Y(y)), (Width - Right, Y(y))], "#ddd", 1);
            yield return Text(Number(Math.Round(y, 6)), Left - 8, Y(y) + 4, "end");
        }

        foreach (var x in points.Select(p => p.X).Distinct().Order().Where((_, i) => points.Select(p => p.X).Distinct().Count() <= 11 || i % 2 == 0))
            yield return Text(Number(Math.Round(x, 6)), X(x), PanelHeight - Bottom + 18, "middle");
        var free = double.NegativeInfinity;
        var ends = chart.Lines.Select((line, i) => (line, colour: Colours[i % Colours.Length], end: Y(line.Points[^1].Y))).OrderBy(l => l.end).ToList();
        foreach (var (line, colour, end) in ends)
        {
            yield return Line([.. line.Points.Select(p => (X(p.X), Y(p.Y)))], colour, 2);
            // Names that would lie on each other move down.
            free = Math.Max(end, free + LabelHeight);
            var name = Text(line.Name, Width - Right + 8, free + 4, "start");
            name.Add(new XAttribute("fill", colour));
            yield return name;
        }

        double X(double x) => Left + (greatest > least ? (x - least) / (greatest - least) : .5) * (Width - Right - Left);
        double Y(double y) => PanelHeight - Bottom - (y - low) / (high - low) * (PanelHeight - Bottom - Top);
    }

    // Round numbers around the values: steps of 1, 2 or 5 times a power of ten.
    private static (double Low, double High, double Step) Scale(double least, double greatest)
    {
        var span = Math.Max(greatest - least, 1e-6);
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / Ticks)));
        var step = power * (span / Ticks / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return (Math.Floor(least / step) * step, Math.Ceiling(greatest / step + 1e-9) * step, step);
    }

    private static XElement Text(string text, double x, double y, string anchor, bool bold = false) => new(
        Svg + "text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("text-anchor", anchor), bold ? new XAttribute("font-weight", "bold") : null, text);

    private static XElement Line(ImmutableArray<(double X, double Y)> points, string colour, double width) => new(
        Svg + "polyline",
        new XAttribute("points", string.Join(' ', points.Select(p => $"{Number(p.X)},{Number(p.Y)}"))),
        new XAttribute("fill", "none"),
        new XAttribute("stroke", colour),
        new XAttribute("stroke-width", Number(width)));

    private static string Number(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);
}
