using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States;

/// <summary>
/// One-qubit matrices and phases that act where the bits of <c>mask</c> equal <c>value</c>. Conditions on lanes become lanes that keep their amplitude. Each loop visits the blocks whose mask bits
/// hold by the usual trick: set the fixed bits, add one, clear them.
/// </summary>
internal static unsafe class PairKernels<T, V>
    where T : struct, IBlock<V>
    where V : unmanaged
{
    /// <summary>A complex 2 x 2 matrix, entries row by row.</summary>
    internal static void Matrix(Amplitudes state, int target, int mask, int value, ReadOnlySpan<double> mr, ReadOnlySpan<double> mi)
    {
        var (re, im) = ((nint)state.Re, (nint)state.Im);
        var (fixedBits, set) = (mask >> 3, value >> 3);
        if (target < 3)
        {
            var (dr, di) = (Own(target, mask, value, mr[0], mr[3], 1), Own(target, mask, value, mi[0], mi[3], 0));
            var (or, oi) = (Own(target, mask, value, mr[1], mr[2], 0), Own(target, mask, value, mi[1], mi[2], 0));
            for (var h = set; h < state.Blocks; h = (((h | fixedBits) + 1) & ~fixedBits) | set)
            {
                var (r, t) = (T.Load((double*)re + (8 * h)), T.Load((double*)im + (8 * h)));
                var (fr, ft) = (Flip(r, target), Flip(t, target));
                Turned(dr, di, r, t, or, oi, fr, ft, out var nr, out var nt);
                T.Store((double*)re + (8 * h), nr);
                T.Store((double*)im + (8 * h), nt);
            }

            return;
        }

        var (m0r, m0i, m1r, m1i) = (Kept(mask, value, mr[0], 1), Kept(mask, value, mi[0], 0), Kept(mask, value, mr[1], 0), Kept(mask, value, mi[1], 0));
        var (m2r, m2i, m3r, m3i) = (Kept(mask, value, mr[2], 0), Kept(mask, value, mi[2], 0), Kept(mask, value, mr[3], 1), Kept(mask, value, mi[3], 0));
        var bit = 1 << (target - 3);
        fixedBits |= bit;
        for (var h = set; h < state.Blocks; h = (((h | fixedBits) + 1) & ~fixedBits) | set)
        {
            var (a, b) = ((nint)(8 * h), (nint)(8 * (h + bit)));
            var (ar, ai, br, bi) = (T.Load((double*)re + a), T.Load((double*)im + a), T.Load((double*)re + b), T.Load((double*)im + b));
            Turned(m0r, m0i, ar, ai, m1r, m1i, br, bi, out var nr, out var nt);
            T.Store((double*)re + a, nr);
            T.Store((double*)im + a, nt);
            Turned(m2r, m2i, ar, ai, m3r, m3i, br, bi, out nr, out nt);
            T.Store((double*)re + b, nr);
            T.Store((double*)im + b, nt);
        }
    }

    /// <summary>A real 2 x 2 matrix, entries row by row.</summary>
    internal static void RealMatrix(Amplitudes state, int target, int mask, int value, ReadOnlySpan<double> m)
    {
        Real(state.Re, state.Blocks, target, mask, value, m);
        Real(state.Im, state.Blocks, target, mask, value, m);
    }

    /// <summary>One complex factor where all bits of the mask are 1.</summary>
    internal static void Phase(Amplitudes state, int mask, double fr, double fi)
    {
        var (r, t) = (Kept(mask, mask, fr, 1), Kept(mask, mask, fi, 0));
        var set = mask >> 3;
        for (var h = set; h < state.Blocks; h = (h + 1) | set)
        {
            var (vr, vi) = (T.Load(state.Re + (8 * h)), T.Load(state.Im + (8 * h)));
            T.Store(state.Re + (8 * h), T.MultiplyTake(t, vi, T.Multiply(r, vr)));
            T.Store(state.Im + (8 * h), T.MultiplyAdd(t, vr, T.Multiply(r, vi)));
        }
    }

    private static void Real(double* at, int blocks, int target, int mask, int value, ReadOnlySpan<double> m)
    {
        var (fixedBits, set) = (mask >> 3, value >> 3);
        if (target < 3)
        {
            var (d, o) = (Own(target, mask, value, m[0], m[3], 1), Own(target, mask, value, m[1], m[2], 0));
            for (var h = set; h < blocks; h = (((h | fixedBits) + 1) & ~fixedBits) | set)
            {
                var v = T.Load(at + (8 * h));
                T.Store(at + (8 * h), T.MultiplyAdd(o, Flip(v, target), T.Multiply(d, v)));
            }

            return;
        }

        var (m0, m1, m2, m3) = (Kept(mask, value, m[0], 1), Kept(mask, value, m[1], 0), Kept(mask, value, m[2], 0), Kept(mask, value, m[3], 1));
        var bit = 1 << (target - 3);
        fixedBits |= bit;
        for (var h = set; h < blocks; h = (((h | fixedBits) + 1) & ~fixedBits) | set)
        {
            double* p = at + (8 * h), q = p + (8 * bit);
            var (a, b) = (T.Load(p), T.Load(q));
            T.Store(p, T.MultiplyAdd(m1, b, T.Multiply(m0, a)));
            T.Store(q, T.MultiplyAdd(m3, b, T.Multiply(m2, a)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turned(V mr, V mi, V r, V t, V or, V oi, V fr, V ft, out V re, out V im)
    {
        re = T.MultiplyTake(oi, ft, T.MultiplyAdd(or, fr, T.MultiplyTake(mi, t, T.Multiply(mr, r))));
        im = T.MultiplyAdd(oi, fr, T.MultiplyAdd(or, ft, T.MultiplyAdd(mi, r, T.Multiply(mr, t))));
    }

    // The number in the lanes where the conditions hold, elsewhere what leaves the amplitude alone.
    private static V Kept(int mask, int value, double number, double otherwise) => Own(3, mask, value, number, number, otherwise);

    private static V Own(int target, int mask, int value, double zero, double one, double otherwise)
    {
        var lanes = stackalloc double[8];
        for (var l = 0; l < 8; l++) lanes[l] = (l & mask) != (value & 7 & mask) ? otherwise : (l >> target & 1) != 0 ? one : zero;
        return T.Load(lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Flip(V v, int bit) => bit == 0 ? T.Flip(v, 0) : bit == 1 ? T.Flip(v, 1) : T.Flip(v, 2);
}
