using System.Buffers.Binary;
using QuantumImprov.Quantum.Bank;

namespace QuantumImprov.Plugin.Shots;

/// <summary>
/// Claims shots in the file for the rings, and gives back what is left of them. A shot is marked as taken in the file, and the mark is on the disk, before it can be used: whatever happens then, it is used once at most. Filling allocates nothing.
/// [worker], and [main] while the worker does not run.
/// </summary>
internal sealed class ShotClaims
{
    private const int Chunk = 1024, SlotLength = 4, MostPending = 4096;

    private readonly ShotFile _file;
    private readonly ShotRing[] _rings;
    private readonly byte[] _head = new byte[FlatHeader.Length], _slots = new byte[Chunk * SlotLength];
    private readonly (ulong Word, int Ring, int Batch, int Place)[] _pending = new (ulong, int, int, int)[MostPending];
    private byte[] _index;
    private FlatEntry[] _entries;
    private int[] _ringOf, _cursor;
    private FlatHeader _header;
    private int _count, _pendingCount;
    private ulong _generation;
    private bool _known, _damaged;

    /// <param name="file">Where the shots are.</param>
    /// <param name="rings">Where they go.</param>
    /// <param name="batches">How many batches the file has now; with a good many more it is filled from with the next activation only.</param>
    internal ShotClaims(ShotFile file, ShotRing[] rings, int batches)
    {
        (_file, _rings) = (file, rings);
        (_index, _entries, _ringOf, _cursor) = Room((2 * batches) + 256);
    }

    /// <summary>Shots that were claimed and could neither be used nor given back.</summary>
    internal long Lost { get; private set; }

    /// <summary>Whether any ring wants shots that there may be.</summary>
    internal bool IsWanted
    {
        get
        {
            if (_damaged) return false;
            foreach (var ring in _rings)
            {
                if (ring is { Wants: true, IsExhausted: false }) return true;
            }

            return false;
        }
    }

    /// <summary>Looks at the whole file anew with the next filling: others may have given shots back, or the program brought some.</summary>
    internal void LookAgain()
    {
        foreach (var ring in _rings) ring.IsExhausted = false;
        Array.Clear(_cursor);
    }

    /// <summary>Fills the rings that want shots; false when the file could not be entered now.</summary>
    internal bool Fill()
    {
        if (_damaged) return true;
        if (!_file.TryEnter()) return false;
        try
        {
            if (!Locate()) _damaged = true;
            else if (!FillAll()) Drop();
        }
        finally
        {
            _file.Leave();
        }

        return true;
    }

    // The file may be another than the last time.
    private bool Locate(bool mayAllocate = false)
    {
        if (!_file.TryRead(0, _head) || !FlatHeader.TryRead(_head, out _header)) return false;
        if (_known && _header.Generation == _generation) return true;
        if (mayAllocate && _header.Batches > _entries.Length) (_index, _entries, _ringOf, _cursor) = Room(_header.Batches);
        var index = _header.Batches * FlatEntry.Length;
        if (index > _index.Length || !_file.TryRead(FlatHeader.Index, _index.AsSpan(0, index)) || !_header.Matches(_index.AsSpan(0, index))) return false;
        _count = 0;
        for (var i = 0; i < _header.Batches; i++)
        {
            if (!FlatEntry.TryRead(_index.AsSpan(i * FlatEntry.Length), _header, out var entry)) return false;
            if (RingOf(entry.Key) is not (>= 0 and var ring) || entry.Number >= ShotRing.MostNumber || entry.Count > ShotRing.MostNumber) continue;
            (_entries[_count], _ringOf[_count], _cursor[_count]) = (entry, ring, 0);
            _count++;
        }

        (_generation, _known) = (_header.Generation, true);
        foreach (var ring in _rings) ring.IsExhausted = false;
        return true;
    }

    private static (byte[] Index, FlatEntry[] Entries, int[] RingOf, int[] Cursor) Room(int batches) => (new byte[batches * FlatEntry.Length], new FlatEntry[batches], new int[batches], new int[batches]);

    private int RingOf(ulong key)
    {
        for (var r = 0; r < _rings.Length; r++)
        {
            if (_rings[r].Key == key) return r;
        }

        return -1;
    }

    private bool FillAll()
    {
        for (var r = 0; r < _rings.Length; r++)
        {
            var ring = _rings[r];
            if (!ring.Wants || ring.IsExhausted) continue;
            // What is used up within one look is used a lot.
            if (ring.Level < ring.Target / 4 && HasBegun(r)) ring.Target = Math.Min(ShotRing.Most, 2 * ring.Target);
            var wanted = ring.Target - ring.Level;
            for (var e = 0; e < _count && wanted > 0; e++)
            {
                if (_ringOf[e] != r) continue;
                while (wanted > 0 && _cursor[e] < _entries[e].Count)
                {
                    if (!Claim(e, ref wanted)) return false;
                }
            }

            ring.IsExhausted = wanted > 0;
        }

        return Publish();
    }

