using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>How long the performer's last phrases were, from the first onset to the last release, in musical time: who plays phrases of four bars will hardly stop for good after one. Allocates nothing after construction. [engine]</summary>
public sealed class PhraseLengths
{
    /// <summary>Phrases that are remembered.</summary>
    public const int Window = 3;

    private readonly Beats[] _lengths = new Beats[Window];
    private int _heard;

    /// <summary>Nothing was heard yet.</summary>
    public void Forget() => _heard = 0;

    /// <summary>A phrase of <paramref name="length"/> is over.</summary>
    public void Hear(Beats length) => _lengths[_heard++ % Window] = length;

    /// <summary>How closely <paramref name="length"/> is that of a remembered phrase, 0 (a <paramref name="beat"/> away from all) to 1; 0 before the first.</summary>
    public double Nearness(Beats length, Beats beat)
    {
        var nearest = 0.0;
        foreach (var other in Remembered) nearest = Math.Max(nearest, 1 - (double)Math.Abs((length - other).Ticks) / beat.Ticks);
        return nearest;
    }

    /// <summary>Whether <paramref name="length"/> is by more than a <paramref name="beat"/> less than the length of the remembered phrases, of which there are two or more, none a beat longer than another; otherwise they say nothing.</summary>
    public bool IsShort(Beats length, Beats beat)
    {
        if (_heard < 2) return false;
        var (shortest, longest) = (_lengths[0], _lengths[0]);
        foreach (var other in Remembered) (shortest, longest) = (Beats.Min(shortest, other), Beats.Max(longest, other));
        return longest - shortest <= beat && length < shortest - beat;
    }

    private ReadOnlySpan<Beats> Remembered => _lengths.AsSpan(0, Math.Min(_heard, Window));
}
