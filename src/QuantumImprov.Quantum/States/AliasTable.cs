using System.Numerics;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.States;

/// <summary>
/// A table for many shots from one state (Walker, in Vose's form): the codes are dealt into equal slots, each shared by at most two of them, so that a shot is one random number, one look-up and one
/// comparison, however many codes there are. Building costs one pass; for a few shots <see cref="ShotTable"/> is cheaper. Codes of probability 0 are never drawn. Nothing is allocated after
/// construction. Not thread-safe.
/// </summary>
public sealed class AliasTable
{
    private readonly Slot[] _slots;
    private readonly double[] _weights;
    private readonly int[] _order;
    private int _shift = 64;

    /// <summary>Makes room for <paramref name="capacity"/> codes, at least 1.</summary>
    public AliasTable(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
        _slots = new Slot[Math.Max(2, slots)];
        _weights = new double[_slots.Length];
        _order = new int[_slots.Length];
    }

    /// <summary>The sum of all probabilities that went in; 0 before the first build.</summary>
    public double Total { get; private set; }

    /// <summary>Builds the table from complex amplitudes in two arrays: code i has the weight re_i^2 + im_i^2.</summary>
    public void Build(ReadOnlySpan<double> re, ReadOnlySpan<double> im)
    {
        var slots = Math.Max(2, (int)BitOperations.RoundUpToPowerOf2((uint)re.Length));
        var weights = _weights.AsSpan(0, slots);
        im = im[..re.Length];
        double total = 0;
        for (var i = 0; i < re.Length; i++) total += weights[i] = (re[i] * re[i]) + (im[i] * im[i]);
        weights[re.Length..].Clear();
        Total = total;
        _shift = 64 - BitOperations.Log2((uint)slots);
        Deal(weights, slots / total);
    }

    /// <summary>Draws one code with its share of the total; 0 when every weight is 0.</summary>
    public int Draw(Xoshiro random)
    {
        var bits = random.NextBits();
        ref readonly var slot = ref _slots[(int)(bits >> _shift)];
        return bits << (64 - _shift) < slot.UpTo ? slot.Own : slot.Other;
    }

    /// <summary>Draws as many codes as there is room for; the same codes as one by one.</summary>
    public void Draw(Span<int> codes, Xoshiro random)
    {
        var slots = _slots;
        var shift = _shift;
        for (var i = 0; i < codes.Length; i++)
        {
            var bits = random.NextBits();
            ref readonly var slot = ref slots[(int)(bits >> shift)];
            codes[i] = bits << (64 - shift) < slot.UpTo ? slot.Own : slot.Other;
        }
    }

    // Small weights wait at the front of the order, large ones at its end; each small one is filled up from a large one, which may become small itself.
    private void Deal(Span<double> weights, double scale)
    {
        var (small, large) = (0, weights.Length);
        var most = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] *= scale;
            if (weights[i] > weights[most]) most = i;
            if (weights[i] < 1) _order[small++] = i;
            else _order[--large] = i;
        }

        var next = 0;
        while (next < small && large < weights.Length)
        {
            var (poor, rich) = (_order[next++], _order[large]);
            _slots[poor] = new Slot((ulong)(weights[poor] * 18446744073709551616.0), poor, rich);
            weights[rich] -= 1 - weights[poor];
            if (weights[rich] >= 1) continue;
            large++;
            _order[small++] = rich;
        }

        // What rounding leaves over is 1 but for the last digit; an impossible code must not inherit it.
        while (next < small) Fill(_order[next++], most, weights);
        while (large < weights.Length) Fill(_order[large++], most, weights);
    }

    private void Fill(int code, int most, ReadOnlySpan<double> weights)
    {
        var own = weights[code] > .5 ? code : double.IsNaN(weights[code]) ? 0 : most;
        _slots[code] = new Slot(ulong.MaxValue, own, own);
    }

    private readonly record struct Slot(ulong UpTo, int Own, int Other);
}
