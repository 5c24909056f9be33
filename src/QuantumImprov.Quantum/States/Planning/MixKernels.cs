using System.Numerics;
using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>Turns of qubits above the lanes, up to three in one pass over one array. Lanes do not meet here, so each register goes its own way, whatever its width.</summary>
internal static unsafe class MixKernels<T, V, TTurning>
    where T : struct, IBlock<V>
    where V : unmanaged
    where TTurning : struct, ITurning
{
    /// <summary>Turns higher qubits, by their bits in the block number.</summary>
    internal static void Mix(double* at, int from, int to, int qubits, double* sin, double* cos)
    {
        while (qubits != 0)
        {
            var a = BitOperations.TrailingZeroCount(qubits);
            var rest = qubits & (qubits - 1);
            if (rest == 0)
            {
                One(at, from, to, a, sin[a], cos[a]);
                return;
            }

            var b = BitOperations.TrailingZeroCount(rest);
            var more = rest & (rest - 1);
            if (more == 0 || BitOperations.PopCount((uint)more) == 2)
            {
                Two(at, from, to, a, b, sin, cos);
                qubits = more;
                continue;
            }

            Three(at, from, to, a, b, BitOperations.TrailingZeroCount(more), sin, cos);
            qubits = more & (more - 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(double* at, int from, int to, int a, double sin, double cos)
    {
        var (s, c) = (T.Fill(sin), T.Fill(cos));
        var far = 8 << a;
        for (var h = from; h < to; h = ((h | (1 << a)) + 1) & ~(1 << a))
        {
            for (var p = at + (8 * h); p < at + (8 * h) + 8; p += T.Lanes)
            {
                var x = T.Load(p);
                var y = T.Load(p + far);
                T.Store(p, Pairs<T, V, TTurning>.Zero(x, y, s, c));
                T.Store(p + far, Pairs<T, V, TTurning>.One(x, y, s, c));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two(double* at, int from, int to, int a, int b, double* sin, double* cos)
    {
        V sa = T.Fill(sin[a]), ca = T.Fill(cos[a]), sb = T.Fill(sin[b]), cb = T.Fill(cos[b]);
        var mask = (1 << a) | (1 << b);
        var (farA, farB) = (8 << a, 8 << b);
        for (var h = from; h < to; h = ((h | mask) + 1) & ~mask)
        {
            for (var p = at + (8 * h); p < at + (8 * h) + 8; p += T.Lanes)
            {
                var q = p + farB;
                var v0 = T.Load(p);
                var v1 = T.Load(p + farA);
                var v2 = T.Load(q);
                var v3 = T.Load(q + farA);
                var w0 = Pairs<T, V, TTurning>.Zero(v0, v1, sa, ca);
                var w1 = Pairs<T, V, TTurning>.One(v0, v1, sa, ca);
                var w2 = Pairs<T, V, TTurning>.Zero(v2, v3, sa, ca);
                var w3 = Pairs<T, V, TTurning>.One(v2, v3, sa, ca);
                T.Store(p, Pairs<T, V, TTurning>.Zero(w0, w2, sb, cb));
                T.Store(p + farA, Pairs<T, V, TTurning>.Zero(w1, w3, sb, cb));
                T.Store(q, Pairs<T, V, TTurning>.One(w0, w2, sb, cb));
                T.Store(q + farA, Pairs<T, V, TTurning>.One(w1, w3, sb, cb));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three(double* at, int from, int to, int a, int b, int c, double* sin, double* cos)
    {
        V sa = T.Fill(sin[a]), ca = T.Fill(cos[a]), sb = T.Fill(sin[b]), cb = T.Fill(cos[b]), sc = T.Fill(sin[c]), cc = T.Fill(cos[c]);
        var mask = (1 << a) | (1 << b) | (1 << c);
        var (farA, farB, farC) = (8 << a, 8 << b, 8 << c);
        for (var h = from; h < to; h = ((h | mask) + 1) & ~mask)
        {
            for (var p = at + (8 * h); p < at + (8 * h) + 8; p += T.Lanes)
            {
                var q = p + farB;
                var u = p + farC;
                var w = q + farC;
                var v0 = T.Load(p);
                var v1 = T.Load(p + farA);
                var v2 = T.Load(q);
                var v3 = T.Load(q + farA);
                var v4 = T.Load(u);
                var v5 = T.Load(u + farA);
                var v6 = T.Load(w);
                var v7 = T.Load(w + farA);
                var x0 = Pairs<T, V, TTurning>.Zero(v0, v1, sa, ca);
                var x1 = Pairs<T, V, TTurning>.One(v0, v1, sa, ca);
                var x2 = Pairs<T, V, TTurning>.Zero(v2, v3, sa, ca);
                var x3 = Pairs<T, V, TTurning>.One(v2, v3, sa, ca);
                var x4 = Pairs<T, V, TTurning>.Zero(v4, v5, sa, ca);
                var x5 = Pairs<T, V, TTurning>.One(v4, v5, sa, ca);
                var x6 = Pairs<T, V, TTurning>.Zero(v6, v7, sa, ca);
                var x7 = Pairs<T, V, TTurning>.One(v6, v7, sa, ca);
                var y0 = Pairs<T, V, TTurning>.Zero(x0, x2, sb, cb);
                var y2 = Pairs<T, V, TTurning>.One(x0, x2, sb, cb);
                var y1 = Pairs<T, V, TTurning>.Zero(x1, x3, sb, cb);
                var y3 = Pairs<T, V, TTurning>.One(x1, x3, sb, cb);
                var y4 = Pairs<T, V, TTurning>.Zero(x4, x6, sb, cb);
                var y6 = Pairs<T, V, TTurning>.One(x4, x6, sb, cb);
                var y5 = Pairs<T, V, TTurning>.Zero(x5, x7, sb, cb);
                var y7 = Pairs<T, V, TTurning>.One(x5, x7, sb, cb);
                T.Store(p, Pairs<T, V, TTurning>.Zero(y0, y4, sc, cc));
                T.Store(p + farA, Pairs<T, V, TTurning>.Zero(y1, y5, sc, cc));
                T.Store(q, Pairs<T, V, TTurning>.Zero(y2, y6, sc, cc));
                T.Store(q + farA, Pairs<T, V, TTurning>.Zero(y3, y7, sc, cc));
                T.Store(u, Pairs<T, V, TTurning>.One(y0, y4, sc, cc));
                T.Store(u + farA, Pairs<T, V, TTurning>.One(y1, y5, sc, cc));
                T.Store(w, Pairs<T, V, TTurning>.One(y2, y6, sc, cc));
                T.Store(w + farA, Pairs<T, V, TTurning>.One(y3, y7, sc, cc));
            }
        }
    }
}
