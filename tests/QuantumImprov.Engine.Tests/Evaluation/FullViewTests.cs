using System.Collections.Immutable;
using QuantumImprov.Engine.Evaluation;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Evaluation;

public class FullViewTests
{
    private const int Folds = 4;
    private static readonly Beats Sixteenth = new(Beats.PerQuarter / 4);

    // In the full view a law may know the onset and duration of its own note, and nothing of any later one: neither pitch nor rhythm.
    [Theory]
    [InlineData("mixture")]
    [InlineData("power")]
    [InlineData("council")]
    public void What_comes_later_does_not_change_a_law(string model)
    {
        var set = Shipped(12);
        var tested = set.Melodies.Select((m, i) => i % Folds == 1 ? Turned(m) : m).ToImmutableArray();
        var (straight, turned) = (new LawBook(), new LawBook());
        Run(set, model, straight);
        Run(new MelodySet(tested), model, turned);
        var first = set.Melodies[1];
        var half = first.Pitches.Length / 2;
        for (var i = 0; i <= half; i++) Assert.Equal(straight.Laws[(1, first.Name, i)], turned.Laws[(1, first.Name, i)]);
        Assert.NotEqual(straight.Laws[(1, first.Name, first.Pitches.Length - 1)], turned.Laws[(1, first.Name, first.Pitches.Length - 1)]);
        Assert.All(straight.Laws.Values, law => Assert.Equal(1, law.Sum(), 1e-9));

        // The notes of the second half backwards, and after its first note other onsets and durations.
        Melody Turned(Melody melody)
        {
            var at = melody.Pitches.Length / 2;
            return melody with
            {
                Pitches = [.. melody.Pitches[..at], .. melody.Pitches[at..].Reverse()],
                Times = [.. melody.Times.Select((t, i) => i <= at ? t : t with { Onset = t.Onset + 6 * (i - at), Duration = t.Duration + 12, Place = (t.Place + 6 * (i - at)) % t.Bar })],
            };
        }
    }

    // Nothing foretells a fair coin: a bit for each, and a leak would make it cheaper. Three standard errors below one are .976.
    [Fact]
    public void Rhythm_that_follows_nothing_costs_what_it_is_worth()
    {
        var random = new Xoshiro(5);
        var set = new MelodySet([.. Enumerable.Range(0, 20).Select(i => Random($"{i}"))]);
        var score = Comparison.Run(set, Folds, ["council"], ContextTrie.MaxOrder, 3, 2, TimeProvider.System, view: View.Full, stop: TestContext.Current.CancellationToken)[0];
        Assert.InRange(score.Onset!.Value, .976, 1.2);
        Assert.InRange(score.Duration!.Value, .976, 1.2);
        Assert.InRange(score.Bits, .976, 1.2);

        Melody Random(string name)
        {
            var (onset, times, pitches) = (Beats.Zero, new List<NoteTime>(), new List<int>());
            for (var i = 0; i < 100; i++)
            {
                times.Add(NoteTime.Of(onset, Sixteenth * (1 + random.NextInt(2)), Beats.Zero, Metre.Of(4, 4)));
                pitches.Add(60 + 7 * random.NextInt(2));
                onset += Sixteenth * (2 + random.NextInt(2));
            }

            return new Melody(name, [.. pitches]) { Times = [.. times] };
        }
    }

    // Random pitches but for the downbeats, which are always C: only who knows the place in the bar can tell when.
    [Fact]
    public void Knowing_the_rhythm_foretells_what_depends_on_it()
    {
        var random = new Xoshiro(6);
        var set = new MelodySet([.. Enumerable.Range(0, 16).Select(i => Downbeats($"{i}"))]);
        var (pitch, full) = (Bits(View.Pitch), Bits(View.Full));
        Assert.True(full < pitch - .08, $"{full:0.000} bits instead of {pitch:0.000}.");

        double Bits(View view) => Comparison.Run(set, Folds, ["council"], ContextTrie.MaxOrder, 3, 2, TimeProvider.System, view: view, stop: TestContext.Current.CancellationToken)[0].Bits;

        Melody Downbeats(string name)
        {
            var (onset, times, pitches) = (Beats.Zero, new List<NoteTime>(), new List<int>());
            for (var i = 0; i < 80; i++)
            {
                var time = NoteTime.Of(onset, Sixteenth, Beats.Zero, Metre.Of(4, 4));
                times.Add(time);
                pitches.Add(time.Place == 0 ? 60 : 60 + random.NextInt(8));
                onset += Sixteenth * (2 + 2 * random.NextInt(2));
            }

            return new Melody(name, [.. pitches]) { Times = [.. times] };
        }
    }

    [Fact]
    public void Melodies_drawn_in_the_full_view_leave_what_was_learned_as_it_was()
    {
        var (set, drawn) = (Shipped(16), new Generation());
        Assert.Equal(Bits(null), Bits(drawn));
        Assert.InRange(drawn.Of("council").MeanInterval, .5, 7);

        double[] Bits(Generation? generation) =>
            [.. Comparison.Run(set, Folds, ["council"], ContextTrie.MaxOrder, 3, 2, TimeProvider.System, generation: generation, view: View.Full, stop: TestContext.Current.CancellationToken)[0].Folds];
    }

    private static void Run(MelodySet set, string model, LawBook book) =>
        Comparison.Run(set, Folds, [model], ContextTrie.MaxOrder, 3, 1, TimeProvider.System, (book, model), view: View.Full, stop: TestContext.Current.CancellationToken);

    private static MelodySet Shipped(int count) => new([.. ShippedRepertoire.Phrases.Take(count).Select((p, i) => new Melody($"{i}", [.. p.Notes.Select(n => n.Pitch.Number)])
    {
        Times = [.. p.Notes.Select(n => NoteTime.Of(n.Onset, n.Duration, Beats.Zero, p.Metre))],
    })]);

    private sealed class LawBook : ILawReader
    {
        public Dictionary<(int Fold, string Melody, int Index), double[]> Laws { get; } = [];

        public void Read(int fold, Melody melody, int index, ReadOnlySpan<double> law) => Laws[(fold, melody.Name, index)] = law.ToArray();
    }
}
