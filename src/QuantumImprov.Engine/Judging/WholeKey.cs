using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Judging;

/// <summary>
/// The key answers are judged in: of the 24 major and minor keys the one whose Krumhansl-Kessler probe-tone profile (1982) correlates best with how often each pitch class occurs, every note
/// counting 1. It shares nothing with the partner's own key finding: a ruler does not grow with what it measures.
/// </summary>
public static class WholeKey
{
    private static readonly double[] Major = Standard([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]);
    private static readonly double[] Minor = Standard([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]);

    /// <summary>The key of <paramref name="pitches"/>; of keys that fit equally the lowest tonic, major before minor. C major without notes.</summary>
    public static Key Of(IEnumerable<int> pitches)
    {
        var counts = new int[12];
        foreach (var pitch in pitches) counts[pitch % 12]++;
        var (key, best) = (default(Key), double.NegativeInfinity);
        for (var tonic = 0; tonic < 12; tonic++)
        {
            foreach (var mode in (ReadOnlySpan<Mode>)[Mode.Major, Mode.Minor])
            {
                var fit = Fit(counts, new Key(tonic, mode));
                if (fit > best + 1e-12) (key, best) = (new Key(tonic, mode), fit);
            }
        }

        return key;
    }

    // The correlation but for a factor that is the same for every key.
    private static double Fit(int[] counts, Key key)
    {
        var (profile, fit) = (key.Mode == Mode.Major ? Major : Minor, 0.0);
        for (var degree = 0; degree < 12; degree++) fit += profile[degree] * counts[(degree + key.Tonic) % 12];
        return fit;
    }

    private static double[] Standard(double[] profile)
    {
        var mean = profile.Average();
        var norm = Math.Sqrt(profile.Sum(p => (p - mean) * (p - mean)));
        return [.. profile.Select(p => (p - mean) / norm)];
    }
}
