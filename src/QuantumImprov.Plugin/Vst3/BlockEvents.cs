using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Vst3;

/// <summary>A block's messages and parameter moves, which come in lists of their own, put in order of time. All memory is taken at construction. [audio]</summary>
internal sealed class BlockEvents
{
    private const int Capacity = 8192;
    private static readonly Comparison<Entry> ByTime = static (a, b) => a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset) : a.Order.CompareTo(b.Order);
    private readonly Entry[] _entries = new Entry[Capacity];
    private int _count;

    /// <summary>A message comes at <paramref name="offset"/>.</summary>
    internal void Add(Processor processor, int offset, ShortMessage message) => Add(processor, new Entry(offset, _count, -1, 0, message));

    /// <summary>The parameter at <paramref name="index"/> of the table stands at <paramref name="value"/> from <paramref name="offset"/> on.</summary>
    internal void Add(Processor processor, int offset, int index, double value) => Add(processor, new Entry(offset, _count, index, value, default));

    /// <summary>Gives everything to the processor, in order.</summary>
    internal void Give(Processor processor)
    {
        var entries = _entries.AsSpan(0, _count);
        entries.Sort(ByTime);
        foreach (ref readonly var entry in entries)
        {
            if (entry.Index < 0) processor.Hear(entry.Offset, entry.Message);
            else processor.Turn(entry.Offset, entry.Index, entry.Value);
        }

        _count = 0;
    }

    private void Add(Processor processor, in Entry entry)
    {
        if (_count == Capacity) Give(processor);
        _entries[_count++] = entry;
    }

    private readonly record struct Entry(int Offset, int Order, int Index, double Value, ShortMessage Message);
}
