using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// The arithmetic of <see cref="StepIsometry"/> on a memory of eight lanes. The law of the symbols is linear in the 64 real coordinates of |psi><psi|; vector s of them holds at lane j the product of
/// amplitudes j and j ^ s: its real part where j is the smaller, its imaginary part where j is the larger.
/// </summary>
internal static unsafe class IsometryKernel<T, V>
    where T : struct, IBlock<V>
    where V : unmanaged
{
    /// <summary>Writes the probability of every symbol, eight by eight; they sum to the squared length of the memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Law(double* re, double* im, double* coordinates, double* forms, double* law, int symbols)
    {
        var r = T.Load(re);
        var t = T.Load(im);
        T.Store(coordinates, T.MultiplyAdd(t, t, T.Multiply(r, r)));
        for (var s = 1; s < 8; s++)
        {
            var fr = r;
            var ft = t;
            if ((s & 1) != 0) (fr, ft) = (T.Flip(fr, 0), T.Flip(ft, 0));
            if ((s & 2) != 0) (fr, ft) = (T.Flip(fr, 1), T.Flip(ft, 1));
            if ((s & 4) != 0) (fr, ft) = (T.Flip(fr, 2), T.Flip(ft, 2));
            var real = T.MultiplyAdd(t, ft, T.Multiply(r, fr));
            var imaginary = T.MultiplyTake(t, fr, T.Multiply(r, ft));

            // The larger of j and j ^ s is the one in which the highest bit of s is 1.
            var larger = T.Load(LaneSigns.One + (8 * (s > 3 ? 2 : s > 1 ? 1 : 0)));
            T.Store(coordinates + (8 * s), T.Select(larger, imaginary, real));
        }

        for (var x = 0; x < symbols; x += 16)
        {
            V a = default, b = default, c = default, d = default;
            var form = forms + (64 * x);
            for (var k = 0; k < 64; k += 2, form += 32)
            {
                var even = T.Fill(coordinates[k]);
                var odd = T.Fill(coordinates[k + 1]);
                a = T.MultiplyAdd(even, T.Load(form), a);
                b = T.MultiplyAdd(even, T.Load(form + 8), b);
                c = T.MultiplyAdd(odd, T.Load(form + 16), c);
                d = T.MultiplyAdd(odd, T.Load(form + 24), d);
            }

            T.Store(law + x, T.Add(a, c));
            T.Store(law + x + 8, T.Add(b, d));
        }
    }

    /// <summary>The memory after a symbol: its Kraus operator, eight columns of eight real and eight imaginary parts, times a scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Apply(double* re, double* im, double* columns, double scale)
    {
        V a = default, b = default, c = default, d = default;
        for (var column = 0; column < 8; column++, columns += 16)
        {
            var r = T.Fill(re[column]);
            var t = T.Fill(im[column]);
            var kr = T.Load(columns);
            var kt = T.Load(columns + 8);
            a = T.MultiplyAdd(kr, r, a);
            b = T.MultiplyAdd(kr, t, b);
            c = T.MultiplyTake(kt, t, c);
            d = T.MultiplyAdd(kt, r, d);
        }

        var all = T.Fill(scale);
        T.Store(re, T.Multiply(all, T.Add(a, c)));
        T.Store(im, T.Multiply(all, T.Add(b, d)));
    }
}
