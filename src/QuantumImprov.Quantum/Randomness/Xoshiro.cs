using System.Numerics;

namespace QuantumImprov.Quantum.Randomness;

/// <summary>
/// The one source of randomness of this house: xoshiro256++ (Blackman and Vigna, 2019), seeded through SplitMix64.
/// Passed as an argument everywhere; the same seed gives the same numbers on every platform. Not thread-safe; nothing is allocated after construction.
/// </summary>
public sealed class Xoshiro
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>Starts the stream that belongs to <paramref name="seed"/>; every 64-bit value is a valid seed.</summary>
    public Xoshiro(ulong seed) => Reseed(seed);

    /// <summary>Starts the stream of <paramref name="seed"/> again in place.</summary>
    public void Reseed(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A uniform number in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform integer in [0, <paramref name="bound"/>), without modulo bias (Lemire's multiplication). <paramref name="bound"/> is at least 1.</summary>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var range = (uint)bound;
        var threshold = (0u - range) % range;
        while (true)
        {
            var product = (NextBits() >> 32) * range;
            if ((uint)product >= threshold) return (int)(product >> 32);
        }
    }

    /// <summary>A seed for an independent stream named <paramref name="stream"/>: the same pair always gives the same seed.</summary>
    public static ulong Derive(ulong seed, ulong stream)
    {
        var state = seed ^ (stream * 0xD1342543DE82EF95UL);
        SplitMix(ref state);
        return SplitMix(ref state);
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
