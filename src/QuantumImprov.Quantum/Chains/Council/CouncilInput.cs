using System.Runtime.Intrinsics;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>What a council may be given, said once for the circuit, its closed form and the memory.</summary>
internal static class CouncilInput
{
    /// <summary>Far above any tempered probability, far below anything whose square could overflow.</summary>
    internal const double Largest = 1e100;

    internal static void Check(in CouncilTerms terms)
    {
        var (members, candidates) = (terms.Members, terms.Candidates);
        var amplitudes = terms.Amplitudes;
        var weights = terms.Weights;
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        if (amplitudes.Length != members * candidates)
            throw new ArgumentException($"Got {amplitudes.Length} amplitudes; {members} members with {candidates} candidates need {members * candidates}.", nameof(amplitudes));
        if (weights.Length != members)
            throw new ArgumentException($"Got {weights.Length} weights; {members} members need one each.", nameof(weights));
        if (!(terms.Coherence >= 0 && terms.Coherence <= 1))
            throw new ArgumentOutOfRangeException(nameof(terms.Coherence), terms.Coherence, "The coherence is a number from 0 to 1.");
        for (var k = 0; k < weights.Length; k++)
        {
            if (!(Math.Abs(weights[k]) <= Largest)) throw new ArgumentException($"The weight of member {k} is {weights[k]}; -{Largest} to {Largest} are allowed.", nameof(weights));
        }

        var bad = FirstOutOfRange(amplitudes);
        if (bad >= 0)
            throw new ArgumentException($"The amplitude of member {bad / candidates} for candidate {bad % candidates} is {amplitudes[bad]}; 0 to {Largest} are allowed.", nameof(amplitudes));
        CheckPhases(terms.Phases, members, "members");
        CheckPhases(terms.CandidatePhases, amplitudes.Length, "amplitudes");
        if (terms.Operators is { } operators && operators.Members != members)
            throw new ArgumentException($"Got memory operators of {operators.Members} members; there are {members} members.", nameof(terms));
    }

    internal static void Check(in CouncilTerms terms, CouncilMemory? memory)
    {
        Check(terms);
        var qubits = memory?.Qubits ?? 0;
        if (qubits != terms.MemoryQubits)
            throw new ArgumentException($"Got a memory of {qubits} qubits; the memory operators act on {terms.MemoryQubits}.", nameof(memory));
    }

    // There are a thousand of them in every step, so four at a time; NaN fails the comparison too.
    private static int FirstOutOfRange(ReadOnlySpan<double> amplitudes)
    {
        var i = 0;
        for (; i + 4 <= amplitudes.Length; i += 4)
        {
            var four = Vector256.Create(amplitudes.Slice(i, 4));
            if (!Vector256.GreaterThanOrEqualAll(four, Vector256<double>.Zero) || !Vector256.LessThanOrEqualAll(four, Vector256.Create(Largest))) break;
        }

        for (; i < amplitudes.Length; i++)
        {
            if (!(amplitudes[i] >= 0 && amplitudes[i] <= Largest)) return i;
        }

        return -1;
    }

    private static void CheckPhases(ReadOnlySpan<double> phases, int wanted, string owners)
    {
        if (phases.IsEmpty) return;
        if (phases.Length != wanted) throw new ArgumentException($"Got {phases.Length} phases; {wanted} {owners} need one each, or none.", nameof(phases));
        foreach (var phase in phases)
        {
            if (!(Math.Abs(phase) <= 1e6)) throw new ArgumentException($"Got a phase of {phase}; -1000000 to 1000000 radians are allowed.", nameof(phases));
        }
    }
}
