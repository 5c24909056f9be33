using System.Numerics;
using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// The phase factors of a sweep: that of block h and lane l is <c>factor[h] x table[class of h][l]</c>. Factors of single qubits are multiplied up by doubling; what the sweep before left over
/// (signs of whole quarter turns, cosines) goes into them too.
/// </summary>
internal static unsafe class Tables<T, V>
    where T : struct, IBlock<V>
    where V : unmanaged
{
    /// <param name="plan">Where the numbers lie.</param>
    /// <param name="sweep">Whose factors.</param>
    /// <param name="whole">Whether the phase that all amplitudes share is wanted too.</param>
    internal static void Build(BoundPlan plan, Sweep sweep, bool whole = false)
    {
        var bound = plan.Sweeps + sweep.Number;
        var (signs, scale) = bound->HasHeir ? Inherit(bound) : (0, 1);
        if (!bound->HasHeir) bound->Shift = bound->SourceOfZero;
        if (sweep.Seeds) return;
        BuildTables(bound, signs, scale, whole);
        BuildFactors(bound, signs);
        if (sweep.FreeTerms.Length > 0) Terms(plan, sweep, bound);
    }

    /// <summary>Only where amplitudes go.</summary>
    internal static void BuildShift(BoundPlan plan, Sweep sweep)
    {
        var bound = plan.Sweeps + sweep.Number;
        if (bound->HasHeir) Inherit(bound);
        else bound->Shift = bound->SourceOfZero;
    }

    private static void Terms(BoundPlan plan, Sweep sweep, BoundSweep* bound)
    {
        var at = sweep.TermAt;
        foreach (var term in sweep.FreeTerms)
        {
            if ((term.Mask & 7) == 0) sweep.TurnBlocks(term, bound->Factors, plan.Cosines[at], plan.Sines[at]);
            else sweep.TurnTables(term, bound->Tables, plan.Cosines[at], plan.Sines[at]);
            at++;
        }
    }

    // A turn by k quarters of the half angle is (X Z)^k: the flips move amplitudes, the signs join the phases.
    private static (int Signs, double Scale) Inherit(BoundSweep* bound)
    {
        var (odd, twos, qubits) = (0, 0, bound->Qubits);
        for (var q = 0; q < qubits; q += 8)
        {
            var quarters = T.Load(bound->HeirQuarters + q);
            odd |= T.Bits(quarters, 0) << q;
            twos |= T.Bits(quarters, 1) << q;
        }

        var all = (1 << qubits) - 1;
        odd &= all;
        double even = 1, other = 1;
        var cos = bound->HeirCos;
        for (var q = 0; q < qubits; q++) (even, other) = (other, even * cos[q]);

        var signs = 0;
        var bytes = bound->BackBytes;
        for (var left = odd; left != 0; left >>= 8, bytes += 256) signs ^= bytes[left & 255];
        bound->Shift = bound->SourceOfZero ^ odd;
        var minus = BitOperations.PopCount((uint)(twos & all)) + BitOperations.PopCount((uint)(odd & bound->Shift));
        return (signs, Signed(even * other, minus, 0)); // Without a branch: nobody can predict the sign.
    }

    private static void BuildTables(BoundSweep* bound, int signs, double scale, bool whole)
    {
        var r = Doubled(bound, LaneSigns.One, LaneSigns.MinusWhereOdd, signs, 0, out var t);
        (r, t) = (T.Multiply(T.Fill(scale), r), T.Multiply(T.Fill(scale), t));
        if (whole && bound->GlobalCos != null)
        {
            var (c, s) = (T.Fill(*bound->GlobalCos), T.Fill(*bound->GlobalSin));
            (r, t) = (T.MultiplyTake(t, s, T.Multiply(r, c)), T.MultiplyAdd(t, c, T.Multiply(r, s)));
        }

        var table = bound->Tables;
        var given = bound->FixedTables;
        for (var c = 0; c < bound->Classes; c++, table += 16)
        {
            var (tr, tt) = (r, t);
            if (given != null)
            {
                var (gr, gt) = (T.Load(given), T.Load(given + 8));
                (tr, tt) = (T.MultiplyTake(t, gt, T.Multiply(r, gr)), T.MultiplyAdd(t, gr, T.Multiply(r, gt)));
                given += 16;
            }

            T.Store(table, tr);
            T.Store(table + 8, tt);
        }
    }

    private static void BuildFactors(BoundSweep* bound, int signs)
    {
        double* re = bound->Factors, im = bound->FactorsIm;
        var first = Doubled(bound, LaneSigns.One, LaneSigns.MinusWhereOdd, signs, 3, out var firstIm);
        if (bound->FixedBlocks != null && bound->Blocks <= 8)
        {
            var (gr, gt) = (T.Load(bound->FixedBlocks), T.Load(bound->FixedBlocks + 8));
            var turned = T.MultiplyTake(firstIm, gt, T.Multiply(first, gr));
            firstIm = T.MultiplyAdd(firstIm, gr, T.Multiply(first, gt));
            first = turned;
        }

        T.Store(re, first);
        T.Store(im, firstIm);
        for (var q = 6; q < bound->Qubits; q++)
        {
            var (cos, sin) = (Cos(bound, signs, q), Sin(bound, signs, q));
            var size = 1 << (q - 3);
            var (c, s) = (T.Fill(cos), T.Fill(sin));
            for (var i = 0; i < size; i += 8)
            {
                var (r, t) = (T.Load(re + i), T.Load(im + i));
                T.Store(re + i + size, T.MultiplyTake(t, s, T.Multiply(r, c)));
                T.Store(im + i + size, T.MultiplyAdd(t, c, T.Multiply(r, s)));
            }
        }

        if (bound->FixedBlocks == null || bound->Blocks <= 8) return;
        double* given = bound->FixedBlocks, givenIm = given + Math.Max(8, bound->Blocks);
        for (var i = 0; i < bound->Blocks; i += 8)
        {
            var (r, t, gr, gt) = (T.Load(re + i), T.Load(im + i), T.Load(given + i), T.Load(givenIm + i));
            T.Store(re + i, T.MultiplyTake(t, gt, T.Multiply(r, gr)));
            T.Store(im + i, T.MultiplyAdd(t, gr, T.Multiply(r, gt)));
        }
    }

    // Eight products of the factors of three qubits: qubit q turns the lanes in which its bit is 1. The patterns are arguments so that they are there before the first register is in use.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Doubled(BoundSweep* bound, double* one, double* minusWhereOdd, int signs, int qubit, out V imaginary)
    {
        var count = bound->PhaseCos == null ? 0 : bound->Qubits - qubit;
        double* cos = bound->PhaseCos + qubit, sin = bound->PhaseSin + qubit;
        V re = T.Fill(1), im = default;
        if (count > 0) (re, im) = (Lanes(one, *cos, 1), Lanes(one, *sin, 0));
        if (count > 1) Turn(Lanes(one + 8, cos[1], 1), Lanes(one + 8, sin[1], 0), ref re, ref im);
        if (count > 2) Turn(Lanes(one + 16, cos[2], 1), Lanes(one + 16, sin[2], 0), ref re, ref im);
        var minus = T.Load(minusWhereOdd + (8 * (signs >> qubit & 7)));
        imaginary = T.Xor(im, minus);
        return T.Xor(re, minus);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(V cos, V sin, ref V re, ref V im) => (re, im) = (T.MultiplyTake(im, sin, T.Multiply(re, cos)), T.MultiplyAdd(im, cos, T.Multiply(re, sin)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Lanes(double* where, double there, double elsewhere) => T.Select(T.Load(where), T.Fill(there), T.Fill(elsewhere));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Cos(BoundSweep* bound, int signs, int qubit) => bound->PhaseCos == null ? Signed(1, signs, qubit) : Signed(bound->PhaseCos[qubit], signs, qubit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sin(BoundSweep* bound, int signs, int qubit) => bound->PhaseSin == null ? 0 : Signed(bound->PhaseSin[qubit], signs, qubit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Signed(double number, int signs, int qubit) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(number) ^ ((long)(signs >> qubit) << 63));
}
