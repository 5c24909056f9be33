using System.Collections.Immutable;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Mitigation;

/// <summary>
/// Throws real shots away until those that are left follow another law: shot x stays with probability c q(x)/p(x), c = 1/max(q/p). What is left was read off the device, every one of it; nothing is put in its place. As exact as p, the device's own
/// law, is known. Pure but for the generator.
/// </summary>
public static class Thinning
{
    /// <summary>The shots that stay.</summary>
    /// <param name="shots">Words below the length of the laws.</param>
    /// <param name="device">p.</param>
    /// <param name="wanted">q.</param>
    /// <param name="random">Decides who stays.</param>
    public static ImmutableArray<ulong> Apply(ImmutableArray<ulong> shots, ReadOnlySpan<double> device, ReadOnlySpan<double> wanted, Xoshiro random)
    {
        var stays = Chances(device, wanted);
        var kept = ImmutableArray.CreateBuilder<ulong>();
        foreach (var shot in shots)
        {
            if (shot < (ulong)stays.Length && random.NextDouble() < stays[(int)shot]) kept.Add(shot);
        }

        return kept.ToImmutable();
    }

    /// <summary>The share of the shots that stays.</summary>
    public static double KeptShare(ReadOnlySpan<double> device, ReadOnlySpan<double> wanted)
    {
        var (share, stays) = (0.0, Chances(device, wanted));
        for (var w = 0; w < stays.Length; w++) share += device[w] * stays[w];
        return share;
    }

    private static double[] Chances(ReadOnlySpan<double> device, ReadOnlySpan<double> wanted)
    {
        if (device.Length != wanted.Length) throw new ArgumentException($"Got laws of {device.Length} and {wanted.Length} words.", nameof(wanted));
        var most = 0.0;
        for (var w = 0; w < device.Length; w++) most = device[w] > 0 ? Math.Max(most, wanted[w] / device[w]) : most;
        var stays = new double[device.Length];
        for (var w = 0; w < stays.Length; w++) stays[w] = device[w] > 0 && most > 0 ? wanted[w] / device[w] / most : 0;
        return stays;
    }
}
