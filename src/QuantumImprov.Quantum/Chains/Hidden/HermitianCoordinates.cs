using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// A Hermitian n x n matrix as n^2 real numbers, in an orthonormal basis: place (r, r) holds the diagonal, (r, c) with r below c holds sqrt 2 times the real part of entry (r, c) and
/// place (c, r) sqrt 2 times its imaginary part. tr(B rho) is then a plain inner product and every Kraus map a real matrix.
/// </summary>
internal static class HermitianCoordinates
{
    private static readonly double Root = Math.Sqrt(.5);

    internal static Complex Entry(ReadOnlySpan<double> v, int n, int r, int c) =>
        r == c ? v[(r * n) + r] : r < c ? new Complex(v[(r * n) + c] * Root, v[(c * n) + r] * Root) : new Complex(v[(c * n) + r] * Root, -v[(r * n) + c] * Root);

    internal static void Write(ReadOnlySpan<Complex> m, int n, Span<double> v)
    {
        for (var r = 0; r < n; r++)
        {
            v[(r * n) + r] = m[(r * n) + r].Real;
            for (var c = r + 1; c < n; c++)
            {
                v[(r * n) + c] = m[(r * n) + c].Real / Root;
                v[(c * n) + r] = m[(r * n) + c].Imaginary / Root;
            }
        }
    }

    internal static double[] Trace(int n)
    {
        var v = new double[n * n];
        for (var r = 0; r < n; r++) v[(r * n) + r] = 1;
        return v;
    }

    internal static SymbolOperators Operators(KrausSet set, double dephasing)
    {
        var n = set.Levels;
        var (size, start) = (n * n, Trace(n));
        for (var i = 0; i < size; i++) start[i] /= n;
        var maps = new double[set.Symbols * size * size];
        Maps(set.Entries.AsSpan(), n, set.Symbols, set.Branches, maps);
        for (var at = 0; at < maps.Length; at++)
        {
            var to = at % size;
            if (to / n != to % n) maps[at] *= 1 - dephasing;
        }

        return new SymbolOperators(size, set.Symbols, maps, start, Trace(n));
    }

    /// <summary>The real matrix of every symbol, by symbol, source place, target place.</summary>
    internal static void Maps(ReadOnlySpan<Complex> kraus, int n, int symbols, int branches, Span<double> maps)
    {
        var size = n * n;
        var unit = new double[size];
        var (source, half, image) = (new Complex[size], new Complex[size], new Complex[size]);
        for (var a = 0; a < size; a++)
        {
            Array.Clear(unit);
            unit[a] = 1;
            for (var i = 0; i < size; i++) source[i] = Entry(unit, n, i / n, i % n);
            for (var y = 0; y < symbols; y++)
            {
                Array.Clear(image);
                for (var j = 0; j < branches; j++) AddImage(kraus.Slice(((y * branches) + j) * size, size), source, n, half, image);
                Write(image, n, maps.Slice(((y * size) + a) * size, size));
            }
        }
    }

    private static void AddImage(ReadOnlySpan<Complex> k, ReadOnlySpan<Complex> rho, int n, Span<Complex> half, Span<Complex> image)
    {
        for (var r = 0; r < n; r++)
        {
            for (var c = 0; c < n; c++)
            {
                Complex sum = 0;
                for (var i = 0; i < n; i++) sum += k[(r * n) + i] * rho[(i * n) + c];
                half[(r * n) + c] = sum;
            }
        }

        for (var r = 0; r < n; r++)
        {
            for (var c = 0; c < n; c++)
            {
                Complex sum = 0;
                for (var i = 0; i < n; i++) sum += half[(r * n) + i] * Complex.Conjugate(k[(c * n) + i]);
                image[(r * n) + c] += sum;
            }
        }
    }
}
