using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>What one note of a phrase is made of, kept. Immutable but for the operators, which are not changed.</summary>
/// <param name="Rows">s_k(x), members x candidates, row-major, at least 0.</param>
/// <param name="Weights">a_k, one for each member.</param>
/// <param name="Candidates">How many candidates.</param>
/// <param name="Operators">The V_k; null without a memory.</param>
public sealed record PhraseStep(ImmutableArray<double> Rows, ImmutableArray<double> Weights, int Candidates, MemoryOperators? Operators)
{
    /// <summary>As a council is given it.</summary>
    public CouncilTerms Terms => new(Rows.AsSpan(), Weights.AsSpan(), Weights.Length, Candidates) { Operators = Operators };
}
