using System.Numerics;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// Follows the memory of a hidden quantum Markov model from symbol to symbol: the exact law of the next one, a draw from it, or a symbol forced from outside. Everything is allocated by the
/// constructor. Not thread-safe.
/// </summary>
public sealed class KrausFilter
{
    private readonly SymbolOperators _operators;
    private readonly double[] _effects, _law;
    private readonly SymbolOperators? _kept, _lost;
    private double[] _at, _next;

    /// <summary>Starts with the memory that knows nothing, rho = 1 / n.</summary>
    /// <param name="set">The model.</param>
    /// <param name="dephasing">How much of the memory's coherence is lost after every symbol, 0 (none) to 1 (all: a classical chain).</param>
    /// <param name="turns">Whether <see cref="Dephase"/> will be called.</param>
    public KrausFilter(KrausSet set, double dephasing = 0, bool turns = false)
    {
        if (turns) (_kept, _lost) = (set.Operators(0), set.Operators(1));
        (Set, _operators) = (set, set.Operators(dephasing));
        _at = new double[_operators.Stride];
        _next = new double[_operators.Stride];
        _law = new double[set.Symbols];
        _effects = new double[set.Symbols * _operators.Stride];
        WriteEffects();
        Restart();
    }

    /// <summary>From now on <paramref name="dephasing"/> of the memory's coherence is lost after every symbol, 0 to 1; the memory begins anew. Nothing is allocated.</summary>
    /// <exception cref="InvalidOperationException">The filter was not made to be turned.</exception>
    public void Dephase(double dephasing)
    {
        if (_kept is null || _lost is null) throw new InvalidOperationException("The filter was not made to be turned.");
        _operators.Blend(_kept, _lost, dephasing);
        WriteEffects();
        Restart();
    }

    /// <summary>The model.</summary>
    public KrausSet Set { get; }

    private void WriteEffects()
    {
        for (var y = 0; y < Set.Symbols; y++) _operators.Retreat(y, _operators.End, _effects.AsSpan(y * _operators.Stride, _operators.Stride));
    }

    /// <summary>Forgets everything: rho = 1 / n.</summary>
    public void Restart() => _operators.Start.CopyTo(_at);

    /// <summary>Puts the memory into a pure state.</summary>
    /// <param name="state">One amplitude a level, squared length 1 within 1e-9.</param>
    public void Restart(ReadOnlySpan<Complex> state)
    {
        var n = Set.Levels;
        if (state.Length != n) throw new ArgumentException($"Got {state.Length} amplitudes; the memory has {n} levels.", nameof(state));
        var rho = new Complex[n * n];
        double length = 0;
        for (var r = 0; r < n; r++)
        {
            length += (state[r].Real * state[r].Real) + (state[r].Imaginary * state[r].Imaginary);
            for (var c = 0; c < n; c++) rho[(r * n) + c] = state[r] * Complex.Conjugate(state[c]);
        }

        if (!(Math.Abs(length - 1) <= 1e-9)) throw new ArgumentException($"Got a state of squared length {length}; 1 is needed.", nameof(state));
        HermitianCoordinates.Write(rho, n, _at);
    }

    /// <summary>Puts the memory into one of its levels.</summary>
    /// <param name="level">0 to n - 1.</param>
    public void Restart(int level)
    {
        if ((uint)level >= (uint)Set.Levels) throw new ArgumentOutOfRangeException(nameof(level), level, $"The memory has the levels 0 to {Set.Levels - 1}.");
        Array.Clear(_at);
        _at[(level * Set.Levels) + level] = 1;
    }

    /// <summary>The memory's density matrix, Hermitian with trace 1.</summary>
    public Complex[,] Density()
    {
        var rho = new Complex[Set.Levels, Set.Levels];
        for (var r = 0; r < Set.Levels; r++)
        {
            for (var c = 0; c < Set.Levels; c++) rho[r, c] = HermitianCoordinates.Entry(_at, Set.Levels, r, c);
        }

        return rho;
    }

    /// <summary>Writes the memory's density matrix row by row into n x n entries. Nothing is allocated.</summary>
    internal void WriteDensity(Span<Complex> rho)
    {
        for (var i = 0; i < rho.Length; i++) rho[i] = HermitianCoordinates.Entry(_at, Set.Levels, i / Set.Levels, i % Set.Levels);
    }

    /// <summary>Writes the exact law of the next symbol. Nothing is allocated.</summary>
    /// <param name="law">One entry a symbol; the sum is 1.</param>
    public void WriteLaw(Span<double> law)
    {
        if (law.Length != Set.Symbols) throw new ArgumentException($"The law has room for {law.Length} symbols; the model has {Set.Symbols}.", nameof(law));
        double sum = 0;
        for (var y = 0; y < law.Length; y++)
        {
            law[y] = Math.Max(0, SymbolOperators.Dot(_at, _effects.AsSpan(y * _operators.Stride, _operators.Stride)));
            sum += law[y];
        }

        // The sum is 1 but for rounding, which must not add up over thousands of symbols.
        for (var y = 0; y < law.Length; y++) law[y] /= sum;
    }

    /// <summary>
    /// Follows a symbol that was chosen elsewhere, such as a note that was heard. One that the model holds for impossible (below <see cref="SymbolOperators.LeastProbability"/>) makes the memory start again. Nothing is allocated.
    /// </summary>
    /// <param name="symbol">0 to symbols - 1.</param>
    /// <returns>The probability that it had, at least <see cref="SymbolOperators.LeastProbability"/>.</returns>
    public double Follow(int symbol)
    {
        if ((uint)symbol >= (uint)Set.Symbols) throw new ArgumentOutOfRangeException(nameof(symbol), symbol, $"The model has the symbols 0 to {Set.Symbols - 1}.");
        var p = _operators.Advance(symbol, _at, _next);
        (_at, _next) = (_next, _at);
        return p;
    }

    /// <summary>Draws the next symbol from its exact law and follows it. Nothing is allocated.</summary>
    public int Draw(Xoshiro random)
    {
        WriteLaw(_law);
        var left = random.NextDouble();
        var (chosen, last) = (-1, 0);
        for (var y = 0; y < _law.Length && chosen < 0; y++)
        {
            if (_law[y] <= SymbolOperators.LeastProbability) continue;
            last = y;
            left -= _law[y];
            if (left < 0) chosen = y;
        }

        if (chosen < 0) chosen = last;
        Follow(chosen);
        return chosen;
    }

    /// <summary>Draws a sequence.</summary>
    public byte[] Draw(int length, Xoshiro random)
    {
        var symbols = new byte[length];
        for (var t = 0; t < length; t++) symbols[t] = (byte)Draw(random);
        return symbols;
    }

    /// <summary>
    /// Draws a pure state whose average is the memory: an eigenvector of rho with its eigenvalue as probability. A circuit that starts from it continues the chain with the exact law.
    /// </summary>
    public Complex[] DrawPureState(Xoshiro random)
    {
        var n = Set.Levels;
        var rho = new ComplexMatrix(n, n);
        for (var i = 0; i < n * n; i++) rho[i / n, i % n] = HermitianCoordinates.Entry(_at, n, i / n, i % n);
        var values = HermitianEigen.Solve(rho, out var vectors);
        var left = random.NextDouble() * values.Sum(x => Math.Max(0, x));
        var chosen = Array.IndexOf(values, values.Max());
        for (var k = 0; k < n; k++)
        {
            left -= Math.Max(0, values[k]);
            if (left >= 0) continue;
            chosen = k;
            break;
        }

        return [.. Enumerable.Range(0, n).Select(r => vectors[r, chosen])];
    }
}
