using System.Collections.Immutable;
using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// A hidden quantum Markov model: for every symbol y a few operators K_(y,j) on a memory of n levels, with sum K^+ K = 1. The symbol y comes with probability tr sum_j K rho K^+,
/// and leaves that matrix, scaled to trace 1, as the memory. Immutable; may be shared between threads.
/// </summary>
public sealed class KrausSet
{
    /// <summary>The largest memory: 8 levels, three qubits.</summary>
    public const int MostLevels = 8;

    /// <summary>The most symbols: a symbol is a byte.</summary>
    public const int MostSymbols = 256;

    /// <summary>How far sum K^+ K may be from 1 in any entry.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Checks the sizes and that the probabilities of all symbols sum to 1 whatever the memory holds.</summary>
    /// <param name="levels">n, 1 to 8.</param>
    /// <param name="symbols">1 to 256.</param>
    /// <param name="branches">w, operators a symbol, at least 1.</param>
    /// <param name="entries">By symbol, then branch, then row, then column.</param>
    /// <exception cref="ArgumentException">A size is out of range, an entry is not finite, or sum K^+ K is not 1.</exception>
    public KrausSet(int levels, int symbols, int branches, ReadOnlySpan<Complex> entries)
    {
        if (levels is < 1 or > MostLevels) throw new ArgumentOutOfRangeException(nameof(levels), levels, $"A memory has 1 to {MostLevels} levels.");
        if (symbols is < 1 or > MostSymbols) throw new ArgumentOutOfRangeException(nameof(symbols), symbols, $"There are 1 to {MostSymbols} symbols.");
        ArgumentOutOfRangeException.ThrowIfLessThan(branches, 1);
        if (entries.Length != symbols * branches * levels * levels)
            throw new ArgumentException($"Got {entries.Length} entries; {symbols} symbols with {branches} operators of {levels} x {levels} need {symbols * branches * levels * levels}.", nameof(entries));
        (Levels, Symbols, Branches, Entries) = (levels, symbols, branches, [.. entries]);
        CheckComplete();
    }

    /// <summary>n, the levels of the memory.</summary>
    public int Levels { get; }

    /// <summary>How many symbols there are.</summary>
    public int Symbols { get; }

    /// <summary>w, the operators of each symbol.</summary>
    public int Branches { get; }

    /// <summary>All entries: by symbol, then branch, then row, then column.</summary>
    public ImmutableArray<Complex> Entries { get; }

    /// <summary>An entry of K_(symbol, branch).</summary>
    public Complex this[int symbol, int branch, int row, int column] => Entries[(((((symbol * Branches) + branch) * Levels) + row) * Levels) + column];

    /// <summary>
    /// The same law as real matrices, ready for filtering and scoring. With dephasing l the memory loses its off-diagonal part after every step, rho -> (1 - l) rho + l diag(rho):
    /// 0 is the chain itself, 1 the classical chain of <see cref="Dephased"/>.
    /// </summary>
    /// <param name="dephasing">l, 0 to 1.</param>
    public SymbolOperators Operators(double dephasing = 0)
    {
        if (!(dephasing >= 0 && dephasing <= 1)) throw new ArgumentOutOfRangeException(nameof(dephasing), dephasing, "The dephasing is a number from 0 to 1.");
        return HermitianCoordinates.Operators(this, dephasing);
    }

    /// <summary>The classical end of the dial: with a memory dephased after every step the chain is a hidden Markov model of n states, T_y[i,j] = sum_k |K_(y,k)[j,i]|^2.</summary>
    public HiddenMarkovModel Dephased()
    {
        var moves = new double[Symbols * Levels * Levels];
        for (var y = 0; y < Symbols; y++)
        {
            for (var k = 0; k < Branches; k++)
            {
                for (var i = 0; i < Levels; i++)
                {
                    for (var j = 0; j < Levels; j++)
                    {
                        var z = this[y, k, j, i];
                        moves[(((y * Levels) + i) * Levels) + j] += (z.Real * z.Real) + (z.Imaginary * z.Imaginary);
                    }
                }
            }
        }

        return new HiddenMarkovModel(Levels, Symbols, moves);
    }

    private void CheckComplete()
    {
        for (var c = 0; c < Levels; c++)
        {
            for (var d = c; d < Levels; d++)
            {
                Complex sum = 0;
                for (var at = 0; at < Entries.Length; at += Levels) sum += Complex.Conjugate(Entries[at + c]) * Entries[at + d];
                var wanted = c == d ? 1 : 0;

                // Written so that NaN fails too.
                if (!(Complex.Abs(sum - wanted) <= Tolerance))
                    throw new ArgumentException(FormattableString.Invariant($"The operators do not keep probability: entry ({c}, {d}) of sum K^+ K is {sum.Real:0.######}{sum.Imaginary:+0.######;-0.######;+0}i; {wanted} is needed."));
            }
        }
    }
}
