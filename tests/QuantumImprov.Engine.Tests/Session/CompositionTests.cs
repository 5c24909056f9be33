using System.Collections.Immutable;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

public class CompositionTests
{
    [Theory]
    [InlineData(1, 4, 4)]
    [InlineData(7, 3, 4)]
    [InlineData(34, 6, 8)]
    public void A_piece_has_its_bars_no_overlaps_and_ends_on_the_tonic(int bars, int numerator, int denominator)
    {
        var (learned, metre, preset) = (ShippedRepertoire.Learn(), Metre.Of(numerator, denominator), new Preset { KeyLock = 1 });
        var timeline = new Timeline(Tempo.FromBpm(100), metre, default, default);
        var start = metre.Bar * 2;
        var notes = Composition.Compose(learned, preset, ShippedRepertoire.Phrases, null, bars, start, timeline, 5);
        Assert.Equal(start, notes[0].On);
        for (var i = 1; i < notes.Length; i++) Assert.True(notes[i - 1].Off <= notes[i].On && notes[i - 1].On < notes[i].On);
        var end = start + metre.Bar * bars;
        Assert.True(notes[^1].Off < end && notes[^1].Off > end - metre.Bar);
        Assert.All(notes, n => Assert.InRange(n.Pitch, preset.Low.Number, preset.High.Number));
        // All of it is in one key, and the last note is at home there.
        Assert.Contains(Enumerable.Range(0, 24).Select(k => new Key(k % 12, (Mode)(k / 12))), key => key.Degree(notes[^1].Pitch) == 0 && notes.All(n => key.Holds(n.Pitch)));
        // Room between phrases of four bars: none is silent.
        for (var bar = 0; bar + 4 <= bars; bar += 4) Assert.Contains(notes, n => n.On >= start + metre.Bar * bar && n.On < start + metre.Bar * (bar + 4));
    }

    [Fact]
    public void The_same_seed_writes_the_same_piece_and_another_another()
    {
        var learned = ShippedRepertoire.Learn();
        Assert.Equal(Piece(5), Piece(5));
        Assert.NotEqual(Piece(5), Piece(6));

        ImmutableArray<AheadNote> Piece(ulong seed) => Composition.Compose(learned, new Preset(), ShippedRepertoire.Phrases, null, 4, default, default, seed);
    }

    [Fact]
    public void With_nothing_to_go_by_it_writes_plain_beats()
    {
        var notes = Composition.Compose(new LearnedMusic(), new Preset(), [], null, 8, default, default, 1);
        Assert.True(notes.Length >= 16);
        Assert.Equal(0, notes[^1].Pitch % 12);
    }
}