    private bool HasBegun(int ring)
    {
        for (var e = 0; e < _count; e++)
        {
            if (_ringOf[e] == ring && _cursor[e] > 0) return true;
        }

        return false;
    }

    // Some of a batch, from where the last look at it ended.
    private bool Claim(int e, ref int wanted)
    {
        if (_pendingCount > MostPending - Chunk && !Publish()) return false;
        var (entry, from) = (_entries[e], _cursor[e]);
        var bytes = _slots.AsSpan(0, Math.Min(Chunk, entry.Count - from) * SlotLength);
        var offset = _header.Shots + ((long)(entry.First + from) * SlotLength);
        if (!_file.TryRead(offset, bytes)) return false;
        var (first, last, place) = (-1, -1, 0);
        for (; place < bytes.Length / SlotLength && wanted > 0; place++)
        {
            var slot = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(place * SlotLength)..]);
            if (!FlatSlot.TryRead(slot, entry.Number, from + place, out var word)) continue;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(place * SlotLength)..], FlatSlot.Take(slot));
            _pending[_pendingCount++] = (word, _ringOf[e], (int)entry.Number, from + place);
            (first, last) = (first < 0 ? place : first, place);
            wanted--;
        }

        _cursor[e] = from + place;
        return first < 0 || _file.TryWrite(offset + (first * SlotLength), bytes[(first * SlotLength)..((last + 1) * SlotLength)]);
    }

    // The marks are on the disk before the shots can be used.
    private bool Publish()
    {
        if (_pendingCount == 0) return true;
        if (!_file.TrySync()) return false;
        for (var i = 0; i < _pendingCount; i++)
        {
            var (word, ring, batch, place) = _pending[i];
            _rings[ring].Put(word, batch, place);
        }

        _pendingCount = 0;
        return true;
    }

    private void Drop()
    {
        (Lost, _pendingCount, _damaged) = (Lost + _pendingCount, 0, true);
    }

    /// <summary>Gives back what is left in the rings, and adds to the file's counts what <paramref name="counted"/> says of each ring's edition. Allocates. False when the file could not be entered.</summary>
    /// <param name="counted">By ring: how the counts were when they were read, and are now; null where nothing was counted.</param>
    internal bool GiveBack(IReadOnlyList<(double[] Before, double[] Now)?> counted)
    {
        if (!_file.TryEnter()) return false;
        try
        {
            _known = false;
            if (!Locate(mayAllocate: true)) return true;
            var back = new List<(ulong Key, int Batch, int Place)>();
            foreach (var ring in _rings)
            {
                while (ring.TryTakeBack(out var batch, out var place)) back.Add((ring.Key, batch, place));
            }

            foreach (var batch in back.GroupBy(b => (b.Key, b.Batch))) GiveBack(batch.Key.Key, batch.Key.Batch, [.. batch.Select(b => b.Place)]);
            for (var e = 0; e < _count; e++)
            {
                if (counted[_ringOf[e]] is { } law && Array.IndexOf(_ringOf, _ringOf[e], 0, _count) == e) AddCounts(_entries[e].Stock, law.Before, law.Now);
            }

            _file.TrySync();
            return true;
        }
        finally
        {
            _file.Leave();
        }
    }

    private void GiveBack(ulong key, int number, int[] places)
    {
        var e = Array.FindIndex(_entries, 0, _count, entry => entry.Number == (ulong)number && entry.Key == key);
        var (least, most) = (places.Min(), places.Max());
        if (e < 0 || most >= _entries[e].Count)
        {
            // The program has put the file together anew meanwhile, without a batch of which nothing was left, or another file is in its place.
            Lost += places.Length;
            return;
        }

        var (bytes, offset) = (new byte[(most - least + 1) * SlotLength], _header.Shots + ((long)(_entries[e].First + least) * SlotLength));
        if (!_file.TryRead(offset, bytes))
        {
            Lost += places.Length;
            return;
        }

        foreach (var place in places)
        {
            var slot = bytes.AsSpan((place - least) * SlotLength);
            BinaryPrimitives.WriteUInt32LittleEndian(slot, FlatSlot.GiveBack(BinaryPrimitives.ReadUInt32LittleEndian(slot)));
        }

        if (!_file.TryWrite(offset, bytes)) Lost += places.Length;
    }

    // Another instance may have counted meanwhile; where a device has drifted its law begins anew, and what is damaged is replaced.
    private void AddCounts(int stock, double[] before, double[] now)
    {
        var (bytes, counts) = (new byte[FlatHeader.LawLength], new double[now.Length]);
        var offset = _header.Laws + ((long)stock * FlatHeader.LawLength);
        if (!_file.TryRead(offset, bytes)) return;
        var anew = !FlatHeader.TryReadCounts(bytes, counts) || now.Index().Any(n => n.Item < before[n.Index]);
        for (var s = 0; s < counts.Length; s++) counts[s] = anew ? now[s] : counts[s] + now[s] - before[s];
        FlatHeader.WriteCounts(counts, bytes);
        _file.TryWrite(offset, bytes);
    }
}
