using System.Numerics;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// Finds elements of a list by a pair of numbers that each holds. Linear hashing (Litwin 1980): one slot more for one element more, so that no element has to wait while all others are hashed anew, and no table is left behind. The
/// elements themselves stay where they are and chain those of a slot. [engine]
/// </summary>
internal sealed class PairTable<T>(ChunkedList<T> elements)
    where T : unmanaged, IChained
{
    private readonly ChunkedList<int> _slots = new();
    private int _half = 1, _count;

    /// <summary>Bytes of memory held.</summary>
    internal long Bytes => _slots.Bytes;

    /// <summary>Holds memory for so many more elements.</summary>
    internal void Reserve(int more) => _slots.Reserve(more);

    /// <summary>The index of the element of this pair; 0 when there is none.</summary>
    internal int Find(int a, int b)
    {
        if (_slots.Count == 0) return 0;
        for (var index = _slots[SlotOf(Hash(a, b))]; index != 0;)
        {
            ref var element = ref elements[index];
            if (element.A == a && element.B == b) return index;
            index = element.Chain;
        }

        return 0;
    }

    /// <summary>Knows the element at <paramref name="index"/>, 1 or more, from now on; its pair is new.</summary>
    internal void Add(int index)
    {
        if (++_count > _slots.Count) AddSlot();
        Insert(index);
    }

    /// <summary>Forgets the element at <paramref name="index"/>, which is known.</summary>
    internal void Remove(int index)
    {
        _count--;
        PutInPlace(index, elements[index].Chain);
    }

    /// <summary>The element at <paramref name="by"/> takes the place of that at <paramref name="known"/>, whose pair it has.</summary>
    internal void Replace(int known, int by)
    {
        elements[by].Chain = elements[known].Chain;
        PutInPlace(known, by);
    }

    /// <summary>Forgets all elements; keeps the memory. Costs the same however many there were.</summary>
    internal void Clear()
    {
        _slots.Shorten(0);
        (_half, _count) = (1, 0);
    }

    // What led to one element of a chain leads to another.
    private void PutInPlace(int known, int other)
    {
        ref var slot = ref _slots[SlotOf(known)];
        var before = 0;
        for (var index = slot; index != known; index = elements[index].Chain) before = index;
        if (before == 0) slot = other;
        else elements[before].Chain = other;
    }

    private void Insert(int index)
    {
        ref var slot = ref _slots[SlotOf(index)];
        (elements[index].Chain, slot) = (slot, index);
    }

    // The slot half the table below is shared out between itself and the new one.
    private void AddSlot()
    {
        var added = _slots.Count;
        if (added == 2 * _half) _half = added;
        _slots.Add(0);
        if (added == 0) return;
        var index = _slots[added - _half];
        _slots[added - _half] = 0;
        while (index != 0)
        {
            var next = elements[index].Chain;
            Insert(index);
            index = next;
        }
    }

    private int SlotOf(int index)
    {
        ref var element = ref elements[index];
        return SlotOf(Hash(element.A, element.B));
    }

    private int SlotOf(uint hash)
    {
        var slot = (int)(hash & (uint)((2 * _half) - 1));
        return slot < _slots.Count ? slot : slot & (_half - 1);
    }

    private static uint Hash(int a, int b)
    {
        var hash = ((ulong)(uint)a << 32 | (uint)b) * 0x9E3779B97F4A7C15;
        return (uint)(hash >> 32 ^ hash >> 47);
    }
}
