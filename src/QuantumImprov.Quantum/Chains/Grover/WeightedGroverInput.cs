using QuantumImprov.Quantum.Chains.Council;

namespace QuantumImprov.Quantum.Chains.Grover;

/// <summary>What the weighted form may be given, said once for the circuit and for its closed form.</summary>
internal static class WeightedGroverInput
{
    internal static void Check(ReadOnlySpan<double> weights, ReadOnlySpan<bool> inside)
    {
        if (weights.Length is < 1 or > WeightedGroverStep.MostCandidates)
            throw new ArgumentException($"Got {weights.Length} candidates; 1 to {WeightedGroverStep.MostCandidates} are allowed.", nameof(weights));
        if (inside.Length != weights.Length)
            throw new ArgumentException($"The filter speaks of {inside.Length} candidates; there are weights for {weights.Length}.", nameof(inside));
        double largest = 0;
        for (var x = 0; x < weights.Length; x++)
        {
            if (!(weights[x] >= 0 && weights[x] <= CouncilInput.Largest))
                throw new ArgumentException($"The weight of candidate {x} is {weights[x]}; 0 to {CouncilInput.Largest} are allowed.", nameof(weights));
            largest = Math.Max(largest, weights[x]);
        }

        if (largest == 0) throw new ArgumentException($"All {weights.Length} weights are 0; at least one must be above 0.", nameof(weights));
    }

    internal static void CheckRounds(int rounds)
    {
        if (rounds is < 0 or > WeightedGroverStep.MostRounds)
            throw new ArgumentOutOfRangeException(nameof(rounds), rounds, $"0 to {WeightedGroverStep.MostRounds} rounds are allowed.");
    }

    internal static void CheckMass(double mass)
    {
        if (!(mass >= 0 && mass <= 1)) throw new ArgumentOutOfRangeException(nameof(mass), mass, "The wanted inside mass is a number from 0 to 1.");
    }

    /// <summary>Writes the weights as probabilities and adds up what passes the filter and what does not.</summary>
    internal static (double Inside, double Outside) Normalise(ReadOnlySpan<double> weights, ReadOnlySpan<bool> inside, Span<double> law)
    {
        double largest = 0, total = 0, passing = 0, other = 0;
        foreach (var w in weights) largest = Math.Max(largest, w);
        for (var x = 0; x < weights.Length; x++) total += law[x] = weights[x] / largest;
        for (var x = 0; x < weights.Length; x++)
        {
            law[x] /= total;
            if (inside[x]) passing += law[x];
            else other += law[x];
        }

        return (passing, other);
    }
}
