using CsCheck;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Tests.Chains.Council;

/// <summary>A council's whole input, for tests.</summary>
internal sealed record CouncilInputs(int Members, int Candidates, double[] Amplitudes, double[] Weights, double Coherence)
{
    /// <summary>Random laws under square roots, some entries and some members silent, some weights negative.</summary>
    internal static CouncilInputs Random(ulong seed, int members, int candidates, double coherence, bool signs = true)
    {
        var random = new Xoshiro(seed);
        var amplitudes = new double[members * candidates];
        var weights = new double[members];
        for (var k = 0; k < members; k++)
        {
            weights[k] = .1 + random.NextDouble();
            if (signs && random.NextDouble() < .25) weights[k] = -weights[k];
            if (members > 2 && random.NextDouble() < .1) continue;
            for (var x = 0; x < candidates; x++) amplitudes[(k * candidates) + x] = random.NextDouble() < .2 ? 0 : Math.Pow(random.NextDouble(), 3);
        }

        return new(members, candidates, amplitudes, weights, coherence);
    }

    internal static Gen<CouncilInputs> Any { get; } =
        Gen.Select(Gen.ULong, Gen.Int[1, 32], Gen.Int[1, 128], Gen.Double[0, 1]).Select((seed, members, candidates, coherence) => Random(seed, members, candidates, coherence));
}
