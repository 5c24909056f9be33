using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>Two doubles in one 128-bit register.</summary>
internal readonly unsafe struct Two : IBlock<Vector128<double>>
{
    public static int Lanes => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Load(double* at) => Vector128.Load(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* at, Vector128<double> v) => Vector128.Store(v, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Fill(double number) => Vector128.Create(number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Add(Vector128<double> a, Vector128<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Multiply(Vector128<double> a, Vector128<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Divide(Vector128<double> a, Vector128<double> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MultiplyAdd(Vector128<double> a, Vector128<double> b, Vector128<double> c) => Vector128.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MultiplyTake(Vector128<double> a, Vector128<double> b, Vector128<double> c) => Fma.IsSupported ? Fma.MultiplyAddNegated(a, b, c) : Vector128.FusedMultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Flip(Vector128<double> v, int bit) => Vector128.Shuffle(v, Vector128.Create(1L, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Collect(double* source, int* places) => Vector128.Create(source[places[0]], source[places[1]]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Pick(double* source, int at, PermutedRead* read, int first) => Gather(source, at, read, first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Gather(double* source, int at, PermutedRead* read, int first)
    {
        var l = read->Lane + first;
        return Vector128.Create(source[at ^ l[0]], source[at ^ l[1]]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Where(Vector128<double> pattern, int bit) => (Vector128<long>.Zero - (Vector128.ShiftRightLogical(pattern.AsInt64(), bit) & Vector128.Create(1L))).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Select(Vector128<double> where, Vector128<double> yes, Vector128<double> no) => Vector128.ConditionalSelect(where, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Xor(Vector128<double> a, Vector128<double> b) => (a.AsInt64() ^ b.AsInt64()).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasUpper(Vector128<double> pattern) => Vector128.ShiftRightLogical(pattern.AsInt64(), 32) != Vector128<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(Vector128<double> pattern, int bit) => (int)Vector128.ExtractMostSignificantBits(Vector128.ShiftLeft(pattern.AsInt64(), 63 - bit));
}
