namespace QuantumImprov.Engine.Repertoire;

/// <summary>A list that grows by chunks: nothing is copied, and unless more was reserved at most one chunk is held that is not needed yet. Elements are never moved. [engine]</summary>
internal sealed class ChunkedList<T>
    where T : unmanaged
{
    private const int Bits = 10, Size = 1 << Bits;
    private T[][] _chunks = new T[8][];
    private int _held;

    /// <summary>How many elements.</summary>
    internal int Count { get; private set; }

    /// <summary>Bytes of memory held, used or not.</summary>
    internal long Bytes => (long)_held * Size * System.Runtime.CompilerServices.Unsafe.SizeOf<T>() + (long)_chunks.Length * nint.Size;

    /// <summary>The element at <paramref name="index"/>; the reference stays valid while the list grows.</summary>
    internal ref T this[int index] => ref _chunks[index >> Bits][index & (Size - 1)];

    /// <summary>Appends.</summary>
    internal void Add(T value)
    {
        var chunk = Count >> Bits;
        if (chunk == _held) Grow();
        _chunks[chunk][Count++ & (Size - 1)] = value;
    }

    /// <summary>Keeps the first <paramref name="count"/> elements, and all memory.</summary>
    internal void Shorten(int count) => Count = count;

    /// <summary>Holds memory for <paramref name="more"/> elements beyond those there are, so that adding them allocates nothing.</summary>
    internal void Reserve(int more)
    {
        while ((long)_held << Bits < (long)Count + more) Grow();
    }

    private void Grow()
    {
        if (_held == _chunks.Length) Array.Resize(ref _chunks, _held * 2);
        _chunks[_held++] = GC.AllocateUninitializedArray<T>(Size);
    }
}
