using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// The log-likelihood of sequences and its derivative by the conjugate entries, dlogL/dK*_(y,j) = sum of B_t K_(y,j) rho_(t-1) / p_t over the times of y, so that dlogL = 2 Re tr(dK^+ gradient).
/// Owns its workspace; not thread-safe.
/// </summary>
internal sealed class KrausGradient
{
    private readonly int _levels, _symbols, _branches;
    private readonly double[] _maps;
    private readonly Complex[] _entries, _half, _full;
    private readonly ForwardBackward _sweep;

    internal KrausGradient(int levels, int symbols, int branches)
    {
        (_levels, _symbols, _branches) = (levels, symbols, branches);
        var size = levels * levels;
        _maps = new double[symbols * size * size];
        _entries = new Complex[symbols * branches * size];
        (_half, _full) = (new Complex[size * size], new Complex[size * size]);
        var start = HermitianCoordinates.Trace(levels);
        for (var i = 0; i < size; i++) start[i] /= levels;
        Operators = new SymbolOperators(size, symbols, _maps, start, HermitianCoordinates.Trace(levels));
        _sweep = new ForwardBackward(Operators);
    }

    /// <summary>The operators last put in place.</summary>
    internal SymbolOperators Operators { get; }

    /// <summary>Puts stacked operators in place.</summary>
    internal void Set(ComplexMatrix kappa)
    {
        for (var i = 0; i < _entries.Length; i++) _entries[i] = new(kappa.Re[i], kappa.Im[i]);
        HermitianCoordinates.Maps(_entries, _levels, _symbols, _branches, _maps);
        Operators.Set(_maps);
        _sweep.Clear();
    }

    /// <summary>Adds a sequence; returns its log-likelihood after the warm-up.</summary>
    internal double Add(ReadOnlySpan<byte> symbols, int warmUp) => _sweep.Add(symbols, warmUp);

    /// <summary>The derivative of the sum of all sequences added since the operators were put in place, stacked like them.</summary>
    internal void Write(ComplexMatrix gradient)
    {
        var n = _levels;
        var size = n * n;
        for (var y = 0; y < _symbols; y++)
        {
            Expand(_sweep.Counts.AsSpan(y * size * Operators.Stride, size * Operators.Stride));
            for (var j = 0; j < _branches; j++)
            {
                var top = ((y * _branches) + j) * n;
                for (var r = 0; r < n; r++)
                {
                    for (var c = 0; c < n; c++)
                    {
                        Complex sum = 0;
                        for (var p = 0; p < n; p++)
                        {
                            for (var q = 0; q < n; q++) sum += _full[(((q * n) + c) * size) + (r * n) + p] * _entries[((top + p) * n) + q];
                        }

                        gradient[top + r, c] = sum;
                    }
                }
            }
        }
    }

    // From real coordinates to entries: full[(q,c),(r,p)] = sum of rho[q,c] B[r,p] / p, both of which are linear in their coordinates.
    private void Expand(ReadOnlySpan<double> counts)
    {
        var (size, stride) = (_levels * _levels, Operators.Stride);
        for (var row = 0; row < size; row++)
        {
            var (real, imaginary, re, im) = Places(row);
            for (var b = 0; b < size; b++) _half[(row * size) + b] = new(re * counts[(real * stride) + b], im * counts[(imaginary * stride) + b]);
        }

        for (var column = 0; column < size; column++)
        {
            var (real, imaginary, re, im) = Places(column);
            for (var row = 0; row < size; row++) _full[(row * size) + column] = (re * _half[(row * size) + real]) + (new Complex(0, im) * _half[(row * size) + imaginary]);
        }
    }

    private (int Real, int Imaginary, double Re, double Im) Places(int place)
    {
        var (r, c) = (place / _levels, place % _levels);
        var root = Math.Sqrt(.5);
        return r == c ? (place, place, 1, 0) : r < c ? (place, (c * _levels) + r, root, root) : ((c * _levels) + r, place, root, -root);
    }
}
