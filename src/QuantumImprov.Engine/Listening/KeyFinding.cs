using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// The running key: of the 24 major and minor keys the one whose Krumhansl-Kessler probe-tone profile (1982) correlates best with the pitch classes heard,
/// older notes counting less. Allocates nothing after construction; a copy continues from the same notes. [engine]
/// </summary>
public sealed class KeyFinding
{
    private static readonly double[] MajorProfile = Centred([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]);
    private static readonly double[] MinorProfile = Centred([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]);

    /// <summary>What a note's weight is multiplied by at each later note: after 48 notes it counts half.</summary>
    public const double Forgetting = .9857;

    private readonly double[] _weights = new double[12];

    /// <summary>The best key so far; C major before the first note.</summary>
    public Key Key { get; private set; }

    /// <summary>Whether any note was heard.</summary>
    public bool Knows { get; private set; }

    /// <summary>The pitch classes that lately made up at least 3 % of what was heard, bit by bit: bit 0 is C.</summary>
    public int Heard
    {
        get
        {
            var (total, mask) = (0.0, 0);
            foreach (var weight in _weights) total += weight;
            for (var i = 0; i < 12; i++) mask |= _weights[i] > 0 && _weights[i] >= .03 * total ? 1 << i : 0;
            return mask;
        }
    }

    /// <summary>How well what was heard correlates with the profile of <paramref name="key"/>, -1 to 1; 0 before the first note.</summary>
    public double Correlation(Key key) => Correlation(_weights, key);

    /// <summary>The same for weights by pitch class, C first.</summary>
    public static double Correlation(ReadOnlySpan<double> weights, Key key)
    {
        var profile = key.Mode == Mode.Major ? MajorProfile : MinorProfile;
        double mean = 0, square = 0, score = 0;
        foreach (var weight in weights) mean += weight / 12;
        for (var degree = 0; degree < 12; degree++)
        {
            var weight = weights[(degree + key.Tonic) % 12] - mean;
            square += weight * weight;
            score += profile[degree] * weight;
        }

        return square > 0 ? score / Math.Sqrt(square) : 0;
    }

    /// <summary>Hears a note of <paramref name="weight"/> (its length in beats, or 1).</summary>
    public void Hear(int pitch, double weight = 1)
    {
        for (var i = 0; i < 12; i++) _weights[i] *= Forgetting;
        Count(pitch, weight);
    }

    /// <summary>The same, with older notes counting as much: for a melody that is known as a whole.</summary>
    public void Count(int pitch, double weight = 1)
    {
        _weights[pitch % 12] += weight;
        Knows = true;
        var best = double.NegativeInfinity;
        for (var tonic = 0; tonic < 12; tonic++)
        {
            Consider(new Key(tonic, Mode.Major), MajorProfile, ref best);
            Consider(new Key(tonic, Mode.Minor), MinorProfile, ref best);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_weights);
        Key = default;
        Knows = false;
    }

    /// <summary>Continues from what <paramref name="other"/> has heard.</summary>
    public void CopyFrom(KeyFinding other)
    {
        other._weights.CopyTo(_weights, 0);
        Key = other.Key;
        Knows = other.Knows;
    }

    private void Consider(Key key, double[] profile, ref double best)
    {
        var score = 0.0;
        for (var degree = 0; degree < 12; degree++) score += profile[degree] * _weights[(degree + key.Tonic) % 12];
        if (score <= best) return;
        best = score;
        Key = key;
    }

    // Centred and of unit length, so that the two modes' scores can be compared.
    private static double[] Centred(double[] profile)
    {
        var mean = profile.Average();
        var norm = Math.Sqrt(profile.Sum(p => (p - mean) * (p - mean)));
        return [.. profile.Select(p => (p - mean) / norm)];
    }
}
