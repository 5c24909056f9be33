namespace QuantumImprov.Quantum.Chains.Grover;

/// <summary>
/// The law of the published circuit in closed form: with M targets among N codes and sin(theta) = sqrt(M/N), k iterations put sin^2((2k+1) theta) on the targets together and the rest on
/// the others, each evenly. The oracle that samples of <see cref="GroverStep"/> are compared with. It prepares no state. Pure.
/// </summary>
public static class GroverLaw
{
    /// <summary>The probability that one shot reads some target, 0 to 1.</summary>
    /// <param name="targets">M, 0 to <paramref name="codes"/>.</param>
    /// <param name="codes">N, at least 1.</param>
    /// <param name="iterations">k, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public static double OnTargets(int targets, int codes, int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(codes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(targets);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(targets, codes);
        ArgumentOutOfRangeException.ThrowIfNegative(iterations);
        var sine = Math.Sin(((2 * iterations) + 1) * Math.Atan2(Math.Sqrt(targets), Math.Sqrt(codes - targets)));
        return sine * sine;
    }

    /// <summary>Writes the law of a kept shot, one entry a candidate, sum 1; all 0 when only unused codes can be read.</summary>
    /// <param name="targets">Which candidates are targets; 1 to <see cref="GroverStep.MostCandidates"/> of them, at least one true.</param>
    /// <param name="iterations">k, 0 to <see cref="GroverStep.MostIterations"/>.</param>
    /// <param name="padding">Whether the register grows when half of its codes are targets.</param>
    /// <param name="law">As long as <paramref name="targets"/>.</param>
    /// <returns>The probability that one shot reads a candidate, 0 to 1.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length, or a number lies outside its range.</exception>
    public static double Write(ReadOnlySpan<bool> targets, int iterations, GroverPadding padding, Span<double> law)
    {
        var count = GroverInput.Targets(targets, iterations);
        if (law.Length != targets.Length) throw new ArgumentException($"The law has room for {law.Length} candidates; {targets.Length} are given.", nameof(law));
        var codes = 1 << GroverInput.Qubits(targets.Length, count, padding);
        var inside = OnTargets(count, codes, iterations);
        var other = codes == count ? 0 : (1 - inside) / (codes - count);
        var kept = inside + (other * (targets.Length - count));
        law.Clear();
        if (kept < GroverInput.NothingKept) return 0;
        for (var x = 0; x < law.Length; x++) law[x] = (targets[x] ? inside / count : other) / kept;
        return Math.Min(1, kept);
    }
}
