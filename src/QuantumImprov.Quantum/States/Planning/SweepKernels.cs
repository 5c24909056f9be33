using System.Numerics;
using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// The passes of a sweep. The first reads through the index map, turns phases, mixes the three lanes and the two lowest higher qubits, and writes to the second pair of arrays; the others mix up to
/// three higher qubits each, in place, first within pieces that stay in the nearest cache.
/// </summary>
internal static unsafe class SweepKernels<T, TTurning>
    where T : unmanaged, IBlock<T>
    where TTurning : struct, ITurning
{
    private const int Piece = 128;

    internal static void Run(BoundPlan plan, Sweep sweep, Amplitudes state)
    {
        state.Other(out var re, out var im);
        var piece = Math.Min(Piece, sweep.Blocks);
        var left = TTurning.Turns ? sweep.Layer.Turned >> 3 : 0;
        if (piece >= 4) left &= ~3;
        var inside = left & (piece - 1);
        var sin = plan.Sines + sweep.TurnAt + 3;
        var cos = plan.Cosines + sweep.TurnAt + 3;
        for (var start = 0; start < sweep.Blocks; start += piece)
        {
            if (piece >= 4) FirstOfFour(plan, sweep, state, re, im, start, start + piece);
            else FirstOfOne(plan, sweep, state, re, im);
            if (inside == 0) continue;
            Mix(re, start, start + piece, inside, sin, cos);
            Mix(im, start, start + piece, inside, sin, cos);
        }

        if (inside == left) return;
        Mix(re, 0, sweep.Blocks, left & ~inside, sin, cos);
        Mix(im, 0, sweep.Blocks, left & ~inside, sin, cos);
    }

    /// <summary>Turns higher qubits, by their bits in the block number.</summary>
    internal static void Mix(double* at, int from, int to, int qubits, double* sin, double* cos)
    {
        while (qubits != 0)
        {
            var a = BitOperations.TrailingZeroCount(qubits);
            var rest = qubits & (qubits - 1);
            if (rest == 0)
            {
                MixOne(at, from, to, a, sin[a], cos[a]);
                return;
            }

            var b = BitOperations.TrailingZeroCount(rest);
            var more = rest & (rest - 1);
            if (more == 0 || BitOperations.PopCount((uint)more) == 2)
            {
                MixTwo(at, from, to, a, b, sin, cos);
                qubits = more;
                continue;
            }

            MixThree(at, from, to, a, b, BitOperations.TrailingZeroCount(more), sin, cos);
            qubits = more & (more - 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FirstOfOne(BoundPlan plan, Sweep sweep, Amplitudes state, double* re, double* im)
    {
        var read = sweep.Read;
        var tables = plan.Numbers + sweep.TableNumbers;
        var blocks = plan.Numbers + sweep.BlockNumbers;
        var blocksIm = blocks + Math.Max(8, sweep.Blocks);
        var shift = plan.Shifts[sweep.Number];
        var lanes = new LaneTurns<T, TTurning>(plan, sweep);
        for (var h = 0; h < sweep.Blocks; h++)
        {
            var table = tables + (sweep.ClassOf is null ? 0 : 16 * sweep.ClassOf[h]);
            Take(state.Re, state.Im, sweep.Low[h] ^ shift, read, table, blocks[h], blocksIm[h], lanes, out var r, out var t);
            T.Store(re + (8 * h), r);
            T.Store(im + (8 * h), t);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FirstOfFour(BoundPlan plan, Sweep sweep, Amplitudes state, double* re, double* im, int from, int to)
    {
        var (fromRe, fromIm) = ((nint)state.Re, (nint)state.Im);
        var read = sweep.Read;
        var tables = plan.Numbers + sweep.TableNumbers;
        var blocks = plan.Numbers + sweep.BlockNumbers;
        var blocksIm = blocks + Math.Max(8, sweep.Blocks);
        var (low, high) = ((nint)sweep.Low, (nint)sweep.High);
        var shift = plan.Shifts[sweep.Number];
        var lanes = new LaneTurns<T, TTurning>(plan, sweep);
        T s3 = default, s4 = default, c3 = default, c4 = default;
        if (TTurning.Turns)
        {
            (s3, s4) = (T.Fill(plan.Sines[sweep.TurnAt + 3]), T.Fill(plan.Sines[sweep.TurnAt + 4]));
            if (!TTurning.ByTangents) (c3, c4) = (T.Fill(plan.Cosines[sweep.TurnAt + 3]), T.Fill(plan.Cosines[sweep.TurnAt + 4]));
        }

        ReadOnlySpan<ushort> classes = sweep.ClassOf;
        ref var classOf = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(classes);
        var many = classes.Length > 0;
        for (var h = from; h < to; h += 4)
        {
            var at = ((int*)low)[h & 255] ^ ((int*)high)[h >> 8] ^ shift;
            T r0, r1, r2, r3, i0, i1, i2, i3;
            Take((double*)fromRe, (double*)fromIm, at, read, tables + (many ? 16 * Unsafe.Add(ref classOf, h) : 0), blocks[h], blocksIm[h], lanes, out r0, out i0);
            Take((double*)fromRe, (double*)fromIm, at ^ ((int*)low)[1], read, tables + (many ? 16 * Unsafe.Add(ref classOf, h + 1) : 0), blocks[h + 1], blocksIm[h + 1], lanes, out r1, out i1);
            Take((double*)fromRe, (double*)fromIm, at ^ ((int*)low)[2], read, tables + (many ? 16 * Unsafe.Add(ref classOf, h + 2) : 0), blocks[h + 2], blocksIm[h + 2], lanes, out r2, out i2);
            Take((double*)fromRe, (double*)fromIm, at ^ ((int*)low)[3], read, tables + (many ? 16 * Unsafe.Add(ref classOf, h + 3) : 0), blocks[h + 3], blocksIm[h + 3], lanes, out r3, out i3);
            if (TTurning.Turns)
            {
                Pair(ref r0, ref r1, s3, c3);
                Pair(ref i0, ref i1, s3, c3);
                Pair(ref r2, ref r3, s3, c3);
                Pair(ref i2, ref i3, s3, c3);
                Pair(ref r0, ref r2, s4, c4);
                Pair(ref i0, ref i2, s4, c4);
                Pair(ref r1, ref r3, s4, c4);
                Pair(ref i1, ref i3, s4, c4);
            }

            var (toRe, toIm) = ((nint)(re + (8 * h)), (nint)(im + (8 * h)));
            T.Store((double*)toRe, r0);
            T.Store((double*)toRe + 8, r1);
            T.Store((double*)toRe + 16, r2);
            T.Store((double*)toRe + 24, r3);
            T.Store((double*)toIm, i0);
            T.Store((double*)toIm + 8, i1);
            T.Store((double*)toIm + 16, i2);
            T.Store((double*)toIm + 24, i3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(double* fromRe, double* fromIm, int at, PermutedRead* read, double* table, double blockRe, double blockIm, in LaneTurns<T, TTurning> lanes, out T re, out T im)
    {
        var (r, t) = (T.Gather(fromRe, at, read, 0), T.Gather(fromIm, at, read, 0));
        var (tableRe, tableIm, hr, hi) = (T.Load(table), T.Load(table + 8), T.Fill(blockRe), T.Fill(blockIm));
        var factorRe = T.MultiplyTake(tableIm, hi, T.Multiply(tableRe, hr));
        var factorIm = T.MultiplyAdd(tableIm, hr, T.Multiply(tableRe, hi));
        re = lanes.Turn(T.MultiplyTake(t, factorIm, T.Multiply(r, factorRe)));
        im = lanes.Turn(T.MultiplyAdd(t, factorRe, T.Multiply(r, factorIm)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(ref T a, ref T b, T sin, T cos)
    {
        var old = a;
        if (TTurning.ByTangents)
        {
            a = T.MultiplyTake(sin, b, a);
            b = T.MultiplyAdd(sin, old, b);
        }
        else
        {
            a = T.MultiplyTake(sin, b, T.Multiply(cos, a));
            b = T.MultiplyAdd(sin, old, T.Multiply(cos, b));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixOne(double* at, int from, int to, int a, double sin, double cos)
    {
        var (s, c) = (T.Fill(sin), T.Fill(cos));
        var far = 8 << a;
        for (var h = from; h < to; h = ((h | (1 << a)) + 1) & ~(1 << a))
        {
            var p = at + (8 * h);
            var (x, y) = (T.Load(p), T.Load(p + far));
            Pair(ref x, ref y, s, c);
            T.Store(p, x);
            T.Store(p + far, y);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixTwo(double* at, int from, int to, int a, int b, double* sin, double* cos)
    {
        var (sa, ca, sb, cb) = (T.Fill(sin[a]), T.Fill(cos[a]), T.Fill(sin[b]), T.Fill(cos[b]));
        var mask = (1 << a) | (1 << b);
        var (farA, farB) = (8 << a, 8 << b);
        for (var h = from; h < to; h = ((h | mask) + 1) & ~mask)
        {
            var p = at + (8 * h);
            var q = p + farB;
            var (v0, v1, v2, v3) = (T.Load(p), T.Load(p + farA), T.Load(q), T.Load(q + farA));
            Pair(ref v0, ref v1, sa, ca);
            Pair(ref v2, ref v3, sa, ca);
            Pair(ref v0, ref v2, sb, cb);
            Pair(ref v1, ref v3, sb, cb);
            T.Store(p, v0);
            T.Store(p + farA, v1);
            T.Store(q, v2);
            T.Store(q + farA, v3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixThree(double* at, int from, int to, int a, int b, int c, double* sin, double* cos)
    {
        var (sa, ca, sb, cb, sc, cc) = (T.Fill(sin[a]), T.Fill(cos[a]), T.Fill(sin[b]), T.Fill(cos[b]), T.Fill(sin[c]), T.Fill(cos[c]));
        var mask = (1 << a) | (1 << b) | (1 << c);
        var (farA, farB, farC) = (8 << a, 8 << b, 8 << c);
        for (var h = from; h < to; h = ((h | mask) + 1) & ~mask)
        {
            var p = at + (8 * h);
            var q = p + farB;
            var (u, w) = ((nint)(p + farC), (nint)(q + farC));
            var (v0, v1, v2, v3) = (T.Load(p), T.Load(p + farA), T.Load(q), T.Load(q + farA));
            var (v4, v5, v6, v7) = (T.Load((double*)u), T.Load((double*)u + farA), T.Load((double*)w), T.Load((double*)w + farA));
            Pair(ref v0, ref v1, sa, ca);
            Pair(ref v2, ref v3, sa, ca);
            Pair(ref v4, ref v5, sa, ca);
            Pair(ref v6, ref v7, sa, ca);
            Pair(ref v0, ref v2, sb, cb);
            Pair(ref v1, ref v3, sb, cb);
            Pair(ref v4, ref v6, sb, cb);
            Pair(ref v5, ref v7, sb, cb);
            Pair(ref v0, ref v4, sc, cc);
            Pair(ref v1, ref v5, sc, cc);
            Pair(ref v2, ref v6, sc, cc);
            Pair(ref v3, ref v7, sc, cc);
            T.Store(p, v0);
            T.Store(p + farA, v1);
            T.Store(q, v2);
            T.Store(q + farA, v3);
            T.Store((double*)u, v4);
            T.Store((double*)u + farA, v5);
            T.Store((double*)w, v6);
            T.Store((double*)w + farA, v7);
        }
    }
}
