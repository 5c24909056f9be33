using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>Eight doubles in one 512-bit register.</summary>
internal readonly unsafe struct Eight : IBlock<Vector512<double>>
{
    public static int Lanes => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(double* at) => Vector512.Load(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* at, Vector512<double> v) => Vector512.Store(v, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Fill(double number) => Vector512.Create(number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Divide(Vector512<double> a, Vector512<double> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyTake(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Avx512F.IsSupported ? Avx512F.FusedMultiplyAddNegated(a, b, c) : Vector512.FusedMultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Flip(Vector512<double> v, int bit) => bit == 0 ? Vector512.Shuffle(v, Vector512.Create(1L, 0, 3, 2, 5, 4, 7, 6))
        : bit == 1 ? Vector512.Shuffle(v, Vector512.Create(2L, 3, 0, 1, 6, 7, 4, 5))
        : Vector512.Shuffle(v, Vector512.Create(4L, 5, 6, 7, 0, 1, 2, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Collect(double* source, int* places) => Vector512.Create(source[places[0]], source[places[1]], source[places[2]], source[places[3]], source[places[4]], source[places[5]], source[places[6]], source[places[7]]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Pick(double* source, int at, PermutedRead* read, int first)
    {
        if (!Avx512F.IsSupported) return Gather(source, at, read, first);
        var near = (nuint)((uint)at & ~7u);
        var offset = (nuint)((uint)at & 7u);
        return Avx512F.PermuteVar8x64x2(Vector512.Load(source + near), Vector512.Load(read->Pick + (8 * offset)), Vector512.Load(source + (near ^ (uint)read->Apart)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Gather(double* source, int at, PermutedRead* read, int first)
    {
        var l = read->Lane;
        return Vector512.Create(
            source[at ^ l[0]], source[at ^ l[1]], source[at ^ l[2]], source[at ^ l[3]],
            source[at ^ l[4]], source[at ^ l[5]], source[at ^ l[6]], source[at ^ l[7]]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Where(Vector512<double> pattern, int bit) => Vector512.ShiftRightArithmetic(Vector512.ShiftLeft(pattern.AsInt64(), 63 - bit), 63).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Select(Vector512<double> where, Vector512<double> yes, Vector512<double> no) => Vector512.ConditionalSelect(where, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Xor(Vector512<double> a, Vector512<double> b) => (a.AsInt64() ^ b.AsInt64()).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasUpper(Vector512<double> pattern) => Vector512.ShiftRightLogical(pattern.AsInt64(), 32) != Vector512<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(Vector512<double> pattern, int bit) => (int)Vector512.ExtractMostSignificantBits(Vector512.ShiftLeft(pattern.AsInt64(), 63 - bit));
}
