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
            council.WriteLaw(shapes, new ChordPlace(C, pitch, previous), coherence, law);
            Assert.Equal(1, law.Sum(), 1e-12);
            var counts = new int[shapes.Count];
            for (var i = 0; i < 20_000; i++) counts[council.Choose(shapes, new ChordPlace(C, pitch, previous), coherence, random)]++;
            ChiSquare.AssertFollows(law, counts, 1e-5);
        }
    }

    // |sum of sqrt(p) / 3|^2, written out.
    [Fact]
    public void At_full_coherence_the_views_interfere()
    {
        var (shapes, law, laws) = (Heard(), new double[3], new double[9]);
        new ChordCouncil().WriteLaw(shapes, new ChordPlace(C, 67, 0), 1, law);
        shapes.WriteLaws(C, 67, 0, laws, 3);
        var weights = Enumerable.Range(0, 3).Select(x => Math.Pow(Enumerable.Range(0, 3).Sum(k => Math.Sqrt(laws[k * 3 + x])), 2)).ToArray();
        for (var x = 0; x < 3; x++) Assert.Equal(weights[x] / weights.Sum(), law[x], 1e-12);
    }

    // |sum of sqrt(p) + 5 r|^2 with r 1 for the call's chord and 0 for the others; false alarm once in 100,000 for each of the three laws.
    [Fact]
    public void The_call_s_chord_interferes_as_one_view_more_and_is_there_where_no_shape_belongs()
    {
        var (shapes, council, random, law, laws) = (Heard(), new ChordCouncil(), new Xoshiro(7), new double[4], new double[12]);
        var place = new ChordPlace(C, 67, 0, Again: UInt128.One << 40 | UInt128.One << 55);
        council.WriteLaw(shapes, place, 1, law);
        shapes.WriteLaws(C, 67, 0, laws, 4);
        double[] weights = [.. Enumerable.Range(0, 3).Select(x => Math.Pow(Enumerable.Range(0, 3).Sum(k => Math.Sqrt(laws[k * 4 + x])), 2)), 25];
        for (var x = 0; x < 4; x++) Assert.Equal(weights[x] / weights.Sum(), law[x], 1e-12);
        foreach (var coherence in (double[])[1, .4, 0])
        {
            council.WriteLaw(shapes, place, coherence, law);
            var counts = new int[4];
            for (var i = 0; i < 20_000; i++) counts[council.Choose(shapes, place, coherence, random)]++;
            ChiSquare.AssertFollows(law, counts, 1e-5);
        }

        Assert.Equal(0, council.Choose(new ChordShapes(), place, 1, random));
        for (var i = 0; i < 200; i++) Assert.Equal(3, council.Choose(shapes, place with { Belongs = 1 << 5 }, 1, random));
    }

    [Fact]
    public void Without_chords_there_is_none() => Assert.Equal(-1, new ChordCouncil().Choose(new ChordShapes(), new ChordPlace(C, 60, -1), 1, new Xoshiro(1)));

    // Under F the root position would have Bb, the sixth is C and Ab, the seventh Eb, B and G: only the last two lie in C minor's classes; with F alone no shape does.
    [Fact]
    public void A_shape_with_a_note_that_does_not_belong_is_never_chosen()
    {
        const int cMinor = 1 << 0 | 1 << 2 | 1 << 3 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 11;
        var (shapes, council, random, law) = (Heard(), new ChordCouncil(), new Xoshiro(4), new double[3]);
        var place = new ChordPlace(C, 65, 0, cMinor);
        council.WriteLaw(shapes, place, .7, law);
        Assert.Equal(0, law[shapes.IndexOf(Root)]);
        Assert.Equal(1, law.Sum(), 1e-12);
        var counts = new int[3];
        for (var i = 0; i < 20_000; i++) counts[council.Choose(shapes, place, .7, random)]++;
        ChiSquare.AssertFollows(law, counts, 1e-5);
        Assert.Equal(-1, council.Choose(shapes, place with { Belongs = 1 << 5 }, .7, random));
        Assert.True(new ChordPlace(C, 60, -1, 1 << 0 | 1 << 3 | 1 << 7, Above: true).Holds(Root));
        Assert.False(new ChordPlace(C, 60, -1, 1 << 0 | 1 << 3 | 1 << 7).Holds(Root));
    }

    private static ChordShapes Heard()
    {
        var shapes = new ChordShapes();
        var previous = -1;
        foreach (var (pitch, shape) in new[] { (67, Root), (65, Sixth), (62, Seventh), (67, Root), (67, Root), (64, Sixth), (67, Root) }) previous = shapes.Hear(C, pitch, shape, previous);
        return shapes;
    }
}
