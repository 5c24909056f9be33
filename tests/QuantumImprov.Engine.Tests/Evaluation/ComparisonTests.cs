using System.Collections.Immutable;
using QuantumImprov.Engine.Evaluation;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using Xunit;

namespace QuantumImprov.Engine.Tests.Evaluation;

public class ComparisonTests
{
    private const int Folds = 4;

    public static TheoryData<string> Blended => ["mixture", "loglinear", "mixture-tempered", "power", "council-classical", "council-0", "council-dephased", "council", "council-short"];

    [Fact]
    public void The_result_does_not_depend_on_the_jobs()
    {
        var set = Shipped(24);
        Assert.Equal(Bits(set, 1), Bits(set, 3));

        static double[] Bits(MelodySet set, int jobs) => [.. Run(set, jobs: jobs).SelectMany(s => s.Folds)];
    }

    [Fact]
    public void Uniform_costs_the_alphabet_and_every_model_that_learns_costs_less()
    {
        var set = Shipped(24);
        var scores = Run(set);
        Assert.All(scores[0].Folds, bits => Assert.Equal(Math.Log2(set.Alphabet.Length), bits, 1e-12));
        Assert.Equal("uniform", scores[0].Name);
        Assert.All(scores.Skip(1), s => Assert.True(s.Bits < scores[0].Bits, $"{s.Name} needs {s.Bits}."));
        Assert.True(scores.Single(s => s.Name == "council").Bits < scores.Single(s => s.Name == "ppm-both+").Bits);
    }

    // Each model's laws over the first half of a test melody are the same whatever follows, and each law sums to 1.
    [Theory]
    [MemberData(nameof(Blended))]
    public void What_comes_later_does_not_change_a_law(string model)
    {
        var set = Shipped(12);
        var tested = set.Melodies.Select((m, i) => i % Folds == 1 ? m with { Pitches = Turned(m.Pitches) } : m).ToImmutableArray();
        var (straight, turned) = (new LawBook(), new LawBook());
        Comparison.Run(set, Folds, [model], ContextTrie.MaxOrder, 3, 1, TimeProvider.System, (straight, model), stop: TestContext.Current.CancellationToken);
        Comparison.Run(new MelodySet(tested), Folds, [model], ContextTrie.MaxOrder, 3, 1, TimeProvider.System, (turned, model), stop: TestContext.Current.CancellationToken);

        // The first test melody of the fold: of the second, the members have learned the first.
        var first = set.Melodies[1];
        for (var i = 0; i <= first.Pitches.Length / 2; i++) Assert.Equal(straight.Laws[(1, first.Name, i)], turned.Laws[(1, first.Name, i)]);
        Assert.NotEqual(straight.Laws[(1, first.Name, first.Pitches.Length - 1)], turned.Laws[(1, first.Name, first.Pitches.Length - 1)]);
        Assert.All(straight.Laws.Values, law => Assert.Equal(1, law.Sum(), 1e-9));
        Assert.All(straight.Laws.Values, law => Assert.All(law, p => Assert.InRange(p, 1e-6, 1)));

        // The second half backwards; its notes, and so the alphabet, stay.
        static ImmutableArray<int> Turned(ImmutableArray<int> pitches)
        {
            var half = pitches.Length / 2;
            return [.. pitches[..half], .. pitches[half..].Reverse()];
        }
    }

    [Fact]
    public void The_bits_are_those_of_the_laws()
    {
        var set = Shipped(12);
        var book = new LawBook();
        var score = Comparison.Run(set, Folds, ["council"], ContextTrie.MaxOrder, 3, 1, TimeProvider.System, (book, "council"), stop: TestContext.Current.CancellationToken)[0];
        for (var fold = 0; fold < Folds; fold++)
        {
            var notes = set.Test(fold, Folds).SelectMany(m => m.Pitches.Select((pitch, i) => -Math.Log2(book.Laws[(fold, m.Name, i)][set.Alphabet.BinarySearch(pitch)]))).ToList();
            Assert.Equal(notes.Average(), score.Folds[fold], 1e-9);
        }
    }

    // Differences 1, 2, 0: mean 1, deviation 1, three folds.
    [Fact]
    public void Scores_are_means_of_fold_means_and_t_is_paired()
    {
        var (a, b) = (new ModelScore("a", [1, 2, 3], [], 0), new ModelScore("b", [2, 4, 3], [], 0));
        Assert.Equal((2.0, 3.0), (a.Bits, b.Bits));
        Assert.Equal(1 / Math.Sqrt(3), a.StandardError, 1e-12);
        Assert.Equal(Math.Sqrt(3), a.T(b), 1e-12);
        Assert.Equal(-Math.Sqrt(3), b.T(a), 1e-12);
        Assert.Equal(0, a.T(a));
    }

    private static ImmutableArray<ModelScore> Run(MelodySet set, int jobs = 2) =>
        Comparison.Run(set, Folds, Models.All, ContextTrie.MaxOrder, 3, jobs, TimeProvider.System, stop: TestContext.Current.CancellationToken);

    private static MelodySet Shipped(int count) =>
        new([.. ShippedRepertoire.Phrases.Take(count).Select((p, i) => new Melody($"{i}", [.. p.Notes.Select(n => n.Pitch.Number)]))]);

    private sealed class LawBook : ILawReader
    {
        public Dictionary<(int Fold, string Melody, int Index), double[]> Laws { get; } = [];

        public void Read(int fold, Melody melody, int index, ReadOnlySpan<double> law) => Laws[(fold, melody.Name, index)] = law.ToArray();
    }
}
