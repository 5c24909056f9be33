using System.Runtime.CompilerServices;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>One double: what the wider blocks must equal bit for bit.</summary>
internal readonly unsafe struct One(double v) : IBlock<One>
{
    private readonly double _v = v;

    public static int Lanes => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One Load(double* at) => new(*at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* at, One v) => *at = v._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One Fill(double number) => new(number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One Add(One a, One b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One Multiply(One a, One b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One Divide(One a, One b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One MultiplyAdd(One a, One b, One c) => new(Math.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One MultiplyTake(One a, One b, One c) => new(Math.FusedMultiplyAdd(-a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One Flip(One v, int bit) => v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One Pick(double* source, int at, PermutedRead* read, int first) => Gather(source, at, read, first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One Gather(double* source, int at, PermutedRead* read, int first) => new(source[at ^ read->Lane[first]]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One Where(One pattern, int bit) => new(BitConverter.Int64BitsToDouble(-(BitConverter.DoubleToInt64Bits(pattern._v) >> bit & 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One Select(One where, One yes, One no) => BitConverter.DoubleToInt64Bits(where._v) != 0 ? yes : no;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One Xor(One a, One b) => new(BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a._v) ^ BitConverter.DoubleToInt64Bits(b._v)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(One pattern, int bit) => (int)(BitConverter.DoubleToInt64Bits(pattern._v) >> bit & 1);
}
