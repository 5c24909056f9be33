using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>What a council is asked after given notes: the terms of its next step.</summary>
/// <param name="soFar">The candidates chosen since the phrase began, in order.</param>
public delegate CouncilTerms CouncilContext(ReadOnlySpan<int> soFar);

/// <summary>
/// The council's law in closed form: the oracle that samples of <see cref="CouncilStep"/> are compared with, and the law shown to people. It prepares no state.
/// </summary>
public static class CouncilLaw
{
    /// <summary>Writes the law of a council without memory, P(x) ~ c |sum_k a_k s_k(x)|^2 + (1 - c) sum_k a_k^2 s_k(x)^2.</summary>
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
        var terms = new CouncilTerms(amplitudes, weights, members, candidates, coherence);
        CouncilInput.Check(terms);
        CheckRoom(law, candidates);
        law.Clear();
        var (scale, total) = Strengths(terms);
        if (scale == 0) return 0;

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

        return Share(law, kept, total);
    }

    /// <summary>
    /// Writes the law of the next note, P(x) ~ c tr(M_x rho M_x^+) + (1 - c) sum_k |a_k|^2 s_k(x)^2 tr(V_k diag(rho) V_k^+) with M_x = sum_k a_k s_k(x) V_k. Nothing is allocated.
    /// </summary>
    /// <param name="terms">The step.</param>
    /// <param name="memory">rho; null when the terms have no memory operators.</param>
    /// <param name="law">Receives the law, one entry a candidate, sum 1; all 0 when nothing can be kept.</param>
    /// <returns>The share of shots that are kept, 0 to 1.</returns>
    /// <exception cref="ArgumentException">The terms are at fault, or they do not fit the memory or the room.</exception>
    public static double Write(in CouncilTerms terms, CouncilMemory? memory, Span<double> law)
    {
        CouncilInput.Check(terms, memory);
        CheckRoom(law, terms.Candidates);
        law.Clear();
        var (scale, total) = Strengths(terms);
        if (scale == 0) return 0;

        var n = 1 << terms.MemoryQubits;
        ReadOnlySpan<Complex> density = memory is null ? [Complex.One] : memory.Density;
        Span<Complex> step = stackalloc Complex[n * n];
        Span<double> reached = stackalloc double[CouncilStep.MostMembers];
        reached.Clear();
        for (var k = 0; k < terms.Operators?.Members; k++)
        {
            for (var i = 0; i < n; i++) reached[k] += Reached(terms.Operators, k, i, density, n);
        }

        double kept = 0;
        for (var x = 0; x < terms.Candidates; x++)
        {
            step.Clear();
            double destroyed = 0;
            for (var k = 0; k < terms.Members; k++)
            {
                var coefficient = terms.Coefficient(k, x, scale);
                if (coefficient == 0) continue;
                AddStep(terms.Operators, k, coefficient, step);
                destroyed += SmallEigen.Squared(coefficient) * (terms.Operators is null ? 1 : reached[k]);
            }

            law[x] = (terms.Coherence * Math.Max(0, TraceOf(step, density, n))) + ((1 - terms.Coherence) * destroyed);
            kept += law[x];
        }

        return Share(law, kept, total);
    }

    /// <summary>
    /// The probability that a phrase is exactly this one: the product of the laws of its notes, each after the notes before it. The memory follows the phrase. Nothing is allocated.
    /// </summary>
    /// <param name="phrase">The candidates of the phrase, in order.</param>
    /// <param name="memory">The memory at its beginning, often <see cref="CouncilMemory.Restart"/>; moved to its end. Null for a council without memory.</param>
    /// <param name="context">The step after given notes.</param>
    /// <exception cref="ArgumentException">The terms of some step are at fault or do not fit the memory, or the phrase names a candidate that does not exist.</exception>
    public static double OfPhrase(ReadOnlySpan<int> phrase, CouncilMemory? memory, CouncilContext context)
    {
        Span<double> law = stackalloc double[CouncilStep.MostCandidates];
        var probability = 1.0;
        for (var t = 0; t < phrase.Length; t++)
        {
            var terms = context(phrase[..t]);
            if (terms.Candidates > law.Length) throw new ArgumentException($"Got {terms.Candidates} candidates; at most {law.Length} are allowed.", nameof(context));
            if ((uint)phrase[t] >= (uint)terms.Candidates) throw new ArgumentException($"Note {t} of the phrase is candidate {phrase[t]}; there are candidates 0 to {terms.Candidates - 1}.", nameof(phrase));
            Write(terms, memory, law[..terms.Candidates]);
            probability *= law[phrase[t]];
            memory?.Hear(terms, phrase[t]);
        }

        return probability;
    }

    /// <summary>Adds coefficient x W_k to a step.</summary>
    internal static void AddStep(MemoryOperators? operators, int member, Complex coefficient, Span<Complex> step)
    {
        if (operators is null)
        {
            step[0] += coefficient;
            return;
        }

        var scaled = operators.Scaled(member);
        for (var i = 0; i < step.Length; i++) step[i] += coefficient * scaled[i];
    }

    /// <summary>The diagonal entry (level, level) of W_k diag(rho) W_k^+.</summary>
    internal static double Reached(MemoryOperators? operators, int member, int level, ReadOnlySpan<Complex> density, int n)
    {
        if (operators is null) return density[0].Real;
        var row = operators.Scaled(member).Slice(level * n, n);
        double sum = 0;
        for (var j = 0; j < n; j++) sum += SmallEigen.Squared(row[j]) * density[(j * n) + j].Real;
        return sum;
    }

    /// <summary>next = step rho step^+.</summary>
    internal static void Conjugate(ReadOnlySpan<Complex> step, ReadOnlySpan<Complex> density, Span<Complex> next, int n)
    {
        Span<Complex> half = stackalloc Complex[n * n];
        for (var r = 0; r < n; r++)
        {
            for (var c = 0; c < n; c++)
            {
                Complex sum = 0;
                for (var i = 0; i < n; i++) sum += step[(r * n) + i] * density[(i * n) + c];
                half[(r * n) + c] = sum;
            }
        }

        for (var r = 0; r < n; r++)
        {
            for (var c = 0; c < n; c++)
            {
                Complex sum = 0;
                for (var i = 0; i < n; i++) sum += half[(r * n) + i] * Complex.Conjugate(step[(c * n) + i]);
                next[(r * n) + c] = sum;
            }
        }
    }

    // tr(step rho step^+)
    private static double TraceOf(ReadOnlySpan<Complex> step, ReadOnlySpan<Complex> density, int n)
    {
        double trace = 0;
        for (var r = 0; r < n; r++)
        {
            for (var c = 0; c < n; c++)
            {
                Complex sum = 0;
                for (var i = 0; i < n; i++) sum += step[(r * n) + i] * density[(i * n) + c];
                var entry = step[(r * n) + c];
                trace += (sum.Real * entry.Real) + (sum.Imaginary * entry.Imaginary);
            }
        }

        return trace;
    }

    // The largest |a_k| N_k eta_k, and the sum of all in its units.
    private static (double Scale, double Total) Strengths(in CouncilTerms terms)
    {
        double scale = 0, total = 0;
        for (var k = 0; k < terms.Members; k++) scale = Math.Max(scale, Strength(terms, k));
        for (var k = 0; scale > 0 && k < terms.Members; k++) total += Strength(terms, k) / scale;
        return (scale, total);
    }

    private static double Strength(in CouncilTerms terms, int k) =>
        Math.Abs(terms.Weights[k]) * (terms.Operators?.Norm(k) ?? 1) * Norm(terms.Amplitudes.Slice(k * terms.Candidates, terms.Candidates));

    private static double Share(Span<double> law, double kept, double total)
    {
        if (kept == 0) return 0;
        foreach (ref var p in law) p /= kept;
        return Math.Min(1, kept / (total * total));
    }

    private static void CheckRoom(Span<double> law, int candidates)
    {
        if (law.Length != candidates) throw new ArgumentException($"The law has room for {law.Length} candidates; {candidates} are given.", nameof(law));
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
