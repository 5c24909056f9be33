namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>
/// A few neighbouring doubles on which everything is done alike. Kernels are written once over eight of them; which registers hold the eight is the type argument. Every operation is
/// elementwise and rounds once, so the numbers do not depend on the width.
/// </summary>
internal unsafe interface IBlock<T> where T : unmanaged, IBlock<T>
{
    static abstract int Lanes { get; }

    static abstract T Load(double* at);

    static abstract void Store(double* at, T v);

    static abstract T Fill(double number);

    static abstract T Add(T a, T b);

    static abstract T Multiply(T a, T b);

    static abstract T Divide(T a, T b);

    /// <summary>a b + c, rounded once.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    /// <summary>c - a b, rounded once.</summary>
    static abstract T MultiplyTake(T a, T b, T c);

    /// <summary>Every lane takes the number of the lane whose number differs in one bit.</summary>
    static abstract T Flip(T v, int bit);

    /// <summary>Lane l takes <c>source[at ^ read.Lane[l]]</c>; the first lane of this block is <paramref name="first"/>.</summary>
    static abstract T Gather(double* source, int at, PermutedRead* read, int first);

    /// <summary>The same when the lanes lie in two blocks (<see cref="PermutedRead.TwoBlocks"/>).</summary>
    static abstract T Pick(double* source, int at, PermutedRead* read, int first);

    /// <summary>All ones where a bit of the number's pattern is set.</summary>
    static abstract T Where(T pattern, int bit);

    static abstract T Select(T where, T yes, T no);

    static abstract T Xor(T a, T b);

    /// <summary>One bit of each lane's pattern, lane 0 lowest.</summary>
    static abstract int Bits(T pattern, int bit);
}
