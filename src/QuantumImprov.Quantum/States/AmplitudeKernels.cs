using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.CompilerServices;

namespace QuantumImprov.Quantum.States;

/// <summary>
/// One-qubit kernels over split amplitudes, four codes at a time. A step acts where the bits of <c>mask</c> equal <c>value</c>; conditions on the two lowest qubits become
/// lanes that keep their amplitude. Arrays are padded to four codes, so one qubit needs no special case. Each loop visits the codes whose high mask bits hold by the
/// usual trick: set the fixed bits, add one, clear them.
/// </summary>
internal static unsafe class AmplitudeKernels
{
    internal const int Lanes = 4;
    private const int LowQubits = 2;
    private const int LowMask = Lanes - 1;

    /// <summary>A complex 2 x 2 matrix, entries row by row.</summary>
    internal static void Matrix(double* re, double* im, int size, int target, int mask, int value, ReadOnlySpan<double> mr, ReadOnlySpan<double> mi)
    {
        var on = LanesOf(mask, value);
        var (high, set) = (mask & ~LowMask, value & ~LowMask);
        if (target < LowQubits)
        {
            var one = Ones(target);
            var (dr, di) = (Keep(on, Pick(one, mr[3], mr[0]), 1), Keep(on, Pick(one, mi[3], mi[0]), 0));
            var (or, oi) = (Keep(on, Pick(one, mr[2], mr[1]), 0), Keep(on, Pick(one, mi[2], mi[1]), 0));
            var skip = high | LowMask;
            for (var i = 0; i < size; i = ((i | skip) + 1) & ~skip)
            {
                var at = i | set;
                var (vr, vi) = (Vector256.Load(re + at), Vector256.Load(im + at));
                var (sr, si) = (Mirror(vr, target), Mirror(vi, target));
                Vector256.Store((dr * vr) - (di * vi) + (or * sr) - (oi * si), re + at);
                Vector256.Store((dr * vi) + (di * vr) + (or * si) + (oi * sr), im + at);
            }

            return;
        }

        var (m0r, m0i) = (Keep(on, Vector256.Create(mr[0]), 1), Keep(on, Vector256.Create(mi[0]), 0));
        var (m1r, m1i) = (Keep(on, Vector256.Create(mr[1]), 0), Keep(on, Vector256.Create(mi[1]), 0));
        var (m2r, m2i) = (Keep(on, Vector256.Create(mr[2]), 0), Keep(on, Vector256.Create(mi[2]), 0));
        var (m3r, m3i) = (Keep(on, Vector256.Create(mr[3]), 1), Keep(on, Vector256.Create(mi[3]), 0));
        var bit = 1 << target;
        var run = 1 << BitOperations.TrailingZeroCount(high | bit);
        var over = high | bit | (run - 1);
        for (var i = 0; i < size; i = ((i | over) + 1) & ~over)
        {
            for (var a = i | set; a < (i | set) + run; a += Lanes)
            {
                var b = a + bit;
                var (ar, ai, br, bi) = (Vector256.Load(re + a), Vector256.Load(im + a), Vector256.Load(re + b), Vector256.Load(im + b));
                Vector256.Store((m0r * ar) - (m0i * ai) + (m1r * br) - (m1i * bi), re + a);
                Vector256.Store((m0r * ai) + (m0i * ar) + (m1r * bi) + (m1i * br), im + a);
                Vector256.Store((m2r * ar) - (m2i * ai) + (m3r * br) - (m3i * bi), re + b);
                Vector256.Store((m2r * ai) + (m2i * ar) + (m3r * bi) + (m3i * br), im + b);
            }
        }
    }

