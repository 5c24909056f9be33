using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// The first pass of a sweep: reads through the index map, turns phases, mixes the three lanes and, by four blocks
/// at once where a register holds a whole block, the two lowest higher qubits; writes to the second pair of arrays.
/// </summary>
internal static unsafe class FirstPass<T, V, TTurning, TReading>
    where T : struct, IBlock<V>
    where V : unmanaged
    where TTurning : struct, ITurning
    where TReading : struct, IReadingOf
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void One(BoundSweep* sweep, double* fromRe, double* fromIm, double* re, double* im, int from, int to)
    {
        var lanes = new LaneTurns<T, V, TTurning>(sweep);
        var toFactorIm = sweep->FactorsIm - sweep->Factors;
        for (var h = from; h < to; h++)
        {
            var at = sweep->Low[h & 255] ^ sweep->High[h >> 8] ^ sweep->Shift;
            Tables(sweep, sweep->ClassOf == null ? 0 : sweep->ClassOf[h], out var tableRe, out var tableIm);
            T.Store(re + (8 * h), lanes.Turn(Turned(fromRe, fromIm - fromRe, at, sweep->Read, tableRe, tableIm, sweep->Factors + h, toFactorIm, out var i)));
            T.Store(im + (8 * h), lanes.Turn(i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Four(BoundSweep* sweep, double* fromRe, double* fromIm, double* re, double* im, int from, int to)
    {
        var lanes = new LaneTurns<T, V, TTurning>(sweep);
        V s3 = default, s4 = default, c3 = default, c4 = default;
        if (TTurning.Turns)
        {
            (s3, s4) = (T.Fill(sweep->Sin[3]), T.Fill(sweep->Sin[4]));
            if (!TTurning.ByTangents) (c3, c4) = (T.Fill(sweep->Cos[3]), T.Fill(sweep->Cos[4]));
        }

        // What the loop needs lies in locals, and imaginary parts at fixed distances: address registers are scarce.
        var read = sweep->Read;
        var classOf = sweep->ClassOf;
        int* low = sweep->Low, high = sweep->High;
        var (shift, low1, low2) = (sweep->Shift, sweep->Low[1], sweep->Low[2]);
        var (tableRe, tableIm) = (T.Load(sweep->Tables), T.Load(sweep->Tables + 8));
        var factor = sweep->Factors + from;
        var (toFactorIm, toFromIm, toIm) = (sweep->FactorsIm - sweep->Factors, fromIm - fromRe, im - re);
        re += 8 * from;
        for (var h = from; h < to; h += 4)
        {
            var at = low[h & 255] ^ high[h >> 8] ^ shift;
            if (classOf != null) Tables(sweep, classOf[h], out tableRe, out tableIm);
            var r0 = lanes.Turn(Turned(fromRe, toFromIm, at, read, tableRe, tableIm, factor, toFactorIm, out var i0));
            i0 = lanes.Turn(i0);
            if (classOf != null) Tables(sweep, classOf[h + 1], out tableRe, out tableIm);
            var r1 = lanes.Turn(Turned(fromRe, toFromIm, at ^ low1, read, tableRe, tableIm, factor + 1, toFactorIm, out var i1));
            i1 = lanes.Turn(i1);
            if (classOf != null) Tables(sweep, classOf[h + 2], out tableRe, out tableIm);
            var r2 = lanes.Turn(Turned(fromRe, toFromIm, at ^ low2, read, tableRe, tableIm, factor + 2, toFactorIm, out var i2));
            i2 = lanes.Turn(i2);
            if (classOf != null) Tables(sweep, classOf[h + 3], out tableRe, out tableIm);
            var r3 = lanes.Turn(Turned(fromRe, toFromIm, at ^ low1 ^ low2, read, tableRe, tableIm, factor + 3, toFactorIm, out var i3));
            i3 = lanes.Turn(i3);
            if (TTurning.Turns)
            {
                Four(re, r0, r1, r2, r3, s3, c3, s4, c4);
                Four(re + toIm, i0, i1, i2, i3, s3, c3, s4, c4);
            }
            else
            {
                Store(re, r0, r1, r2, r3);
                Store(re + toIm, i0, i1, i2, i3);
            }

            factor += 4;
            re += 32;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tables(BoundSweep* sweep, int code, out V re, out V im)
    {
        var table = sweep->Tables + (16 * code);
        re = T.Load(table);
        im = T.Load(table + 8);
    }

    /// <summary>One block of eight amplitudes, read through the index map, times its factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Turned(double* from, long toFromIm, int at, PermutedRead* read, V tableRe, V tableIm, double* factor, long toFactorIm, out V imaginary)
    {
        var (fr, fi) = (T.Fill(*factor), T.Fill(factor[toFactorIm]));
        var factorRe = T.MultiplyTake(tableIm, fi, T.Multiply(tableRe, fr));
        var factorIm = T.MultiplyAdd(tableIm, fr, T.Multiply(tableRe, fi));
        var (r, i) = (Read(read, from, at), Read(read, from + toFromIm, at));
        imaginary = Im(r, i, factorRe, factorIm);
        return Re(r, i, factorRe, factorIm);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(double* at, V v0, V v1, V v2, V v3, V s3, V c3, V s4, V c4)
    {
        var w0 = Pairs<T, V, TTurning>.Zero(v0, v1, s3, c3);
        var w1 = Pairs<T, V, TTurning>.One(v0, v1, s3, c3);
        var w2 = Pairs<T, V, TTurning>.Zero(v2, v3, s3, c3);
        var w3 = Pairs<T, V, TTurning>.One(v2, v3, s3, c3);
        T.Store(at, Pairs<T, V, TTurning>.Zero(w0, w2, s4, c4));
        T.Store(at + 8, Pairs<T, V, TTurning>.Zero(w1, w3, s4, c4));
        T.Store(at + 16, Pairs<T, V, TTurning>.One(w0, w2, s4, c4));
        T.Store(at + 24, Pairs<T, V, TTurning>.One(w1, w3, s4, c4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(double* at, V v0, V v1, V v2, V v3)
    {
        T.Store(at, v0);
        T.Store(at + 8, v1);
        T.Store(at + 16, v2);
        T.Store(at + 24, v3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Read(PermutedRead* read, double* from, int at) => TReading.TwoBlocks ? T.Pick(from, at, read, 0) : T.Gather(from, at, read, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Re(V re, V im, V factorRe, V factorIm) => T.MultiplyTake(im, factorIm, T.Multiply(re, factorRe));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Im(V re, V im, V factorRe, V factorIm) => T.MultiplyAdd(im, factorRe, T.Multiply(re, factorIm));
}
