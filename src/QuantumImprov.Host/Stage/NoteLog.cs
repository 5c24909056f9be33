using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Stage;

/// <summary>
/// The last notes for the pages, numbered. Appending takes the same short time however many pages read and however slow they are: a reader that falls further
/// behind than the log is long finds that it has missed notes and goes on with the next one. Readers lock nothing; writers wait only for each other, for the
/// copying of one note. All memory is taken at construction.
/// </summary>
internal sealed class NoteLog
{
    private readonly Slot[] _slots;
    private readonly int _mask;
    private readonly Lock _writing = new();
    private long _written;

    /// <param name="capacity">How many notes a reader may fall behind; a power of two.</param>
    public NoteLog(int capacity)
    {
        _slots = new Slot[capacity];
        _mask = capacity - 1;
        for (var i = 0; i < capacity; i++) _slots[i].Number = -1;
    }

    /// <summary>The number the next note will have. [any]</summary>
    public long Next => Volatile.Read(ref _written);

    /// <summary>Appends <paramref name="note"/>. [any]</summary>
    public void Append(in StageNote note)
    {
        lock (_writing)
        {
            ref var slot = ref _slots[(int)_written & _mask];
            Volatile.Write(ref slot.Number, -1);
            Volatile.Write(ref slot.At, note.At.Nanoseconds);
            Volatile.Write(ref slot.Content, note.Message.Status | note.Message.Data1 << 8 | note.Message.Data2 << 16 | (int)note.Part << 24);
            Volatile.Write(ref slot.Number, _written);
            Volatile.Write(ref _written, _written + 1);
        }
    }

    /// <summary>
    /// Reads note number <paramref name="cursor"/> and moves on; false when it is not there yet. When it is gone already, <paramref name="missed"/> says how
    /// many were missed, there is no note, and the cursor stands at the next one to come. [any, one reader a cursor]
    /// </summary>
    public bool TryRead(ref long cursor, out StageNote note, out long missed)
    {
        note = default;
        missed = 0;
        var next = Next;
        if (cursor >= next) return false;

        ref var slot = ref _slots[(int)cursor & _mask];
        var before = Volatile.Read(ref slot.Number);
        var at = Volatile.Read(ref slot.At);
        var content = Volatile.Read(ref slot.Content);
        if (before != cursor || Volatile.Read(ref slot.Number) != cursor)
        {
            next = Next;
            missed = next - cursor;
            cursor = next;
            return true;
        }

        cursor++;
        note = new StageNote(new HostTime(at), (StagePart)(content >> 24), new ShortMessage((byte)content, (byte)(content >> 8), (byte)(content >> 16)));
        return true;
    }

    private struct Slot
    {
        public long Number;
        public long At;
        public int Content;
    }
}
