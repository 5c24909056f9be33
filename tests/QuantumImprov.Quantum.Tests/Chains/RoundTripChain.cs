using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Tests.Chains;

/// <summary>A chain as a circuit and the exact law of what it is read for, which comes from elsewhere than the circuit.</summary>
/// <param name="Circuit">What is run.</param>
/// <param name="Outcome">What a word of classical bits means: 0 up to the length of the law; beyond it or below 0, a shot that is thrown away.</param>
/// <param name="Law">Of the shots that are kept, sum 1.</param>
/// <param name="Kept">The share of shots that is kept, 0 to 1.</param>
internal sealed record RoundTripChain(Circuit Circuit, Func<ulong, int> Outcome, double[] Law, double Kept)
{
    // What comes out of a closed form as rounding is impossible.
    private const double Nothing = 1e-14;

    /// <summary>The law of all shots: the outcomes, and as the last cell those thrown away.</summary>
    internal double[] Whole => [.. Law.Select(p => p < Nothing ? 0 : p * Kept), 1 - Kept < Nothing ? 0 : 1 - Kept];

    /// <summary>The cell of <see cref="Whole"/> that a word belongs to.</summary>
    internal int CellOf(ulong bits) => Outcome(bits) is var outcome && outcome >= 0 && outcome < Law.Length ? outcome : Law.Length;
}
