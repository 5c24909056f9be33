namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>
/// A few neighbouring doubles on which everything is done alike. Kernels are written once over eight of them; which registers hold the eight is the type argument. Every operation is
/// elementwise and rounds once, so the numbers do not depend on the width.
/// </summary>
/// <typeparam name="V">What holds the numbers.</typeparam>
internal unsafe interface IBlock<V> where V : unmanaged
{
    static abstract int Lanes { get; }

    static abstract V Load(double* at);

    static abstract void Store(double* at, V v);

    static abstract V Fill(double number);

    static abstract V Add(V a, V b);

    static abstract V Multiply(V a, V b);

    static abstract V Divide(V a, V b);

    /// <summary>a b + c, rounded once.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>c - a b, rounded once.</summary>
    static abstract V MultiplyTake(V a, V b, V c);

    /// <summary>Every lane takes the number of the lane whose number differs in one bit.</summary>
    static abstract V Flip(V v, int bit);

    /// <summary>Lane l takes <c>source[at ^ read.Lane[l]]</c>; the first lane of this block is <paramref name="first"/>.</summary>
    static abstract V Gather(double* source, int at, PermutedRead* read, int first);

    /// <summary>Lane l takes <c>source[places[l]]</c>.</summary>
    static abstract V Collect(double* source, int* places);

    /// <summary>The same as <see cref="Gather"/> when the lanes lie in two blocks (<see cref="PermutedRead.TwoBlocks"/>).</summary>
    static abstract V Pick(double* source, int at, PermutedRead* read, int first);

    /// <summary>All ones where a bit of the number's pattern is set.</summary>
    static abstract V Where(V pattern, int bit);

    /// <summary>Bit by bit: yes where the bit is set, else no.</summary>
    static abstract V Select(V where, V yes, V no);

    static abstract V Xor(V a, V b);

    /// <summary>Whether the upper half of some lane's pattern is not 0.</summary>
    static abstract bool HasUpper(V pattern);

    /// <summary>One bit of each lane's pattern, lane 0 lowest.</summary>
    static abstract int Bits(V pattern, int bit);
}
