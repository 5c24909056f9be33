using System.Diagnostics;

namespace QuantumImprov.Bench.Ratios;

/// <summary>Medians and tails of a thing done again and again.</summary>
internal static class Timing
{
    /// <summary>
    /// Times samples of a few calls each, long enough for the clock (about 20 us), after a warm-up. A busy machine only lengthens samples, so the median of many short ones is what the code costs.
    /// </summary>
    /// <param name="what">One call.</param>
    /// <param name="perCall">How many units (circuits, shots, steps) one call does.</param>
    /// <param name="seconds">How long to measure.</param>
    internal static Figures Measure(Action what, int perCall = 1, double seconds = 1)
    {
        var clock = Stopwatch.StartNew();
        var warm = 0;
        while (warm < 20 || clock.Elapsed.TotalSeconds < seconds / 3)
        {
            what();
            warm++;
        }

        var calls = Math.Max(1, (int)(warm * 20e-6 / clock.Elapsed.TotalSeconds));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++) what();
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(calls * perCall);

        var samples = new List<double>(1 << 16);
        clock.Restart();
        while (clock.Elapsed.TotalSeconds < seconds && samples.Count < 1 << 16)
        {
            var from = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++) what();
            samples.Add(Stopwatch.GetElapsedTime(from).TotalMicroseconds / (calls * perCall));
        }

        samples.Sort();
        return new Figures(samples[samples.Count / 2], samples[Math.Min(samples.Count - 1, (int)(.99 * samples.Count))], (long)Math.Round(allocated));
    }
}
