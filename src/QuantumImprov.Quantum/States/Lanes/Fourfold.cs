using System.Runtime.CompilerServices;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>Four blocks side by side, for registers of two doubles. Two <see cref="Twice{T, V}"/> inside each other would be the same numbers, but the compiler keeps flat structures in registers.</summary>
internal readonly unsafe struct Fourfold<T, V> : IBlock<Quad<V>>
    where T : struct, IBlock<V>
    where V : unmanaged
{
    public static int Lanes => 4 * T.Lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Load(double* at) => new(
        T.Load(at), T.Load(at + T.Lanes), T.Load(at + (2 * T.Lanes)), T.Load(at + (3 * T.Lanes)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Fill(double number) => new(
        T.Fill(number), T.Fill(number), T.Fill(number), T.Fill(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Add(Quad<V> a, Quad<V> b) => new(
        T.Add(a.A, b.A), T.Add(a.B, b.B), T.Add(a.C, b.C), T.Add(a.D, b.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Multiply(Quad<V> a, Quad<V> b) => new(
        T.Multiply(a.A, b.A), T.Multiply(a.B, b.B), T.Multiply(a.C, b.C), T.Multiply(a.D, b.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Divide(Quad<V> a, Quad<V> b) => new(
        T.Divide(a.A, b.A), T.Divide(a.B, b.B), T.Divide(a.C, b.C), T.Divide(a.D, b.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Xor(Quad<V> a, Quad<V> b) => new(
        T.Xor(a.A, b.A), T.Xor(a.B, b.B), T.Xor(a.C, b.C), T.Xor(a.D, b.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> MultiplyAdd(Quad<V> a, Quad<V> b, Quad<V> c) => new(
        T.MultiplyAdd(a.A, b.A, c.A), T.MultiplyAdd(a.B, b.B, c.B), T.MultiplyAdd(a.C, b.C, c.C), T.MultiplyAdd(a.D, b.D, c.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> MultiplyTake(Quad<V> a, Quad<V> b, Quad<V> c) => new(
        T.MultiplyTake(a.A, b.A, c.A), T.MultiplyTake(a.B, b.B, c.B), T.MultiplyTake(a.C, b.C, c.C), T.MultiplyTake(a.D, b.D, c.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Select(Quad<V> where, Quad<V> yes, Quad<V> no) => new(
        T.Select(where.A, yes.A, no.A), T.Select(where.B, yes.B, no.B), T.Select(where.C, yes.C, no.C), T.Select(where.D, yes.D, no.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Where(Quad<V> pattern, int bit) => new(
        T.Where(pattern.A, bit), T.Where(pattern.B, bit), T.Where(pattern.C, bit), T.Where(pattern.D, bit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Gather(double* source, int at, PermutedRead* read, int first) => new(
        T.Gather(source, at, read, first), T.Gather(source, at, read, first + T.Lanes), T.Gather(source, at, read, first + (2 * T.Lanes)), T.Gather(source, at, read, first + (3 * T.Lanes)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Pick(double* source, int at, PermutedRead* read, int first) => new(
        T.Pick(source, at, read, first), T.Pick(source, at, read, first + T.Lanes), T.Pick(source, at, read, first + (2 * T.Lanes)), T.Pick(source, at, read, first + (3 * T.Lanes)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Collect(double* source, int* places) => new(
        T.Collect(source, places), T.Collect(source, places + T.Lanes), T.Collect(source, places + (2 * T.Lanes)), T.Collect(source, places + (3 * T.Lanes)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* at, Quad<V> v)
    {
        T.Store(at, v.A);
        T.Store(at + T.Lanes, v.B);
        T.Store(at + (2 * T.Lanes), v.C);
        T.Store(at + (3 * T.Lanes), v.D);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<V> Flip(Quad<V> v, int bit) =>
        1 << bit == T.Lanes ? new(v.B, v.A, v.D, v.C)
        : 1 << bit == 2 * T.Lanes ? new(v.C, v.D, v.A, v.B)
        : new(T.Flip(v.A, bit), T.Flip(v.B, bit), T.Flip(v.C, bit), T.Flip(v.D, bit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasUpper(Quad<V> pattern) => T.HasUpper(pattern.A) || T.HasUpper(pattern.B) || T.HasUpper(pattern.C) || T.HasUpper(pattern.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(Quad<V> pattern, int bit) =>
        T.Bits(pattern.A, bit) | (T.Bits(pattern.B, bit) << T.Lanes) | (T.Bits(pattern.C, bit) << (2 * T.Lanes)) | (T.Bits(pattern.D, bit) << (3 * T.Lanes));
}
