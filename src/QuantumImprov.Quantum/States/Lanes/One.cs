using System.Runtime.CompilerServices;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>One double: what the wider blocks must equal bit for bit.</summary>
internal readonly unsafe struct One : IBlock<double>
{
    public static int Lanes => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Load(double* at) => *at;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* at, double v) => *at = v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fill(double number) => number;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(double a, double b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Multiply(double a, double b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Divide(double a, double b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyAdd(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyTake(double a, double b, double c) => Math.FusedMultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Flip(double v, int bit) => v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Collect(double* source, int* places) => source[*places];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Pick(double* source, int at, PermutedRead* read, int first) => Gather(source, at, read, first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Gather(double* source, int at, PermutedRead* read, int first) => source[at ^ read->Lane[first]];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Where(double pattern, int bit) => BitConverter.Int64BitsToDouble(-(BitConverter.DoubleToInt64Bits(pattern) >> bit & 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Select(double where, double yes, double no) => BitConverter.Int64BitsToDouble(
        (BitConverter.DoubleToInt64Bits(where) & BitConverter.DoubleToInt64Bits(yes)) | (~BitConverter.DoubleToInt64Bits(where) & BitConverter.DoubleToInt64Bits(no)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Xor(double a, double b) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a) ^ BitConverter.DoubleToInt64Bits(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasUpper(double pattern) => BitConverter.DoubleToInt64Bits(pattern) >> 32 != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(double pattern, int bit) => (int)(BitConverter.DoubleToInt64Bits(pattern) >> bit & 1);
}
