using QuantumImprov.Engine.Judging;
using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Randomness;
using Xunit;
using static QuantumImprov.Engine.Tests.Judging.Lines;

namespace QuantumImprov.Engine.Tests.Judging;

public class CallShuffleTests
{
    // An octave up and twice as fast. The call begins notes at 0 1 2 3 of the bar, the answer at 0 .5 1 1.5; neither has a run of four steps.
    [Fact]
    public void Features_are_those_worked_out_by_hand()
    {
        var features = PairFeatures.Of(Melody("C4 D4 E4 C4").Measured, Melody("C5:.5 D5:.5 E5:.5 C5:.5", 4).Measured);
        double[] expected = [0, 0, 12, 0, Math.Log(2), .5, 1, 0];
        Assert.Equal(PairFeatures.Count, features.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], features[i], 1e-12);
    }

    [Fact]
    public void Keys_are_apart_by_fifths_and_mode()
    {
        // C major and G major are a fifth apart, C major and A minor none but the mode; D and B major three.
        Assert.Equal((1, 0), Keys("C4 E4 G4 C5 F4 B3 C4", "G4 B4 D5 G5 C5 F#4 G4"));
        Assert.Equal((0, 1), Keys("C4 E4 G4 C5 F4 B3 C4", "A4 C5 E5 A4 G#4 B4 A4 E5"));
        Assert.Equal((3, 0), Keys("D4 F#4 A4 D5 G4 C#4 D4", "B3 D#4 F#4 B4 E4 A#3 B3"));

        static (double, double) Keys(string call, string answer) => PairFeatures.Of(Melody(call).Measured, Melody(answer).Measured) is [var fifths, var mode, ..] ? (fifths, mode) : default;
    }

    [Fact]
    public void Everyone_is_shuffled_to_somebody_else_and_nobody_is_left_out()
    {
        for (var count = 2; count < 30; count++)
        {
            var shuffled = CallShuffle.Shuffled([.. Enumerable.Range(100, count)], new Xoshiro((ulong)count));
            Assert.DoesNotContain(shuffled, p => p.Call == p.Answer);
            Assert.Equal(Enumerable.Range(100, count), shuffled.Select(p => p.Call).Order());
            Assert.Equal(Enumerable.Range(100, count), shuffled.Select(p => p.Answer).Order());
        }
    }

    // One feature, true where it is high: P is a half where there are as many of either kind, and the fit's derivative is zero.
    [Fact]
    public void The_classifier_finds_what_divides_and_heeds_nothing_else()
    {
        var random = new Random(3);
        var examples = Enumerable.Range(0, 400).Select(i => (new[] { i % 2 == 0 ? random.NextDouble() + .5 : random.NextDouble() - .5, random.NextDouble() * 100, 7 }, i % 2 == 0)).ToList();
        var classifier = new LogisticClassifier(examples);
        Assert.True(classifier.Probability([1.2, 50, 7]) > .9);
        Assert.True(classifier.Probability([-.2, 50, 7]) < .1);
        Assert.Equal(.5, classifier.Probability([.5, 50, 7]), .05);
        Assert.Equal(classifier.Probability([.5, 0, 7]), classifier.Probability([.5, 100, 7]), .15);

        // With a bias, a maximum of the likelihood gives as many as there are, up to the ridge.
        Assert.Equal(.5, examples.Average(e => classifier.Probability(e.Item1)), 1e-3);
    }

    // Calls high and low by turns: people and the first partner answer in the call's register, the second partner anywhere.
    [Fact]
    public void Answers_that_heed_the_call_are_told_apart_and_others_are_a_guess()
    {
        var random = new Random(4);
        var people = Enumerable.Range(0, 120).Select(i => Near(i, 0)).ToList();
        var heeding = Enumerable.Range(0, 120).Select(i => Near(i, 0)).ToList();
        var deaf = Enumerable.Range(0, 120).Select(i => Near(i, random.Next(-20, 20))).ToList();
        int[] folds = [.. Enumerable.Range(0, 120).Select(i => i % 10)];
        var (heard, unheard) = (CallShuffle.Of(people, heeding, folds, 7), CallShuffle.Of(people, deaf, folds, 7));
        Assert.Equal(240, heard.Decisions);
        Assert.True(heard.Human > .85 && heard.Partner > .85, $"{heard}");
        Assert.InRange(unheard.Partner!.Value, .35, .65);
        Assert.Equal(heard.Human, unheard.Human);
        Assert.Equal(heard, CallShuffle.Of(people, heeding, folds, 7));
        Assert.Equal(new CallShuffle(null, null, 0), CallShuffle.Of(people[..3], heeding[..3], [0, 1, 2], 7));

        CallAndAnswer Near(int i, int away)
        {
            var centre = 40 + i * 37 % 40;
            return new CallAndAnswer(Line(centre, 0), Line(centre + away, 8), new Key(0, Mode.Major));
        }

        System.Collections.Immutable.ImmutableArray<MeasuredNote> Line(int centre, double from) => Melody(string.Join(' ', Enumerable.Range(0, 8).Select(_ => centre + random.Next(-3, 4))), from).Measured;
    }
}
