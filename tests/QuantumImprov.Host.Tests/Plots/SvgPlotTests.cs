using System.Globalization;
using System.Xml.Linq;
using QuantumImprov.Host.Plots;
using Xunit;

namespace QuantumImprov.Host.Tests.Plots;

public class SvgPlotTests
{
    [Fact]
    public void Every_point_stands_where_the_axes_say()
    {
        var picture = XDocument.Parse(SvgPlot.Draw([new LineChart("A & B", "x", "y", [new ChartLine("one", [(0, 0), (5, 1), (10, 2)]), new ChartLine("two", [(0, 2), (10, double.NaN)])])]));
        var texts = picture.Descendants().Where(e => e.Name.LocalName == "text").ToList();
        Assert.Contains(texts, t => t.Value == "A & B");
        Assert.Contains(texts, t => t.Value == "one");
        var line = picture.Descendants().Where(e => e.Name.LocalName == "polyline" && e.Attribute("stroke-width")!.Value == "2").Select(Points).Single(p => p.Length == 3);
        // Straight in the data, straight in the picture, and at the height of its own numbers.
        Assert.Equal(line[1].X, (line[0].X + line[2].X) / 2, 1e-3);
        Assert.Equal(line[1].Y, (line[0].Y + line[2].Y) / 2, 1e-3);
        Assert.Equal(line[0].Y, Height("0"), 1e-3);
        Assert.Equal(line[2].Y, Height("2"), 1e-3);

        double Height(string number) => texts.Where(t => t.Value == number && t.Attribute("text-anchor")!.Value == "end").Select(t => Of(t, "y") - 4).Single();
    }

    [Fact]
    public void Names_at_one_height_do_not_lie_on_each_other_and_what_has_no_number_is_left_out()
    {
        var lines = Enumerable.Range(0, 8).Select(i => new ChartLine($"line {i}", [(0, i), (1, 5)]));
        var picture = XDocument.Parse(SvgPlot.Draw([new LineChart("t", "x", "y", [.. lines]), new LineChart("nothing", "x", "y", [new ChartLine("none", [(1, double.NaN)])])]));
        var names = picture.Descendants().Where(e => e.Name.LocalName == "text" && e.Value.StartsWith("line ", StringComparison.Ordinal)).Select(e => Of(e, "y")).Order().ToList();
        Assert.Equal(8, names.Count);
        for (var i = 1; i < names.Count; i++) Assert.True(names[i] - names[i - 1] >= 13);
        Assert.DoesNotContain("nothing", picture.ToString(), StringComparison.Ordinal);
    }

    private static (double X, double Y)[] Points(XElement line) =>
        [.. line.Attribute("points")!.Value.Split(' ').Select(p => p.Split(',')).Select(p => (double.Parse(p[0], CultureInfo.InvariantCulture), double.Parse(p[1], CultureInfo.InvariantCulture)))];

    private static double Of(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
