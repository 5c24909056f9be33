using System.Collections.Immutable;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// How a performer lets one note follow the other, learned over the session: by how much the time from onset to onset exceeds the time a key is held, over the last
/// <see cref="Window"/> notes, and how long the performer is silent within a phrase. Allocates nothing after construction. [engine]
/// </summary>
public sealed class Articulation
{
    /// <summary>Notes that are remembered.</summary>
    public const int Window = 24;

    /// <summary>What the longest silence is multiplied by at each later note: after 34 notes it counts half.</summary>
    public const double Fading = .98;

    // What is expected before anything was heard counts as four notes.
    private static readonly ImmutableArray<double> Expected = [1, 1.1, 1.2, 1.4];
    private readonly double[] _ratios = [.. Expected, .. new double[Window - 4]];
    private int _heard = 4;

    /// <summary>From onset to onset, in times the key was held, as it is as often more as less; at least 1; 1.2 before the first note.</summary>
    public double Usual { get; private set; } = 1.2;

    /// <summary>The same, as only one note in ten exceeds it; 1.4 before the first note.</summary>
    public double Late { get; private set; } = 1.4;

    /// <summary>The longest silence within a phrase lately, in seconds; .15 before the first note.</summary>
    public double Breath { get; private set; } = .15;

    /// <summary>Nothing was heard yet.</summary>
    public void Forget()
    {
        Expected.CopyTo(_ratios);
        (_heard, Usual, Late, Breath) = (4, 1.2, 1.4, .15);
    }

    /// <summary>A note was held for <paramref name="held"/> seconds, and the next came <paramref name="next"/> seconds after its onset and <paramref name="silent"/> (0 or more) after the last key had come up.</summary>
    public void Hear(double held, double next, double silent)
    {
        Breath = Math.Max(Breath * Fading, silent);
        _ratios[_heard++ % Window] = Math.Max(1, next / Math.Max(held, .001));
        Span<double> sorted = stackalloc double[Window];
        sorted = sorted[..Math.Min(_heard, Window)];
        _ratios.AsSpan(0, sorted.Length).CopyTo(sorted);
        Ordering.Sort(sorted);
        (Usual, Late) = (sorted[sorted.Length / 2], sorted[sorted.Length * 9 / 10]);
    }
}
