namespace QuantumImprov.Quantum.Bank;

/// <summary>Bits, first in first out. A full queue drops what is added. Not thread-safe; allocates at construction.</summary>
/// <param name="capacity">The most bits held, at least 1.</param>
public sealed class BitQueue(int capacity)
{
    private readonly ulong[] _words = new ulong[(capacity + 63) / 64];
    private long _head, _tail;

    /// <summary>Bits held.</summary>
    public int Count => (int)(_tail - _head);

    /// <summary>Appends a bit.</summary>
    public void Add(bool bit)
    {
        if (Count == capacity) return;
        var at = (int)(_tail++ % (_words.Length * 64L));
        if (bit) _words[at >> 6] |= 1UL << at;
        else _words[at >> 6] &= ~(1UL << at);
    }

    /// <summary>Takes the first bit; false when there is none.</summary>
    public bool TryTake(out bool bit)
    {
        bit = false;
        if (Count == 0) return false;
        var at = (int)(_head++ % (_words.Length * 64L));
        bit = (_words[at >> 6] >> at & 1) != 0;
        return true;
    }
}
