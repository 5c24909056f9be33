using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// What one step of a council is made of: M_x = sum_k a_k s_k(x) V_k, the operator that the memory undergoes when candidate x is chosen. Only points at the caller's arrays; checked by
/// whoever is given it.
/// </summary>
/// <param name="amplitudes">s_k(x), 0 to 1e100, members x candidates, row-major, not normalised. A row of zeros abstains.</param>
/// <param name="weights">The sizes of the a_k with their signs, one for each member, -1e100 to 1e100.</param>
/// <param name="members">1 to 32.</param>
/// <param name="candidates">1 to 128.</param>
/// <param name="coherence">c, 0 (selector and memory are always dephased) to 1 (never).</param>
public readonly ref struct CouncilTerms(ReadOnlySpan<double> amplitudes, ReadOnlySpan<double> weights, int members, int candidates, double coherence = 1)
{
    /// <summary>s_k(x), members x candidates, row-major.</summary>
    public ReadOnlySpan<double> Amplitudes { get; } = amplitudes;

    /// <summary>The sizes of the a_k with their signs.</summary>
    public ReadOnlySpan<double> Weights { get; } = weights;

    /// <summary>How many members there are.</summary>
    public int Members { get; } = members;

    /// <summary>How many candidates there are.</summary>
    public int Candidates { get; } = candidates;

    /// <summary>c, 0 to 1.</summary>
    public double Coherence { get; } = coherence;

    /// <summary>A phase for each member, radians: a_k = weight e^(i phase). Empty: none.</summary>
    public ReadOnlySpan<double> Phases { get; init; }

    /// <summary>A further phase for each member and candidate, radians, laid out as the amplitudes. Empty: none.</summary>
    public ReadOnlySpan<double> CandidatePhases { get; init; }

    /// <summary>The V_k, one for each member. Null: there is no memory.</summary>
    public MemoryOperators? Operators { get; init; }

    /// <summary>Qubits of the memory, 0 to 2.</summary>
    public int MemoryQubits => Operators?.Qubits ?? 0;

    /// <summary>True when the step is that of a council without memory and without phases, whose state is real.</summary>
    internal bool IsPlain => Operators is null && Phases.IsEmpty && CandidatePhases.IsEmpty;

    /// <summary>a_k s_k(x) eta_k / scale, eta_k being the norm of V_k.</summary>
    internal Complex Coefficient(int member, int candidate, double scale)
    {
        var size = Size(member, candidate, scale);
        var phase = (Phases.IsEmpty ? 0 : Phases[member]) + (CandidatePhases.IsEmpty ? 0 : CandidatePhases[(member * Candidates) + candidate]);
        return phase == 0 ? size : Complex.FromPolarCoordinates(1, phase) * size;
    }

    /// <summary>The same without its phase: any sign.</summary>
    internal double Size(int member, int candidate, double scale) =>
        Weights[member] * Amplitudes[(member * Candidates) + candidate] * (Operators?.Norm(member) ?? 1) / scale;
}
