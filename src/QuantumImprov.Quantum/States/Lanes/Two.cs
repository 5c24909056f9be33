using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>Two doubles in one 128-bit register.</summary>
internal readonly unsafe struct Two(Vector128<double> v) : IBlock<Two>
{
    private readonly Vector128<double> _v = v;

    public static int Lanes => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two Load(double* at) => new(Vector128.Load(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* at, Two v) => Vector128.Store(v._v, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two Fill(double number) => new(Vector128.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two Add(Two a, Two b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two Multiply(Two a, Two b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two Divide(Two a, Two b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two MultiplyAdd(Two a, Two b, Two c) => new(Vector128.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two MultiplyTake(Two a, Two b, Two c) => new(Fma.IsSupported ? Fma.MultiplyAddNegated(a._v, b._v, c._v) : Vector128.FusedMultiplyAdd(-a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two Flip(Two v, int bit) => new(Vector128.Shuffle(v._v, Vector128.Create(1L, 0)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two Pick(double* source, int at, PermutedRead* read, int first) => Gather(source, at, read, first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two Gather(double* source, int at, PermutedRead* read, int first)
    {
        var l = read->Lane + first;
        return new(Vector128.Create(source[at ^ l[0]], source[at ^ l[1]]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two Where(Two pattern, int bit) => new((Vector128<long>.Zero - (Vector128.ShiftRightLogical(pattern._v.AsInt64(), bit) & Vector128.Create(1L))).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two Select(Two where, Two yes, Two no) => new(Vector128.ConditionalSelect(where._v, yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Two Xor(Two a, Two b) => new((a._v.AsInt64() ^ b._v.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(Two pattern, int bit) => (int)Vector128.ExtractMostSignificantBits(Vector128.ShiftLeft(pattern._v.AsInt64(), 63 - bit));
}
