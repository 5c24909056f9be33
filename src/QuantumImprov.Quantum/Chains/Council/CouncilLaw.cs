namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// The council's law in closed form: the oracle that samples of <see cref="CouncilStep"/> are compared with, and the law shown to people. It prepares no state. Pure.
/// </summary>
public static class CouncilLaw
{
    /// <summary>
    /// Writes P(x) ~ c |sum_k a_k s_k(x)|^2 + (1 - c) sum_k a_k^2 s_k(x)^2.
    /// </summary>
    /// <param name="amplitudes">s_k(x) at least 0, members x candidates, row-major, not normalised. A row of zeros abstains.</param>
    /// <param name="weights">a_k, one for each member, any sign.</param>
    /// <param name="members">Rows, at least 1.</param>
    /// <param name="candidates">Columns, at least 1.</param>
    /// <param name="coherence">c, 0 (the selector is always dephased) to 1 (never).</param>
    /// <param name="law">Receives the law, one entry a candidate, sum 1; all 0 when nothing can be kept.</param>
    /// <returns>The share of shots that are kept, 0 to 1.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length, or a number lies outside its range.</exception>
    public static double Write(ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> weights, int members, int candidates, double coherence, Span<double> law)
    {
        CouncilInput.Check(amplitudes, weights, members, candidates, coherence);
        if (law.Length != candidates)
            throw new ArgumentException($"The law has room for {law.Length} candidates; {candidates} are given.", nameof(law));

        law.Clear();
        double total = 0, scale = 0;
        for (var k = 0; k < members; k++)
        {
            var row = amplitudes.Slice(k * candidates, candidates);
            scale = Math.Max(scale, Math.Abs(weights[k]) * Norm(row));
        }

        if (scale == 0) return 0;
        for (var k = 0; k < members; k++)
            total += Math.Abs(weights[k]) * Norm(amplitudes.Slice(k * candidates, candidates)) / scale;

        double kept = 0;
        for (var x = 0; x < candidates; x++)
        {
            double sum = 0, squares = 0;
            for (var k = 0; k < members; k++)
            {
                var term = weights[k] * amplitudes[(k * candidates) + x] / scale;
                sum += term;
                squares += term * term;
            }

            law[x] = (coherence * sum * sum) + ((1 - coherence) * squares);
            kept += law[x];
        }

        if (kept == 0) return 0;
        for (var x = 0; x < candidates; x++) law[x] /= kept;
        return Math.Min(1, kept / (total * total));
    }

    private static double Norm(ReadOnlySpan<double> row)
    {
        double largest = 0, sum = 0;
        foreach (var s in row) largest = Math.Max(largest, s);
        if (largest == 0) return 0;
        foreach (var s in row) sum += s / largest * (s / largest);
        return largest * Math.Sqrt(sum);
    }
}
