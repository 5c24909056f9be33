namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>What a council may be given, said once for the circuit and for its closed form.</summary>
internal static class CouncilInput
{
    internal static void Check(ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> weights, int members, int candidates, double coherence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        if (amplitudes.Length != members * candidates)
            throw new ArgumentException($"Got {amplitudes.Length} amplitudes; {members} members with {candidates} candidates need {members * candidates}.", nameof(amplitudes));
        if (weights.Length != members)
            throw new ArgumentException($"Got {weights.Length} weights; {members} members need one each.", nameof(weights));
        if (!(coherence >= 0 && coherence <= 1))
            throw new ArgumentOutOfRangeException(nameof(coherence), coherence, "The coherence is a number from 0 to 1.");
        for (var k = 0; k < weights.Length; k++)
        {
            if (!(Math.Abs(weights[k]) <= Largest)) throw new ArgumentException($"The weight of member {k} is {weights[k]}; -{Largest} to {Largest} are allowed.", nameof(weights));
        }

        // One branch a number, so that the loop stays cheap: NaN fails the comparison too.
        for (var i = 0; i < amplitudes.Length; i++)
        {
            if (!(amplitudes[i] >= 0 && amplitudes[i] <= Largest))
                throw new ArgumentException($"The amplitude of member {i / candidates} for candidate {i % candidates} is {amplitudes[i]}; 0 to {Largest} are allowed.", nameof(amplitudes));
        }
    }

    /// <summary>Far above any tempered probability, far below anything whose square could overflow.</summary>
    internal const double Largest = 1e100;
}
