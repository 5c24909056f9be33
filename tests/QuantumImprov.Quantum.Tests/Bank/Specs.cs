using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Tests.Bank;

/// <summary>Editions, laws and batches at random; everything follows from the seed.</summary>
internal static class Specs
{
    internal static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    internal static ClassSpec Random(ulong seed, int @class = 0, int labels = 12, int members = 2, int coins = 0, int first = 60)
    {
        var random = new Xoshiro(seed);
        return new ClassSpec(@class, [.. Enumerable.Range(first, labels)], [.. Enumerable.Range(0, labels * members).Select(_ => .05 + random.NextDouble())], [.. Enumerable.Range(0, members).Select(_ => .2 + random.NextDouble())], coins);
    }

    internal static double[] Law(Xoshiro random, int candidates, double sharpness = 3)
    {
        var law = new double[candidates];
        for (var x = 0; x < candidates; x++) law[x] = Math.Pow(random.NextDouble(), sharpness);
        var total = law.Sum();
        return [.. law.Select(p => p / total)];
    }

    internal static ShotBatch Run(ClassSpec spec, IQuantumBackend device, int shots, ImmutableArray<double> known = default, string job = "job-1")
    {
        var counts = (Counts)device.RunAsync(spec.ToCircuit(), shots).AsTask().Result;
        return new ShotBatch(spec, "test", device.Name, job, Noon, counts.Shots) { KnownLaw = known.IsDefault ? [] : known };
    }

    internal static ImmutableArray<ulong> Shots(QuantumImprov.Quantum.Circuits.Circuit circuit, int shots, ulong seed) => ((Counts)new LocalBackend(new Xoshiro(seed)).RunAsync(circuit, shots).AsTask().Result).Shots;

    internal static NoisyDevice Device(NoiseProfile profile, ulong seed) => new(profile, new Xoshiro(seed));
}
