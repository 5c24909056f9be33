using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// Guesses a beat from the onsets of one phrase when nobody has stated a tempo: of all periods between .3 s and 1 s the one on whose beats, halves and quarters
/// the onsets lie most closely, with a gentle preference for .55 s, where people tap (Parncutt 1994). The first onset is taken as a beat. Allocates nothing. [engine]
/// </summary>
public static class BeatFinding
{
    private const double Shortest = .3, Longest = 1.0, Preferred = .55, Spread = .55;

    /// <summary>The tempo that fits <paramref name="notes"/>, or null with fewer than three onsets.</summary>
    public static Tempo? Find(ReadOnlySpan<HeardNote> notes)
    {
        if (notes.Length < 3) return null;
        var (best, bestScore) = (Preferred, double.NegativeInfinity);
        for (var period = Shortest; period <= Longest; period *= 1.01)
        {
            var score = Fit(notes, period);
            if (score > bestScore) (best, bestScore) = (period, score);
        }

        for (var step = .005; step > .0002; step /= 2)
        {
            foreach (var factor in (ReadOnlySpan<double>)[1 - step, 1 + step])
            {
                var score = Fit(notes, best * factor);
                if (score > bestScore) (best, bestScore) = (best * factor, score);
            }
        }

        return Tempo.FromBpm(Math.Clamp(60 / best, Tempo.Slowest, Tempo.Fastest));
    }

    private static double Fit(ReadOnlySpan<HeardNote> notes, double period)
    {
        var sum = 0.0;
        // Long phrases: the last 64 onsets say enough, and keep the cost bounded.
        var from = Math.Max(0, notes.Length - 64);
        for (var i = from + 1; i < notes.Length; i++)
        {
            var phase = 2 * Math.PI * notes[i].On.SecondsSince(notes[from].On) / period;
            sum += .5 * Math.Cos(phase) + .35 * Math.Cos(2 * phase) + .25 * Math.Cos(4 * phase);
        }

        var octaves = Math.Log2(period / Preferred) / Spread;
        return sum / (notes.Length - from - 1) - .12 * octaves * octaves;
    }
}
