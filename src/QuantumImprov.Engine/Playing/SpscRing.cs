using System.Numerics;

namespace QuantumImprov.Engine.Playing;

/// <summary>
/// A bounded queue between exactly one writing and one reading thread; neither ever waits. When full, new items are refused and counted. All memory is taken
/// at construction.
/// </summary>
/// <typeparam name="T">What is passed; an unmanaged value, so that nothing is kept alive by an old slot.</typeparam>
public sealed class SpscRing<T>
    where T : unmanaged
{
    private readonly T[] _slots;
    private readonly int _mask;
    private long _written;
    private long _read;
    private long _refused;

    /// <summary>A ring for at least <paramref name="capacity"/> items (rounded up to a power of two).</summary>
    public SpscRing(int capacity)
    {
        _slots = new T[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, capacity))];
        _mask = _slots.Length - 1;
    }

    /// <summary>How many items fit.</summary>
    public int Capacity => _slots.Length;

    /// <summary>Items waiting; exact on the reading thread. [any]</summary>
    [RealTime]
    public int Count => (int)(Volatile.Read(ref _written) - Volatile.Read(ref _read));

    /// <summary>How many items were refused because the ring was full. [any]</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Appends <paramref name="item"/>; false, and counted, when full. [the writing thread]</summary>
    [RealTime]
    public bool TryWrite(in T item)
    {
        var written = _written;
        if (written - Volatile.Read(ref _read) >= _slots.Length)
        {
            Volatile.Write(ref _refused, _refused + 1);
            return false;
        }

        _slots[(int)written & _mask] = item;
        Volatile.Write(ref _written, written + 1);
        return true;
    }

    /// <summary>Takes the oldest item; false when empty. [the reading thread]</summary>
    [RealTime]
    public bool TryRead(out T item)
    {
        var read = _read;
        if (read == Volatile.Read(ref _written))
        {
            item = default;
            return false;
        }

        item = _slots[(int)read & _mask];
        Volatile.Write(ref _read, read + 1);
        return true;
    }
}
