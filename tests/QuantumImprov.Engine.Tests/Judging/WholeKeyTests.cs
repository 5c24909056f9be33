using QuantumImprov.Engine.Judging;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Judging;

public class WholeKeyTests
{
    [Theory]
    [InlineData("C4 E4 G4 C5 D4 F4 B4 C4", "C major")]
    [InlineData("A4 C5 E5 A4 G#4 B4 D5 A4", "A minor")]
    [InlineData("F#4 A4 C#5 F#4 E#4 F#4", "F# minor")]
    public void The_key_is_the_one_whose_profile_fits_best(string words, string key) => Assert.Equal(key, WholeKey.Of(Lines.Melody(words).Measured.Select(n => n.Pitch)).ToString());

    // The textbook formula, for every key: the correlation of the counts with the profile turned to the tonic.
    [Fact]
    public void It_is_the_best_correlation_of_24()
    {
        double[] major = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88], minor = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            int[] pitches = [.. Enumerable.Range(0, 20).Select(_ => 48 + random.Next(24) * random.Next(2))];
            double[] counts = [.. Enumerable.Range(0, 12).Select(c => (double)pitches.Count(p => p % 12 == c))];
            var fits = Enumerable.Range(0, 24).ToDictionary(k => new Key(k % 12, (Mode)(k / 12)), k => Correlation(counts, [.. Enumerable.Range(0, 12).Select(c => (k < 12 ? major : minor)[(c - k % 12 + 12) % 12])]));
            Assert.Equal(fits.Values.Max(), fits[WholeKey.Of(pitches)], 1e-9);
        }
    }

    [Fact]
    public void Any_transposition_moves_the_key_along()
    {
        int[] tune = [60, 62, 64, 65, 67, 64, 60, 59, 60];
        for (var up = 0; up < 12; up++) Assert.Equal(new Key(up, Mode.Major), WholeKey.Of(tune.Select(p => p + up)));
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
    }
}
