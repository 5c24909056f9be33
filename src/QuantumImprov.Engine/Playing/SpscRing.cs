using System.Numerics;
using System.Runtime.InteropServices;

namespace QuantumImprov.Engine.Playing;

/// <summary>
/// A bounded queue between exactly one writing and one reading thread; neither ever waits. When full, new items are refused and counted. All memory is taken
/// at construction and never moves, so that one of the two threads may be native.
/// </summary>
/// <typeparam name="T">What is passed; an unmanaged value, so that nothing is kept alive by an old slot.</typeparam>
public sealed class SpscRing<T>
    where T : unmanaged
{
    // The counters stand on cache lines of their own: two threads write them.
    private const int Written = 0, Read = 8, RefusedItems = 16;
    private readonly long[] _counters = GC.AllocateArray<long>(RefusedItems + 8, pinned: true);
    private readonly T[] _slots;
    private readonly int _mask;

    /// <summary>A ring for at least <paramref name="capacity"/> items (rounded up to a power of two).</summary>
    public SpscRing(int capacity)
    {
        _slots = GC.AllocateArray<T>((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, capacity)), pinned: true);
        _mask = _slots.Length - 1;
    }

    /// <summary>How many items fit.</summary>
    public int Capacity => _slots.Length;

    /// <summary>Where the ring lies. [any]</summary>
    public RingMemory Memory => new(Marshal.UnsafeAddrOfPinnedArrayElement(_counters, 0), Marshal.UnsafeAddrOfPinnedArrayElement(_slots, 0), _slots.Length);

    /// <summary>Items waiting; exact on the reading thread. [any]</summary>
    [RealTime]
    public int Count => (int)(Volatile.Read(ref _counters[Written]) - Volatile.Read(ref _counters[Read]));

    /// <summary>How many items were refused because the ring was full. [any]</summary>
    public long Refused => Volatile.Read(ref _counters[RefusedItems]);

    /// <summary>Appends <paramref name="item"/>; false, and counted, when full. [the writing thread]</summary>
    [RealTime]
    public bool TryWrite(in T item)
    {
        var written = _counters[Written];
        if (written - Volatile.Read(ref _counters[Read]) >= _slots.Length)
        {
            Volatile.Write(ref _counters[RefusedItems], _counters[RefusedItems] + 1);
            return false;
        }

        _slots[(int)written & _mask] = item;
        Volatile.Write(ref _counters[Written], written + 1);
        return true;
    }

    /// <summary>Shows the oldest item and leaves it there; false when empty. [the reading thread]</summary>
    [RealTime]
    public bool TryPeek(out T item)
    {
        var read = _counters[Read];
        if (read == Volatile.Read(ref _counters[Written]))
        {
            item = default;
            return false;
        }

        item = _slots[(int)read & _mask];
        return true;
    }

    /// <summary>Takes the oldest item; false when empty. [the reading thread]</summary>
    [RealTime]
    public bool TryRead(out T item)
    {
        var read = _counters[Read];
        if (read == Volatile.Read(ref _counters[Written]))
        {
            item = default;
            return false;
        }

        item = _slots[(int)read & _mask];
        Volatile.Write(ref _counters[Read], read + 1);
        return true;
    }
}
