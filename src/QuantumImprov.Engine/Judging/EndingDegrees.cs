using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Judging;

/// <summary>How often melodies end on each degree: semitones above the tonic, 0 to 11.</summary>
public sealed class EndingDegrees
{
    private readonly double[] _weights = new double[12];

    /// <summary>A melody in <paramref name="key"/> ended on <paramref name="pitch"/>.</summary>
    public void Add(Key key, int pitch) => _weights[key.Degree(pitch)]++;

    /// <summary>Adds the shares of <paramref name="other"/>, which has counted something: 1 in all.</summary>
    public void Add(EndingDegrees other)
    {
        var total = other._weights.Sum();
        for (var degree = 0; degree < 12; degree++) _weights[degree] += other._weights[degree] / total;
    }

    /// <summary>The total variation, half the sum of the differences, 0 to 1; null when either has counted nothing.</summary>
    public double? Variation(EndingDegrees other)
    {
        var (mine, theirs) = (_weights.Sum(), other._weights.Sum());
        return mine == 0 || theirs == 0 ? null : Enumerable.Range(0, 12).Sum(d => Math.Abs(_weights[d] / mine - other._weights[d] / theirs)) / 2;
    }
}
