using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// Sines and cosines of many angles, eight at a time. The angle is reduced by multiples of pi / 2 in two fused steps; the polynomials are the minimax ones of Sun's fdlibm (k_sin.c, k_cos.c).
/// Every result is within 2.3e-16 of the true value for angles up to 1e9; larger ones go through <see cref="LargeAngles"/>.
/// </summary>
internal static unsafe class SinCos<T, V>
    where T : struct, IBlock<V>
    where V : unmanaged
{
    // 1.5 x 2^52: adding it rounds to a whole number, which then stands in the lowest bits; 2^31 more, and the upper half of the pattern is always the same while the number is small.
    private const double Base = 6755399441055744, Rounder = Base + 2147483648;

    /// <summary>sin and cos of whole angles; both ends are multiples of 8. True when one of them was too large.</summary>
    internal static bool Whole(AngleForms forms, double* given, double* angles, double* sin, double* cos, int from, int to)
    {
        var minus = T.Fill(-0.0);
        V seen = default;
        for (var i = from; i < to; i += 8)
        {
            var angle = Angle(forms, given, i);
            T.Store(angles + i, angle);
            var quarters = T.MultiplyAdd(angle, T.Fill(2 / Math.PI), T.Fill(Rounder));
            seen = Either(seen, T.Xor(quarters, T.Fill(Base)));
            var (s, c) = Core(angle, T.Add(quarters, T.Fill(-Rounder)));
            var odd = T.Where(quarters, 0);
            var second = T.Where(quarters, 1);
            T.Store(sin + i, T.Xor(T.Select(odd, c, s), T.Select(second, minus, default)));
            T.Store(cos + i, T.Xor(T.Select(odd, s, c), T.Select(T.Xor(second, odd), minus, default)));
        }

        return T.HasUpper(seen);
    }

    /// <summary>
    /// Angles as quarters x pi / 2 + rest with |rest| at most pi / 4: tan and cos of the rest; the two lowest bits of <paramref name="quarters"/>' pattern count the quarters. True when an angle was too
    /// large.
    /// </summary>
    internal static bool Tangents(AngleForms forms, double* given, double* angles, double* tan, double* cos, double* quarters, int count)
    {
        V seen = default;
        for (var i = 0; i < count; i += 8)
        {
            var angle = Angle(forms, given, i);
            T.Store(angles + i, angle);
            var q = T.MultiplyAdd(angle, T.Fill(2 / Math.PI), T.Fill(Rounder));
            seen = Either(seen, T.Xor(q, T.Fill(Base)));
            var (s, c) = Core(angle, T.Add(q, T.Fill(-Rounder)));
            T.Store(tan + i, T.Divide(s, c));
            T.Store(cos + i, c);
            T.Store(quarters + i, q);
        }

        return T.HasUpper(seen);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Angle(AngleForms forms, double* given, int slot)
    {
        var sum = T.Load(forms.Constants + slot);
        var block = slot >> 3;
        for (var term = block == 0 ? 0 : forms.Ends[block - 1]; term < forms.Ends[block]; term += 8)
            sum = T.MultiplyAdd(T.Load(forms.Shares + term), T.Collect(given, forms.Places + term), sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Either(V a, V b) => T.Select(a, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Sin, V Cos) Core(V x, V whole)
    {
        var r = T.MultiplyTake(whole, T.Fill(1.5707963267948966), x);
        r = T.MultiplyTake(whole, T.Fill(6.123233995736766e-17), r);
        var z = T.Multiply(r, r);

        var s = T.MultiplyAdd(z, T.Fill(1.58969099521155010221e-10), T.Fill(-2.50507602534068634195e-08));
        s = T.MultiplyAdd(z, s, T.Fill(2.75573137070700676789e-06));
        s = T.MultiplyAdd(z, s, T.Fill(-1.98412698298579493134e-04));
        s = T.MultiplyAdd(z, s, T.Fill(8.33333333332248946124e-03));
        s = T.MultiplyAdd(z, s, T.Fill(-1.66666666666666324348e-01));
        s = T.MultiplyAdd(T.Multiply(z, r), s, r);

        var c = T.MultiplyAdd(z, T.Fill(-1.13596475577881948265e-11), T.Fill(2.08757232129817482790e-09));
        c = T.MultiplyAdd(z, c, T.Fill(-2.75573143513906633035e-07));
        c = T.MultiplyAdd(z, c, T.Fill(2.48015872894767294178e-05));
        c = T.MultiplyAdd(z, c, T.Fill(-1.38888888888741095749e-03));
        c = T.MultiplyAdd(z, c, T.Fill(4.16666666666666019037e-02));
        c = T.MultiplyAdd(T.Multiply(z, z), c, T.MultiplyAdd(z, T.Fill(-.5), T.Fill(1)));
        return (s, c);
    }
}
