using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.States;

/// <summary>
/// A cumulative table over the codes of a register: built once from a state, then each shot costs one random number and a binary search. Codes of probability 0 are
/// never drawn. Nothing is allocated after construction. Not thread-safe.
/// </summary>
public sealed class ShotTable
{
    private readonly double[] _upTo;
    private int _count, _last;

    /// <summary>Makes room for <paramref name="capacity"/> codes, at least 1.</summary>
    public ShotTable(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _upTo = new double[capacity];
    }

    /// <summary>The sum of all probabilities that went in; 0 before the first build.</summary>
    public double Total => _count == 0 ? 0 : _upTo[_count - 1];

    /// <summary>Builds the table from real amplitudes: code i has the weight amplitude_i squared.</summary>
    public void BuildFromReal(ReadOnlySpan<double> amplitudes)
    {
        double sum = 0;
        var upTo = _upTo.AsSpan(0, amplitudes.Length);
        _last = 0;
        for (var i = 0; i < upTo.Length; i++)
        {
            var p = amplitudes[i] * amplitudes[i];
            if (p > 0) _last = i;
            upTo[i] = sum += p;
        }

        _count = upTo.Length;
    }

    /// <summary>Builds the table from complex amplitudes in two arrays: code i has the weight re_i^2 + im_i^2.</summary>
    public void Build(ReadOnlySpan<double> re, ReadOnlySpan<double> im)
    {
        double sum = 0;
        var upTo = _upTo.AsSpan(0, re.Length);
        _last = 0;
        for (var i = 0; i < upTo.Length; i++)
        {
            var p = (re[i] * re[i]) + (im[i] * im[i]);
            if (p > 0) _last = i;
            upTo[i] = sum += p;
        }

        _count = upTo.Length;
    }

    /// <summary>Draws one code with its share of the total; 0 when every weight is 0.</summary>
    public int Draw(Xoshiro random)
    {
        var at = random.NextDouble() * Total;
        var (low, high) = (0, _count - 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_upTo[middle] > at) high = middle;
            else low = middle + 1;
        }

        // Rounding can push the point onto the total itself; the last possible code owns it.
        return low > _last ? _last : low;
    }
}
