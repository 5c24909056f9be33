using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>Four doubles in one 256-bit register.</summary>
internal readonly unsafe struct Four(Vector256<double> v) : IBlock<Four>
{
    private readonly Vector256<double> _v = v;

    public static int Lanes => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Load(double* at) => new(Vector256.Load(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* at, Four v) => Vector256.Store(v._v, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Fill(double number) => new(Vector256.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Add(Four a, Four b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Multiply(Four a, Four b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Divide(Four a, Four b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four MultiplyAdd(Four a, Four b, Four c) => new(Vector256.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four MultiplyTake(Four a, Four b, Four c) => new(Fma.IsSupported ? Fma.MultiplyAddNegated(a._v, b._v, c._v) : Vector256.FusedMultiplyAdd(-a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Flip(Four v, int bit) => new(
        bit == 0 ? Vector256.Shuffle(v._v, Vector256.Create(1L, 0, 3, 2)) : Vector256.Shuffle(v._v, Vector256.Create(2L, 3, 0, 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Pick(double* source, int at, PermutedRead* read, int first) => Gather(source, at, read, first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Gather(double* source, int at, PermutedRead* read, int first)
    {
        var l = read->Lane + first;
        return new(Vector256.Create(source[at ^ l[0]], source[at ^ l[1]], source[at ^ l[2]], source[at ^ l[3]]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Where(Four pattern, int bit) => new((Vector256<long>.Zero - (Vector256.ShiftRightLogical(pattern._v.AsInt64(), bit) & Vector256.Create(1L))).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Select(Four where, Four yes, Four no) => new(Vector256.ConditionalSelect(where._v, yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Xor(Four a, Four b) => new((a._v.AsInt64() ^ b._v.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(Four pattern, int bit) => (int)Vector256.ExtractMostSignificantBits(Vector256.ShiftLeft(pattern._v.AsInt64(), 63 - bit));
}
