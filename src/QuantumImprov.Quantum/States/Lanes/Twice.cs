using System.Runtime.CompilerServices;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>Two blocks side by side, for registers that hold fewer than eight doubles.</summary>
internal readonly unsafe struct Twice<T, V> : IBlock<Both<V>>
    where T : struct, IBlock<V>
    where V : unmanaged
{
    public static int Lanes => 2 * T.Lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Load(double* at) => new(T.Load(at), T.Load(at + T.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* at, Both<V> v)
    {
        T.Store(at, v.Low);
        T.Store(at + T.Lanes, v.High);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Fill(double number) => new(T.Fill(number), T.Fill(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Add(Both<V> a, Both<V> b) => new(T.Add(a.Low, b.Low), T.Add(a.High, b.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Multiply(Both<V> a, Both<V> b) => new(T.Multiply(a.Low, b.Low), T.Multiply(a.High, b.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Divide(Both<V> a, Both<V> b) => new(T.Divide(a.Low, b.Low), T.Divide(a.High, b.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> MultiplyAdd(Both<V> a, Both<V> b, Both<V> c) => new(T.MultiplyAdd(a.Low, b.Low, c.Low), T.MultiplyAdd(a.High, b.High, c.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> MultiplyTake(Both<V> a, Both<V> b, Both<V> c) => new(T.MultiplyTake(a.Low, b.Low, c.Low), T.MultiplyTake(a.High, b.High, c.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Flip(Both<V> v, int bit) => 1 << bit == T.Lanes ? new(v.High, v.Low) : new(T.Flip(v.Low, bit), T.Flip(v.High, bit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Collect(double* source, int* places) => new(T.Collect(source, places), T.Collect(source, places + T.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Pick(double* source, int at, PermutedRead* read, int first) => new(T.Pick(source, at, read, first), T.Pick(source, at, read, first + T.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Gather(double* source, int at, PermutedRead* read, int first) =>
        new(T.Gather(source, at, read, first), T.Gather(source, at, read, first + T.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Where(Both<V> pattern, int bit) => new(T.Where(pattern.Low, bit), T.Where(pattern.High, bit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Select(Both<V> where, Both<V> yes, Both<V> no) => new(T.Select(where.Low, yes.Low, no.Low), T.Select(where.High, yes.High, no.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Both<V> Xor(Both<V> a, Both<V> b) => new(T.Xor(a.Low, b.Low), T.Xor(a.High, b.High));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasUpper(Both<V> pattern) => T.HasUpper(pattern.Low) || T.HasUpper(pattern.High);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(Both<V> pattern, int bit) => T.Bits(pattern.Low, bit) | (T.Bits(pattern.High, bit) << T.Lanes);
}
