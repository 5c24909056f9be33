using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>Eight doubles in one 512-bit register.</summary>
internal readonly unsafe struct Eight(Vector512<double> v) : IBlock<Eight>
{
    private readonly Vector512<double> _v = v;

    public static int Lanes => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Load(double* at) => new(Vector512.Load(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* at, Eight v) => Vector512.Store(v._v, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Fill(double number) => new(Vector512.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Add(Eight a, Eight b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Multiply(Eight a, Eight b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Divide(Eight a, Eight b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight MultiplyAdd(Eight a, Eight b, Eight c) => new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight MultiplyTake(Eight a, Eight b, Eight c) => new(Avx512F.IsSupported ? Avx512F.FusedMultiplyAddNegated(a._v, b._v, c._v) : Vector512.FusedMultiplyAdd(-a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Flip(Eight v, int bit) => new(
        bit == 0 ? Vector512.Shuffle(v._v, Vector512.Create(1L, 0, 3, 2, 5, 4, 7, 6))
        : bit == 1 ? Vector512.Shuffle(v._v, Vector512.Create(2L, 3, 0, 1, 6, 7, 4, 5))
        : Vector512.Shuffle(v._v, Vector512.Create(4L, 5, 6, 7, 0, 1, 2, 3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Pick(double* source, int at, PermutedRead* read, int first)
    {
        if (!Avx512F.IsSupported) return Gather(source, at, read, first);
        var near = source + (at & ~7);
        return new(Avx512F.PermuteVar8x64x2(Vector512.Load(near), Vector512.Load(read->Pick + (8 * (at & 7))), Vector512.Load(source + ((at & ~7) ^ read->Apart))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Gather(double* source, int at, PermutedRead* read, int first)
    {
        var l = read->Lane;
        return new(Vector512.Create(
            source[at ^ l[0]], source[at ^ l[1]], source[at ^ l[2]], source[at ^ l[3]],
            source[at ^ l[4]], source[at ^ l[5]], source[at ^ l[6]], source[at ^ l[7]]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Where(Eight pattern, int bit) => new(Vector512.ShiftRightArithmetic(Vector512.ShiftLeft(pattern._v.AsInt64(), 63 - bit), 63).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Select(Eight where, Eight yes, Eight no) => new(Vector512.ConditionalSelect(where._v, yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Xor(Eight a, Eight b) => new((a._v.AsInt64() ^ b._v.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(Eight pattern, int bit) => (int)Vector512.ExtractMostSignificantBits(Vector512.ShiftLeft(pattern._v.AsInt64(), 63 - bit));
}
