using System.IO.MemoryMappedFiles;
using QuantumImprov.Quantum.Bank;

namespace QuantumImprov.Storage.Qpu;

/// <summary>
/// How many shots of each batch are used, in a file that is mapped into memory: the engine writes a number, without a call to the system, and it outlives the process whatever ends it. Against a loss of power it is flushed once a second.
/// </summary>
internal sealed class UseMarks : IDisposable
{
    /// <summary>Batches that can be marked at the same time; their numbers are taken modulo this.</summary>
    internal const int Slots = 1 << 18;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    internal UseMarks(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Slots * 8L);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>What is marked for a batch; 0 when its slot belonged to another.</summary>
    internal int Read(long batch)
    {
        var value = _view.ReadInt64(Place(batch));
        // The slot holds the batch's number too, so that an old mark is never taken for a new one.
        return value >> 24 == (batch & 0xFFFFFFFF) ? (int)(value & 0xFFFFFF) : 0;
    }

    internal IUseMark Of(long batch, int used)
    {
        var mark = new Mark(_view, batch);
        mark.MarkUsed(used);
        return mark;
    }

    internal void Flush() => _view.Flush();

    public void Dispose()
    {
        _view.Flush();
        _view.Dispose();
        _file.Dispose();
    }

    private static long Place(long batch) => batch % Slots * 8;

    private sealed class Mark(MemoryMappedViewAccessor view, long batch) : IUseMark
    {
        private readonly long _place = Place(batch), _number = (batch & 0xFFFFFFFF) << 24;

        public void MarkUsed(int used) => view.Write(_place, _number | (long)Math.Min(used, 0xFFFFFF));
    }
}