    /// <summary>A real 2 x 2 matrix, entries row by row.</summary>
    internal static void RealMatrix(double* re, double* im, int size, int target, int mask, int value, ReadOnlySpan<double> m)
    {
        var on = LanesOf(mask, value);
        var (high, set) = (mask & ~LowMask, value & ~LowMask);
        if (target < LowQubits)
        {
            var one = Ones(target);
            var (d, o) = (Keep(on, Pick(one, m[3], m[0]), 1), Keep(on, Pick(one, m[2], m[1]), 0));
            var skip = high | LowMask;
            for (var i = 0; i < size; i = ((i | skip) + 1) & ~skip)
            {
                var at = i | set;
                var (vr, vi) = (Vector256.Load(re + at), Vector256.Load(im + at));
                Vector256.Store((d * vr) + (o * Mirror(vr, target)), re + at);
                Vector256.Store((d * vi) + (o * Mirror(vi, target)), im + at);
            }

            return;
        }

        var (m0, m1) = (Keep(on, Vector256.Create(m[0]), 1), Keep(on, Vector256.Create(m[1]), 0));
        var (m2, m3) = (Keep(on, Vector256.Create(m[2]), 0), Keep(on, Vector256.Create(m[3]), 1));
        var bit = 1 << target;
        var run = 1 << BitOperations.TrailingZeroCount(high | bit);
        var over = high | bit | (run - 1);
        for (var i = 0; i < size; i = ((i | over) + 1) & ~over)
        {
            for (var a = i | set; a < (i | set) + run; a += Lanes)
            {
                var b = a + bit;
                var (ar, ai, br, bi) = (Vector256.Load(re + a), Vector256.Load(im + a), Vector256.Load(re + b), Vector256.Load(im + b));
                Vector256.Store((m0 * ar) + (m1 * br), re + a);
                Vector256.Store((m0 * ai) + (m1 * bi), im + a);
                Vector256.Store((m2 * ar) + (m3 * br), re + b);
                Vector256.Store((m2 * ai) + (m3 * bi), im + b);
            }
        }
    }

    /// <summary>One complex factor.</summary>
    internal static void Phase(double* re, double* im, int size, int mask, int value, double fr, double fi)
    {
        var on = LanesOf(mask, value);
        var (high, set) = (mask & ~LowMask, value & ~LowMask);
        var (r, t) = (Keep(on, Vector256.Create(fr), 1), Keep(on, Vector256.Create(fi), 0));
        var run = high == 0 ? size : 1 << BitOperations.TrailingZeroCount(high);
        var over = high | (run - 1);
        for (var i = 0; i < size; i = ((i | over) + 1) & ~over)
        {
            for (var a = i | set; a < (i | set) + run; a += Lanes)
            {
                var (vr, vi) = (Vector256.Load(re + a), Vector256.Load(im + a));
                Vector256.Store((r * vr) - (t * vi), re + a);
                Vector256.Store((r * vi) + (t * vr), im + a);
            }
        }
    }

    // All bits set in the lanes where the conditions on the two lowest qubits hold.
    private static Vector256<double> LanesOf(int mask, int value)
    {
        var lane = Vector256.Create(0L, 1, 2, 3);
        return Vector256.Equals(lane & Vector256.Create((long)(mask & LowMask)), Vector256.Create((long)(value & LowMask))).AsDouble();
    }

    // The lanes in which the target qubit is 1.
    private static Vector256<double> Ones(int target) =>
        target == 0 ? Vector256.Create(0L, -1, 0, -1).AsDouble() : Vector256.Create(0L, 0, -1, -1).AsDouble();

    private static Vector256<double> Pick(Vector256<double> where, double yes, double no) =>
        Vector256.ConditionalSelect(where, Vector256.Create(yes), Vector256.Create(no));

    private static Vector256<double> Keep(Vector256<double> on, Vector256<double> number, double otherwise) =>
        Vector256.ConditionalSelect(on, number, Vector256.Create(otherwise));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Mirror(Vector256<double> v, int target) =>
        target == 0 ? Vector256.Shuffle(v, Vector256.Create(1L, 0, 3, 2)) : Vector256.Shuffle(v, Vector256.Create(2L, 3, 0, 1));
}
