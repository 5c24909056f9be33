using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Choosing;

public class ChordCouncilTests
{
    private const uint Root = 1 << 3 | 1 << 7, Sixth = 1 << 5 | 1 << 9, Seventh = 1 << 2 | 1 << 6 | 1 << 10;
    private static readonly Key C = default;

    // False alarm once in 100,000 for each of the four laws.
    [Theory]
    [InlineData(1)]
    [InlineData(.5)]
    [InlineData(0)]
    public void Shapes_are_measured_by_the_exact_law(double coherence)
    {
        var (shapes, council, random) = (Heard(), new ChordCouncil(), new Xoshiro(11));
        foreach (var (pitch, previous) in new[] { (67, -1), (64, 0), (62, 2), (61, 1) })
        {
            var law = new double[shapes.Count];
            council.WriteLaw(shapes, C, pitch, previous, coherence, law);
            Assert.Equal(1, law.Sum(), 1e-12);
            var counts = new int[shapes.Count];
            for (var i = 0; i < 20_000; i++) counts[council.Choose(shapes, C, pitch, previous, coherence, random)]++;
            ChiSquare.AssertFollows(law, counts, 1e-5);
        }
    }

    // |sum of sqrt(p) / 3|^2, written out.
    [Fact]
    public void At_full_coherence_the_views_interfere()
    {
        var (shapes, law, laws) = (Heard(), new double[3], new double[9]);
        new ChordCouncil().WriteLaw(shapes, C, 67, 0, 1, law);
        shapes.WriteLaws(C, 67, 0, laws);
        var weights = Enumerable.Range(0, 3).Select(x => Math.Pow(Enumerable.Range(0, 3).Sum(k => Math.Sqrt(laws[k * 3 + x])), 2)).ToArray();
        for (var x = 0; x < 3; x++) Assert.Equal(weights[x] / weights.Sum(), law[x], 1e-12);
    }

    [Fact]
    public void Without_chords_there_is_none() => Assert.Equal(-1, new ChordCouncil().Choose(new ChordShapes(), C, 60, -1, 1, new Xoshiro(1)));

    private static ChordShapes Heard()
    {
        var shapes = new ChordShapes();
        var previous = -1;
        foreach (var (pitch, shape) in new[] { (67, Root), (65, Sixth), (62, Seventh), (67, Root), (67, Root), (64, Sixth), (67, Root) }) previous = shapes.Hear(C, pitch, shape, previous);
        return shapes;
    }
}
