using QuantumImprov.Quantum.Bank;

namespace QuantumImprov.Qpu.Rehearsing;

/// <summary>How a rehearsal went. Immutable.</summary>
/// <param name="Notes">Notes played.</param>
/// <param name="QpuShare">Share of them that a shot chose, counted from when the first job's shots were in the bank; 0 when that never was.</param>
/// <param name="Late">Notes that sounded after their instant.</param>
/// <param name="PlayerWaits">How often the player was due a note that was not planned yet.</param>
/// <param name="Jobs">Jobs sent.</param>
/// <param name="Spend">What was spent or reserved.</param>
/// <param name="Budget">What might have been.</param>
/// <param name="OutsideMass">Mean mass of the live laws outside the shortlists.</param>
/// <param name="ShotsPerNote">Mean shots a note.</param>
/// <param name="PitP">How likely a sample of the right law lies as far off or farther: chi-square over 20 bins of the randomised probability integral transform of each note under its own live law.</param>
/// <param name="ReplayIdentical">Whether the same music came again from the shots alone.</param>
public sealed record RehearsalResult(int Notes, double QpuShare, long Late, int PlayerWaits, int Jobs, decimal Spend, decimal Budget, double OutsideMass, double ShotsPerNote, double PitP, bool ReplayIdentical)
{
    /// <summary>How the bank fared.</summary>
    public BankMeter Meter { get; init; }

    /// <summary>Editions that were written anew because what was wanted had drifted.</summary>
    public int Rewritten { get; init; }

    /// <summary>The twenty bins.</summary>
    public IReadOnlyList<int> Bins { get; init; } = [];
}
