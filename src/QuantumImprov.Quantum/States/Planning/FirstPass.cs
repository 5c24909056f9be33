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
        for (var h = from; h < to; h++)
        {
            var at = sweep->Low[h & 255] ^ sweep->High[h >> 8] ^ sweep->Shift;
            var fr = FactorRe(sweep, h);
            var fi = FactorIm(sweep, h);
            var r = Read(sweep, fromRe, at);
            var i = Read(sweep, fromIm, at);
            T.Store(re + (8 * h), lanes.Turn(Re(r, i, fr, fi)));
            T.Store(im + (8 * h), lanes.Turn(Im(r, i, fr, fi)));
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

        for (var h = from; h < to; h += 4)
        {
            var at = sweep->Low[h & 255] ^ sweep->High[h >> 8] ^ sweep->Shift;
            var at0 = at;
            var f0 = FactorRe(sweep, h);
            var g0 = FactorIm(sweep, h);
            var p0 = Read(sweep, fromRe, at0);
            var q0 = Read(sweep, fromIm, at0);
            var r0 = lanes.Turn(Re(p0, q0, f0, g0));
            var i0 = lanes.Turn(Im(p0, q0, f0, g0));
            var at1 = at ^ sweep->Low[1];
            var f1 = FactorRe(sweep, h + 1);
            var g1 = FactorIm(sweep, h + 1);
            var p1 = Read(sweep, fromRe, at1);
            var q1 = Read(sweep, fromIm, at1);
            var r1 = lanes.Turn(Re(p1, q1, f1, g1));
            var i1 = lanes.Turn(Im(p1, q1, f1, g1));
            var at2 = at ^ sweep->Low[2];
            var f2 = FactorRe(sweep, h + 2);
            var g2 = FactorIm(sweep, h + 2);
            var p2 = Read(sweep, fromRe, at2);
            var q2 = Read(sweep, fromIm, at2);
            var r2 = lanes.Turn(Re(p2, q2, f2, g2));
            var i2 = lanes.Turn(Im(p2, q2, f2, g2));
            var at3 = at ^ sweep->Low[3];
            var f3 = FactorRe(sweep, h + 3);
            var g3 = FactorIm(sweep, h + 3);
            var p3 = Read(sweep, fromRe, at3);
            var q3 = Read(sweep, fromIm, at3);
            var r3 = lanes.Turn(Re(p3, q3, f3, g3));
            var i3 = lanes.Turn(Im(p3, q3, f3, g3));
            if (TTurning.Turns)
            {
                Four(re + (8 * h), r0, r1, r2, r3, s3, c3, s4, c4);
                Four(im + (8 * h), i0, i1, i2, i3, s3, c3, s4, c4);
                continue;
            }

            Store(re + (8 * h), r0, r1, r2, r3);
            Store(im + (8 * h), i0, i1, i2, i3);
        }
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
    private static V Read(BoundSweep* sweep, double* from, int at) => TReading.TwoBlocks ? T.Pick(from, at, sweep->Read, 0) : T.Gather(from, at, sweep->Read, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double* Table(BoundSweep* sweep, int block) => sweep->Tables + (sweep->ClassOf == null ? 0 : 16 * sweep->ClassOf[block]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FactorRe(BoundSweep* sweep, int block)
    {
        var table = Table(sweep, block);
        return T.MultiplyTake(T.Load(table + 8), T.Fill(sweep->FactorsIm[block]), T.Multiply(T.Load(table), T.Fill(sweep->Factors[block])));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FactorIm(BoundSweep* sweep, int block)
    {
        var table = Table(sweep, block);
        return T.MultiplyAdd(T.Load(table + 8), T.Fill(sweep->Factors[block]), T.Multiply(T.Load(table), T.Fill(sweep->FactorsIm[block])));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Re(V re, V im, V factorRe, V factorIm) => T.MultiplyTake(im, factorIm, T.Multiply(re, factorRe));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Im(V re, V im, V factorRe, V factorIm) => T.MultiplyAdd(im, factorRe, T.Multiply(re, factorIm));
}
