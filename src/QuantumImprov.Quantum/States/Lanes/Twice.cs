using System.Runtime.CompilerServices;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>Two blocks side by side, for registers that hold fewer than eight doubles.</summary>
internal readonly unsafe struct Twice<T>(T low, T high) : IBlock<Twice<T>> where T : unmanaged, IBlock<T>
{
    private readonly T _low = low;
    private readonly T _high = high;

    public static int Lanes => 2 * T.Lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> Load(double* at) => new(T.Load(at), T.Load(at + T.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* at, Twice<T> v)
    {
        T.Store(at, v._low);
        T.Store(at + T.Lanes, v._high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> Fill(double number) => new(T.Fill(number), T.Fill(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> Add(Twice<T> a, Twice<T> b) => new(T.Add(a._low, b._low), T.Add(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> Multiply(Twice<T> a, Twice<T> b) => new(T.Multiply(a._low, b._low), T.Multiply(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> Divide(Twice<T> a, Twice<T> b) => new(T.Divide(a._low, b._low), T.Divide(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> MultiplyAdd(Twice<T> a, Twice<T> b, Twice<T> c) => new(T.MultiplyAdd(a._low, b._low, c._low), T.MultiplyAdd(a._high, b._high, c._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> MultiplyTake(Twice<T> a, Twice<T> b, Twice<T> c) => new(T.MultiplyTake(a._low, b._low, c._low), T.MultiplyTake(a._high, b._high, c._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> Flip(Twice<T> v, int bit) => 1 << bit == T.Lanes ? new(v._high, v._low) : new(T.Flip(v._low, bit), T.Flip(v._high, bit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> Pick(double* source, int at, PermutedRead* read, int first) => new(T.Pick(source, at, read, first), T.Pick(source, at, read, first + T.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> Gather(double* source, int at, PermutedRead* read, int first) =>
        new(T.Gather(source, at, read, first), T.Gather(source, at, read, first + T.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> Where(Twice<T> pattern, int bit) => new(T.Where(pattern._low, bit), T.Where(pattern._high, bit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> Select(Twice<T> where, Twice<T> yes, Twice<T> no) => new(T.Select(where._low, yes._low, no._low), T.Select(where._high, yes._high, no._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<T> Xor(Twice<T> a, Twice<T> b) => new(T.Xor(a._low, b._low), T.Xor(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(Twice<T> pattern, int bit) => T.Bits(pattern._low, bit) | (T.Bits(pattern._high, bit) << T.Lanes);
}
