using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>How much of the way to the next note notes are held, on average: small when they are played short, 1 when bound. Pure. [engine]</summary>
internal static class HoldShare
{
    // A phrase of rests is no reason to shorten what is borrowed from it beyond hearing.
    private const double Least = .1;

    /// <summary>That of <paramref name="notes"/>, in order of time, .1 to 1; 1 where no note follows another.</summary>
    internal static double Of<T>(ReadOnlySpan<T> notes)
        where T : struct, IPlaced
    {
        var (sum, ways) = (0.0, 0);
        for (var i = 1; i < notes.Length; i++)
        {
            var way = notes[i].Onset - notes[i - 1].Onset;
            if (way <= Beats.Zero) continue;
            sum += Math.Min(1, notes[i - 1].Duration.Ticks / (double)way.Ticks);
            ways++;
        }

        return ways == 0 ? 1 : Math.Max(Least, sum / ways);
    }
}
