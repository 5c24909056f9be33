using QuantumImprov.Engine.Evaluation;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using Xunit;

namespace QuantumImprov.Engine.Tests.Evaluation;

public class GenerationTests
{
    // By hand: the first melody has the four-runs abcd bcda cdab dabc abcd and, of eight notes, one run that was learned; its pitch classes are even.
    [Fact]
    public void Figures_are_those_counted_by_hand()
    {
        int[] four = [60, 62, 64, 65, 60, 62, 64, 65];
        var figures = MelodyFigures.Of([four], [[60, 62, 64, 65, 60, 62, 64, 65, 67], [72, 74]]);
        Assert.Equal(new MelodyFigures(2, 4 / 5.0, 1, 1, 0, (2 + 2 + 1 + 5 + 2 + 2 + 1) / 7.0), figures);

        // A fifth higher nothing is the same but the steps.
        int[] tune = [60, 62, 64, 65, 60, 62, 64, 65, 67], higher = [.. tune.Select(p => p + 7)];
        figures = MelodyFigures.Of([higher], [tune]);
        Assert.Equal((0.0, 0.0, 1.0), (figures.Copy4, figures.Copy8, figures.IntervalCopy8));

        // Melodies shorter than a run have none.
        Assert.Equal(new MelodyFigures(0, 0, 0, 0, 0, 0), MelodyFigures.Of([[60], []], []));
    }

    [Fact]
    public void Drawing_melodies_changes_no_bits_and_the_same_seed_draws_the_same()
    {
        var set = Shipped(20);
        var (first, second, other) = (new Generation(), new Generation(), new Generation());
        var plain = Bits(3, null);
        Assert.Equal(plain, Bits(3, first));
        Bits(3, second);
        Bits(4, other);
        Assert.Equal([Generation.Human, "power", "council"], first.Names);
        foreach (var name in first.Names) Assert.Equal(first.Of(name), second.Of(name));
        Assert.Equal(first.Of(Generation.Human), other.Of(Generation.Human));
        Assert.NotEqual(first.Of("council"), other.Of("council"));
        Assert.NotEqual(first.Of("council"), first.Of("power"));

        // A council that has learned sixteen tunes moves by step and stays within them; pitches at random would have .99 and more.
        Assert.InRange(first.Of("council").MeanInterval, 1, 6);
        Assert.InRange(first.Of("council").Distinct4, .2, .97);

        double[] Bits(ulong seed, Generation? generation) =>
            [.. Comparison.Run(set, 4, ["power", "council"], ContextTrie.MaxOrder, seed, 2, TimeProvider.System, generation: generation, stop: TestContext.Current.CancellationToken).Single(s => s.Name == "power").Folds];
    }

    [Fact]
    public void Dials_are_even_on_melodies_that_were_not_learned()
    {
        var dials = new DialTally();
        Comparison.Run(Shipped(48), 4, ["council"], ContextTrie.MaxOrder, 3, 2, TimeProvider.System, dials: dials, stop: TestContext.Current.CancellationToken);
        Assert.True(dials.Contexts > 200, $"{dials.Contexts} contexts.");
        for (var dial = 0; dial < DialTally.Dials.Length; dial++)
        {
            var end = dials.Variation(dial, DialTally.Steps);
            Assert.True(end > (dial == 0 ? .02 : .2), $"{DialTally.Dials[dial]} ends at {end:0.000}.");
            // Some 270 contexts; with thousands the steps are even to a hundredth of the whole.
            for (var step = 1; step <= DialTally.Steps; step++) Assert.Equal(step / (double)DialTally.Steps, dials.Variation(dial, step) / end, .08);
        }

        Assert.Equal(0, dials.Parameter(0, DialTally.Steps));
        Assert.Equal(Math.PI, dials.Parameter(1, DialTally.Steps), 1e-9);
        Assert.Equal(1, dials.Parameter(2, DialTally.Steps));
    }

    private static MelodySet Shipped(int count) =>
        new([.. ShippedRepertoire.Phrases.Take(count).Select((p, i) => new Melody($"{i}", [.. p.Notes.Select(n => n.Pitch.Number)]))]);
}
