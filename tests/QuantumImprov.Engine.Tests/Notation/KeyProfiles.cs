using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Notation;

namespace QuantumImprov.Engine.Tests.Notation;

/// <summary>The key a listener hears: the best correlation of sounded time by pitch class with the profiles of Krumhansl and Kessler (1982).</summary>
internal static class KeyProfiles
{
    private static readonly double[] Major = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
    private static readonly double[] Minor = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];

    public static Key Best(Tune tune)
    {
        var time = new double[12];
        foreach (var note in tune.Notes) time[note.Pitch.Class] += note.Duration.Quarters;
        return Enumerable.Range(0, 24).Select(k => new Key(k % 12, (Mode)(k / 12))).MaxBy(k => Correlation(time, k));
    }

    public static Key Relative(Key key) => key.Mode == Mode.Major ? new Key((key.Tonic + 9) % 12, Mode.Minor) : new Key((key.Tonic + 3) % 12, Mode.Major);

    private static double Correlation(double[] time, Key key)
    {
        var profile = key.Mode == Mode.Major ? Major : Minor;
        var (meanTime, meanProfile) = (time.Average(), profile.Average());
        double product = 0, timeSquare = 0, profileSquare = 0;
        for (var c = 0; c < 12; c++)
        {
            var (t, p) = (time[c] - meanTime, profile[(c - key.Tonic + 12) % 12] - meanProfile);
            (product, timeSquare, profileSquare) = (product + t * p, timeSquare + t * t, profileSquare + p * p);
        }

        return product / Math.Sqrt(timeSquare * profileSquare);
    }
}
