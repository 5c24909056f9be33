using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using Xunit;

namespace QuantumImprov.Engine.Tests.Repertoire;

public class ViewpointTests
{
    private static readonly Gen<MelodicContext> Contexts = Gen.Select(Gen.Int[-1, 127], Gen.Int[0, 127], Gen.Int[0, 11], Gen.Bool)
        .Select((previous, first, tonic, minor) => new MelodicContext(previous, previous < 0 ? -1 : first, new Key(tonic, minor ? Mode.Minor : Mode.Major)));

    // 2,000 contexts, in each all 128 pitches.
    [Fact]
    public void In_every_context_every_default_viewpoint_gives_each_pitch_a_symbol_of_its_own_within_its_range() =>
        Contexts.Sample(context =>
        {
            foreach (var viewpoint in Viewpoint.Default)
            {
                var seen = new HashSet<int>();
                for (var pitch = 0; pitch < 128; pitch++)
                {
                    var symbol = viewpoint.Of(context, pitch);
                    Assert.InRange(symbol, 0, viewpoint.Symbols - 1);
                    Assert.True(seen.Add(symbol), $"{viewpoint.Name}: {pitch} in {context}");
                }
            }
        }, iter: 2_000);

    // A trie's bucket holds a symbol in 24 bits.
    [Fact]
    public void No_viewpoint_has_more_symbols_than_a_trie_can_hold() =>
        Assert.All([.. Viewpoint.Default, .. TimedViewpoints.Pitch, .. TimedViewpoints.Onset, .. TimedViewpoints.Duration], v => Assert.InRange(v.Symbols, 1, 1 << 24));

    [Fact]
    public void An_interval_is_the_same_wherever_it_starts_and_a_degree_in_whatever_key()
    {
        var (low, high) = (new MelodicContext(40, 40, new Key(0, Mode.Major)), new MelodicContext(71, 50, new Key(7, Mode.Minor)));
        for (var step = -12; step <= 12; step++) Assert.Equal(Viewpoint.Interval.Of(low, 40 + step), Viewpoint.Interval.Of(high, 71 + step));
        var (inC, inD) = (new MelodicContext(60, 60, new Key(0, Mode.Major)), new MelodicContext(61, 70, new Key(2, Mode.Major)));
        for (var degree = 0; degree < 12; degree++) Assert.Equal(Viewpoint.Degree.Of(inC, 60 + degree), Viewpoint.Degree.Of(inD, 62 + degree));
    }

    [Fact]
    public void Linked_viewpoints_tell_apart_where_an_interval_arrives()
    {
        // A rising second from each of the twelve pitch classes, in a line that began on D and in the key of G.
        var symbols = Enumerable.Range(60, 12).Select(from => new MelodicContext(from, 50, new Key(7, Mode.Major))).ToList();
        Assert.Equal(12, symbols.Select(c => Viewpoint.IntervalAndOrigin.Of(c, c.Previous + 2)).Distinct().Count());
        Assert.Equal(12, symbols.Select(c => Viewpoint.IntervalAndDegree.Of(c, c.Previous + 2)).Distinct().Count());
        foreach (var context in symbols)
        {
            var octaveUp = context with { Previous = context.Previous + 12 };
            Assert.Equal(Viewpoint.IntervalAndOrigin.Of(context, context.Previous + 2), Viewpoint.IntervalAndOrigin.Of(octaveUp, octaveUp.Previous + 2));
        }
    }

    [Fact]
    public void Names_are_unique_since_repertoire_files_go_by_them() =>
        Assert.Equal(Viewpoint.Default.Length, Viewpoint.Default.Select(v => v.Name).Distinct().Count());
}
