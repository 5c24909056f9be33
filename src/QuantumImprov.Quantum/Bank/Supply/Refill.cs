using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;

namespace QuantumImprov.Quantum.Bank.Supply;

/// <summary>
/// Decides what the next job runs: every class is to last as long as a slow job takes, and the wait for the next place in the queue, with room for chance. One number of shots serves all circuits of a job, as most vendors have it, so
/// a class that needs much gets its circuit several times. Pure.
/// </summary>
public static class Refill
{
    /// <summary>How much longer than a slow job the stock is to last.</summary>
    public const double Safety = 1.5;

    /// <summary>The least a class that is used at all is to hold.</summary>
    public const int LeastLevel = 48;

    /// <summary>No job is worth sending below this share of the stock that is wanted.</summary>
    public const double WorthSending = .12;

    // A note takes about so many shots at a time, which makes use clump.
    private const double Clump = 12;

    private static readonly int[] ShotSizes = [64, 128, 256, 512, 1024, 2048, 4096, 8192];

    /// <summary>How long the stock is to last.</summary>
    public static TimeSpan Depth(LatencyRecord latency, DeviceProfile device, TimeSpan least)
    {
        var wanted = Safety * (latency.Slow + TimeSpan.FromMinutes(1.0 / Math.Max(1, device.JobsAMinute)));
        return wanted > least ? wanted : least;
    }

    /// <summary>Shots a class is to hold to last for <paramref name="seconds"/>: the mean use, three times its spread, and the least level.</summary>
    public static int Wanted(double rate, double seconds) => (int)Math.Ceiling((rate * seconds) + (3 * Math.Sqrt(rate * seconds * Clump)) + LeastLevel);

    /// <summary>The next job; null when the stock is high enough, or nothing can be had for the money.</summary>
    /// <param name="classes">How the classes stand.</param>
    /// <param name="underWay">Shots of each class number that are ordered already.</param>
    /// <param name="depth">How long the stock is to last.</param>
    /// <param name="device">What a job may hold and costs.</param>
    /// <param name="money">What may be spent.</param>
    public static JobPlan? Plan(IReadOnlyList<ClassView> classes, IReadOnlyDictionary<int, int> underWay, TimeSpan depth, DeviceProfile device, decimal money)
    {
        var wanted = classes.Select(c => Wanted(c.Rate, depth.TotalSeconds) + c.Calibration).ToArray();
        var missing = new List<(ClassSpec Spec, int Shots, double Urgency)>();
        var (lacking, all) = (0L, 0L);
        for (var i = 0; i < classes.Count; i++)
        {
            var there = classes[i].Level + underWay.GetValueOrDefault(classes[i].Spec.Class);
            all += wanted[i];
            if (there >= wanted[i]) continue;
            lacking += wanted[i] - there;
            missing.Add((classes[i].Spec, wanted[i] - there, (1 + classes[i].Rate) * (1 - (there / (double)wanted[i]))));
        }

        var empty = missing.Any(m => m.Shots > .6 * Wanted(0, 0) && m.Urgency > 1);
        if (missing.Count == 0 || (lacking < WorthSending * all && !empty)) return null;
        missing.Sort((a, b) => b.Urgency.CompareTo(a.Urgency));
        foreach (var shots in Sizes(missing.Select(m => m.Shots), device))
        {
            var plan = Fill(missing, shots, device);
            // What the money does not reach is left out from the end, where it is least urgent.
            while (plan.Circuits.Length > 0 && device.Pricing.Of(plan.ToRequest("price")) > money) plan = plan with { Circuits = plan.Circuits[..^Math.Max(1, plan.Circuits.Length / 8)] };
            if (plan.Circuits.Length > 0) return plan;
        }

        return null;
    }

    private static JobPlan Fill(List<(ClassSpec Spec, int Shots, double Urgency)> missing, int shots, DeviceProfile device)
    {
        var circuits = ImmutableArray.CreateBuilder<ClassSpec>();
        var left = missing.Select(m => m.Shots).ToArray();
        for (var round = true; round && circuits.Count < device.MostCircuits;)
        {
            round = false;
            for (var i = 0; i < left.Length && circuits.Count < device.MostCircuits; i++)
            {
                if (left[i] <= 0) continue;
                circuits.Add(missing[i].Spec);
                left[i] -= shots;
                round = true;
            }
        }

        return new JobPlan(circuits.ToImmutable(), shots);
    }

    // The smallest size with which everything missing fits into one job; then smaller ones, should money be short.
    private static IEnumerable<int> Sizes(IEnumerable<int> missing, DeviceProfile device)
    {
        var needs = missing.ToList();
        var sizes = ShotSizes.Where(s => s <= device.MostShots).DefaultIfEmpty(device.MostShots).ToList();
        var fits = sizes.FindIndex(s => needs.Sum(n => (n + s - 1) / s) <= device.MostCircuits);
        for (var i = fits < 0 ? sizes.Count - 1 : fits; i >= 0; i--) yield return sizes[i];
    }
}
