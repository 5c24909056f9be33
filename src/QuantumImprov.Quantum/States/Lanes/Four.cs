using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>Four doubles in one 256-bit register.</summary>
internal readonly unsafe struct Four : IBlock<Vector256<double>>
{
    public static int Lanes => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(double* at) => Vector256.Load(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* at, Vector256<double> v) => Vector256.Store(v, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Fill(double number) => Vector256.Create(number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Divide(Vector256<double> a, Vector256<double> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyTake(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Fma.IsSupported ? Fma.MultiplyAddNegated(a, b, c) : Vector256.FusedMultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Flip(Vector256<double> v, int bit) => bit == 0 ? Vector256.Shuffle(v, Vector256.Create(1L, 0, 3, 2)) : Vector256.Shuffle(v, Vector256.Create(2L, 3, 0, 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Collect(double* source, int* places) => Vector256.Create(source[places[0]], source[places[1]], source[places[2]], source[places[3]]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Pick(double* source, int at, PermutedRead* read, int first) => Gather(source, at, read, first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Gather(double* source, int at, PermutedRead* read, int first)
    {
        var l = read->Lane + first;
        return Vector256.Create(source[at ^ l[0]], source[at ^ l[1]], source[at ^ l[2]], source[at ^ l[3]]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Where(Vector256<double> pattern, int bit) => (Vector256<long>.Zero - (Vector256.ShiftRightLogical(pattern.AsInt64(), bit) & Vector256.Create(1L))).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Select(Vector256<double> where, Vector256<double> yes, Vector256<double> no) => Vector256.ConditionalSelect(where, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Xor(Vector256<double> a, Vector256<double> b) => (a.AsInt64() ^ b.AsInt64()).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasUpper(Vector256<double> pattern) => Vector256.ShiftRightLogical(pattern.AsInt64(), 32) != Vector256<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(Vector256<double> pattern, int bit) => (int)Vector256.ExtractMostSignificantBits(Vector256.ShiftLeft(pattern.AsInt64(), 63 - bit));
}
