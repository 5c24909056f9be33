using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// The form that hidden quantum and hidden classical models share: one real matrix T_y for every symbol acting on a row vector v, P(y) = v T_y e, v' = v T_y / P(y). For a classical model
/// v is the law of the state and e all ones; for a quantum one v are the real coordinates of the memory's density matrix and e those of the trace. Immutable; may be shared between threads.
/// </summary>
public sealed class SymbolOperators
{
    /// <summary>A symbol less probable than this counts as this probable, and the memory starts again: what was heard is never impossible.</summary>
    public const double LeastProbability = 1e-12;

    // Rows are padded to whole vectors of four, so that the kernel has no tail.
    private readonly double[] _forth, _back, _start, _end;

    internal SymbolOperators(int size, int symbols, ReadOnlySpan<double> maps, ReadOnlySpan<double> start, ReadOnlySpan<double> end)
    {
        (Size, Symbols, Stride) = (size, symbols, (size + 3) & ~3);
        _start = new double[Stride];
        _end = new double[Stride];
        start.CopyTo(_start);
        end.CopyTo(_end);
        _forth = new double[symbols * size * Stride];
        _back = new double[symbols * size * Stride];
        Set(maps);
    }

    /// <summary>How many real numbers the memory is: n states, or n^2 coordinates of n levels.</summary>
    public int Size { get; }

    /// <summary>How many symbols there are.</summary>
    public int Symbols { get; }

    internal int Stride { get; }

    internal ReadOnlySpan<double> Start => _start;

    internal ReadOnlySpan<double> End => _end;

    /// <summary>Natural logarithm of the probability of a sequence after a burn-in, from the memory that knows nothing.</summary>
    /// <param name="symbols">Each below <see cref="Symbols"/>.</param>
    /// <param name="burnIn">How many symbols at the front only bring the memory into place; at least 0.</param>
    /// <exception cref="ArgumentException">A symbol does not exist.</exception>
    public double LogLikelihood(ReadOnlySpan<byte> symbols, int burnIn = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(burnIn);
        Check(symbols);
        var at = new double[Stride];
        var next = new double[Stride];
        _start.CopyTo(at, 0);
        double log = 0, product = 1;
        for (var t = 0; t < symbols.Length; t++)
        {
            var p = Advance(symbols[t], at, next);
            (at, next) = (next, at);
            if (t >= burnIn) product *= p;
            if (product > 1e-250) continue;
            log += Math.Log(product);
            product = 1;
        }

        return log + Math.Log(product);
    }

    /// <summary>The probability that a word comes first, from the memory that knows nothing.</summary>
    /// <exception cref="ArgumentException">A symbol does not exist.</exception>
    public double Probability(ReadOnlySpan<byte> word)
    {
        Check(word);
        var at = new double[Stride];
        var next = new double[Stride];
        _start.CopyTo(at, 0);
        foreach (var y in word)
        {
            Product(_forth, y, at, next);
            (at, next) = (next, at);
        }

        return Math.Max(0, Dot(at, _end));
    }

    internal void Check(ReadOnlySpan<byte> symbols)
    {
        var largest = -1;
        foreach (var y in symbols) largest = Math.Max(largest, y);
        if (largest >= Symbols) throw new ArgumentException($"The sequence holds the symbol {largest}; 0 to {Symbols - 1} are allowed.", nameof(symbols));
    }

    /// <summary>Puts other matrices in place; only by the learners, which own theirs.</summary>
    internal void Set(ReadOnlySpan<double> maps)
    {
        for (var y = 0; y < Symbols; y++)
        {
            for (var a = 0; a < Size; a++)
            {
                for (var b = 0; b < Size; b++)
                {
                    var x = maps[(((y * Size) + a) * Size) + b];
                    _forth[(((y * Size) + a) * Stride) + b] = x;
                    _back[(((y * Size) + b) * Stride) + a] = x;
                }
            }
        }
    }

    /// <summary>Becomes what lies between two others of the same size: <paramref name="share"/> of the second, 0 to 1. The maps are linear in the dephasing. Nothing is allocated.</summary>
    internal void Blend(SymbolOperators first, SymbolOperators second, double share)
    {
        for (var i = 0; i < _forth.Length; i++)
        {
            _forth[i] = first._forth[i] + share * (second._forth[i] - first._forth[i]);
            _back[i] = first._back[i] + share * (second._back[i] - first._back[i]);
        }
    }

    /// <summary>One step of the filter; the probability of the symbol.</summary>
    internal double Advance(int y, ReadOnlySpan<double> at, Span<double> next)
    {
        Product(_forth, y, at, next);
        var p = Dot(next, _end);
        if (!(p >= LeastProbability))
        {
            _start.CopyTo(next);
            return LeastProbability;
        }

        Scale(next, 1 / p);
        return p;
    }

    /// <summary>next = T_y at, for the backward sweep.</summary>
    internal void Retreat(int y, ReadOnlySpan<double> at, Span<double> next) => Product(_back, y, at, next);

    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var x = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector256<double>>(b);
        var sum = x[0] * y[0];
        for (var i = 1; i < x.Length; i++) sum += x[i] * y[i];
        return Vector256.Sum(sum);
    }

    internal static void Scale(Span<double> a, double factor)
    {
        foreach (ref var x in MemoryMarshal.Cast<double, Vector256<double>>(a)) x *= factor;
    }

    private void Product(double[] rows, int y, ReadOnlySpan<double> at, Span<double> next)
    {
        var blocks = Stride / 4;
        var matrix = MemoryMarshal.Cast<double, Vector256<double>>(rows.AsSpan(y * Size * Stride, Size * Stride));
        var to = MemoryMarshal.Cast<double, Vector256<double>>(next);
        for (var block = 0; block < to.Length; block++)
        {
            var sum = Vector256<double>.Zero;
            for (int a = 0, i = block; i < matrix.Length; a++, i += blocks) sum += matrix[i] * at[a];
            to[block] = sum;
        }
    }
}
