using QuantumImprov.Quantum.Chains.Council;

namespace QuantumImprov.Quantum.Chains.Grover;

/// <summary>What the published circuit may be given and how large it then is, said once for the circuit and for its closed form.</summary>
internal static class GroverInput
{
    // Below this share rounding is all there is: an amplitude that should vanish is left at about 1e-16.
    internal const double NothingKept = 1e-24;

    /// <summary>Counts the targets and checks everything.</summary>
    internal static int Targets(ReadOnlySpan<bool> targets, int iterations)
    {
        if (targets.Length is < 1 or > GroverStep.MostCandidates)
            throw new ArgumentException($"Got {targets.Length} candidates; 1 to {GroverStep.MostCandidates} are allowed.", nameof(targets));
        if (iterations is < 0 or > GroverStep.MostIterations)
            throw new ArgumentOutOfRangeException(nameof(iterations), iterations, $"0 to {GroverStep.MostIterations} iterations are allowed.");
        var count = targets.Count(true);
        return count > 0 ? count : throw new ArgumentException($"None of the {targets.Length} candidates is a target; at least one is needed.", nameof(targets));
    }

    internal static int Qubits(int candidates, int targets, GroverPadding padding)
    {
        var qubits = Math.Max(1, CouncilStep.QubitsFor(candidates));
        return padding == GroverPadding.WhenHalfAreTargets && 2 * targets >= 1 << qubits ? qubits + 1 : qubits;
    }
}
