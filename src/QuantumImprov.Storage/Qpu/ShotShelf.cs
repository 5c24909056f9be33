using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Storage.Disk;

namespace QuantumImprov.Storage.Qpu;

/// <summary>
/// The bank on disk: batches of shots, how many of each are used, and the laws that were measured. One process at a time may use shots up; others may add. A shot that was used is used for ever, also when the process was killed in between, and no
/// other is lost. Thread-safe. [worker]
/// </summary>
public sealed class ShotShelf : IDisposable
{
    private readonly QpuStore _store;
    private readonly UseMarks? _marks;
    private readonly FileStream? _lock;
    private readonly Dictionary<ShotBatch, long> _open = [];

    private ShotShelf(QpuStore store, UseMarks? marks, FileStream? @lock) => (_store, _marks, _lock) = (store, marks, @lock);

    /// <summary>Whether this process is the one that may use shots up.</summary>
    public bool MayUse => _marks is not null;

    /// <summary>Opens the bank beside <paramref name="store"/>; only for adding when another process uses it.</summary>
    public static ShotShelf Open(QpuStore store)
    {
        var folder = Path.GetDirectoryName(store.Path)!;
        FileStream? held = null;
        try
        {
            held = new FileStream(Path.Combine(folder, "bank.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new ShotShelf(store, new UseMarks(Path.Combine(folder, "bank.used")), held);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            held?.Dispose();
            return new ShotShelf(store, null, null);
        }
    }

    /// <summary>Puts a batch on disk and gives it back as it is to be used from: what is used of it is marked. A batch that is there already comes back with what is left of it.</summary>
    public ShotBatch Add(ShotBatch batch)
    {
        lock (_store)
        {
            var id = _store.Together(() =>
            {
                _store.Run("INSERT OR IGNORE INTO editions VALUES($f, $s)", ("$f", batch.Spec.Fingerprint), ("$s", SpecText.Write(batch.Spec)));
                _store.Run(
                    "INSERT OR IGNORE INTO batches(fingerprint, vendor, device, job, circuit, taken, words, used, known) VALUES($f, $vendor, $device, $job, $circuit, $taken, $words, $used, $known)",
                    ("$f", batch.Spec.Fingerprint), ("$vendor", batch.Vendor), ("$device", batch.Device), ("$job", batch.Job), ("$circuit", batch.Circuit), ("$taken", batch.TakenAt.ToUnixTimeMilliseconds()),
                    ("$words", Bytes(batch.Words)), ("$used", batch.Used), ("$known", batch.KnownLaw.IsDefaultOrEmpty ? null : SpecText.Write(batch.KnownLaw)));
                return (long)_store.Scalar("SELECT id FROM batches WHERE vendor=$vendor AND device=$device AND job=$job AND circuit=$circuit", ("$vendor", batch.Vendor), ("$device", batch.Device), ("$job", batch.Job), ("$circuit", batch.Circuit))!;
            });
            var used = Math.Max(batch.Used, Math.Max(_marks?.Read(id) ?? 0, Convert.ToInt32(_store.Scalar("SELECT used FROM batches WHERE id=$id", ("$id", id)), System.Globalization.CultureInfo.InvariantCulture)));
            return Marked(batch, id, used);
        }
    }

    /// <summary>Everything that is left, oldest first; to be used up by this process. Empty when another process uses the bank.</summary>
    public IReadOnlyList<ShotBatch> Take()
    {
        lock (_store)
        {
            if (_marks is null) return [];
            return [.. Rows().Where(r => r.Used < r.Batch.Words.Length).Select(r => Marked(r.Batch, r.Id, r.Used))];
        }
    }

    /// <summary>What is left, without taking it: edition, vendor, device, shots left and when they were taken.</summary>
    public IReadOnlyList<(ClassSpec Spec, string Vendor, string Device, int Left, DateTimeOffset TakenAt)> Look()
    {
        lock (_store) return [.. Rows().Select(r => (r.Batch.Spec, r.Batch.Vendor, r.Batch.Device, r.Batch.Words.Length - r.Used, r.Batch.TakenAt)).Where(r => r.Item4 > 0)];
    }

    /// <summary>Recalls the law that was measured for a stock: as it was written down, or, after a process that could not write it down, from the shots that were used.</summary>
    public void Recall(ShotStock stock)
    {
        lock (_store)
        {
            if (_store.Scalar("SELECT counts FROM laws WHERE fingerprint=$f AND vendor=$v AND device=$d", ("$f", stock.Spec.Fingerprint), ("$v", stock.Vendor), ("$d", stock.Device)) is not string text)
            {
                stock.Law.Recall(UsedUp(stock));
                return;
            }

            var counts = SpecText.Numbers(text);
            if (counts.Length == stock.Spec.Labels.Length) stock.Law.Recall(counts);
        }
    }

    private double[] UsedUp(ShotStock stock)
    {
        var counts = new double[stock.Spec.Labels.Length];
        var rows = _store.Read("SELECT id, words, used FROM batches WHERE fingerprint=$f AND vendor=$v AND device=$d", r => (Id: r.GetInt64(0), Words: (byte[])r.GetValue(1), Used: r.GetInt32(2)), ("$f", stock.Spec.Fingerprint), ("$v", stock.Vendor), ("$d", stock.Device));
        foreach (var (id, words, used) in rows)
        {
            foreach (var word in Words(words)[..Math.Min(words.Length / 8, Math.Max(used, _marks?.Read(id) ?? 0))])
            {
                if (stock.Spec.Read(word) is { IsKept: true } reading) counts[reading.Symbol]++;
            }
        }

        return counts;
    }

    /// <summary>Writes the laws of a bank's stocks down; the bank must not be in use meanwhile.</summary>
    public void Keep(IEnumerable<ShotStock> stocks)
    {
        lock (_store)
        {
            _store.Together(() =>
            {
                foreach (var stock in stocks)
                    _store.Run("INSERT OR REPLACE INTO laws VALUES($f, $v, $d, $c)", ("$f", stock.Spec.Fingerprint), ("$v", stock.Vendor), ("$d", stock.Device), ("$c", SpecText.Write(stock.Law.Counts.ToArray())));
                return 0;
            });
        }
    }

    /// <summary>Writes down how much is used, and forgets batches that are used up. Now and then.</summary>
    public void Sync()
    {
        lock (_store)
        {
            if (_marks is null) return;
            _marks.Flush();
            _store.Together(() =>
            {
                foreach (var (batch, id) in _open) _store.Run("UPDATE batches SET used=$used WHERE id=$id", ("$used", Math.Max(batch.Used, _marks.Read(id))), ("$id", id));
                return 0;
            });
            foreach (var batch in _open.Keys.Where(b => b.Left == 0).ToList()) _open.Remove(batch);
        }
    }

    /// <summary>Hands everything that is left over as one flat file that other programs read; it is used up here. Returns how many shots; a fault as a sentence.</summary>
    public (long Shots, string? Fault) Export(string path)
    {
        var (given, fault) = Give(
            batch => batch.Left,
            (batches, counts, commit) =>
            {
                try
                {
                    return FlatBankFile.Put(path, FlatBank.Empty.With(batches, counts), commit);
                }
                catch (Exception e) when (DiskFault.Is(e))
                {
                    return $"{path} cannot be written: {DiskFault.Reason(e)}.";
                }
            },
            evenNone: true);
        return (given.Sum(b => (long)b.Left), fault);
    }

    /// <summary>
    /// Moves shots into <paramref name="file"/>, beside those that are there: of each batch as many of the oldest as <paramref name="howMany"/> says. They are used up here before they count there: what is broken off in between loses shots, and uses
    /// none twice. Returns what was moved, empty when there was nothing; a fault as a sentence.
    /// </summary>
    public (IReadOnlyList<ShotBatch> Given, string? Fault) HandOver(FlatBankFile file, Func<ShotBatch, int> howMany) => Give(howMany, file.Add, evenNone: false);

    private (IReadOnlyList<ShotBatch> Given, string? Fault) Give(Func<ShotBatch, int> howMany, Func<IReadOnlyList<ShotBatch>, Func<ShotBatch, ImmutableArray<double>>, Action, string?> put, bool evenNone)
    {
        lock (_store)
        {
            if (_marks is null) return ([], "Another session uses the bank; its shots cannot be handed over now.");
            var (sources, given) = (new List<(ShotBatch Batch, int Used)>(), new List<ShotBatch>());
            foreach (var batch in Take())
            {
                var shots = Math.Clamp(howMany(batch), 0, batch.Left);
                if (shots == 0) continue;
                sources.Add((batch, batch.Used + shots));
                given.Add(new ShotBatch(batch.Spec, batch.Vendor, batch.Device, batch.Job, batch.TakenAt, batch.Words.Slice(batch.Used, shots)) { Circuit = batch.Circuit, KnownLaw = batch.KnownLaw });
            }

            if (given.Count == 0 && !evenNone) return ([], null);
            var fault = put(given, CountsOf, () =>
            {
                foreach (var (batch, used) in sources) batch.Mark!.MarkUsed(batch.From(used).Used);
                Sync();
            });
            return fault is null ? (given, null) : ([], fault);
        }
    }

    private ImmutableArray<double> CountsOf(ShotBatch batch)
    {
        var stock = new ShotBank().StockOf(batch);
        Recall(stock);
        return [.. stock.Law.Counts];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sync();
        _marks?.Dispose();
        _lock?.Dispose();
    }

    private ShotBatch Marked(ShotBatch batch, long id, int used)
    {
        if (_marks is null) return batch.From(used);
        var marked = new ShotBatch(batch.Spec, batch.Vendor, batch.Device, batch.Job, batch.TakenAt, batch.Words) { Circuit = batch.Circuit, KnownLaw = batch.KnownLaw, Mark = _marks.Of(id, used) }.From(used);
        _open[marked] = id;
        return marked;
    }

    private List<(ShotBatch Batch, long Id, int Used)> Rows()
    {
        var specs = new Dictionary<string, ClassSpec?>();
        var rows = _store.Read(
            "SELECT b.id, b.fingerprint, b.vendor, b.device, b.job, b.circuit, b.taken, b.words, b.used, b.known FROM batches b WHERE b.used * 8 < length(b.words) ORDER BY b.taken, b.id",
            r => (Id: r.GetInt64(0), Fingerprint: r.GetString(1), Vendor: r.GetString(2), Device: r.GetString(3), Job: r.GetString(4), Circuit: r.GetInt32(5), Taken: r.GetInt64(6), Words: (byte[])r.GetValue(7), Used: r.GetInt32(8), Known: r.IsDBNull(9) ? null : r.GetString(9)));
        var found = new List<(ShotBatch, long, int)>();
        foreach (var row in rows)
        {
            if (!specs.TryGetValue(row.Fingerprint, out var spec)) specs[row.Fingerprint] = spec = _store.Scalar("SELECT spec FROM editions WHERE fingerprint=$f", ("$f", row.Fingerprint)) is string text ? SpecText.Read(text) : null;
            if (spec is null) continue;
            var known = row.Known is null ? [] : SpecText.Numbers(row.Known).ToImmutableArray();
            var batch = new ShotBatch(spec, row.Vendor, row.Device, row.Job, DateTimeOffset.FromUnixTimeMilliseconds(row.Taken), Words(row.Words)) { Circuit = row.Circuit, KnownLaw = known.Length == spec.Labels.Length ? known : [] };
            found.Add((batch, row.Id, Math.Max(row.Used, _marks?.Read(row.Id) ?? 0)));
        }

        return found;
    }

    private static byte[] Bytes(ImmutableArray<ulong> words)
    {
        var bytes = new byte[words.Length * 8];
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * 8), words[i]);
        return bytes;
    }

    private static ImmutableArray<ulong> Words(byte[] bytes)
    {
        var words = new ulong[bytes.Length / 8];
        for (var i = 0; i < words.Length; i++) words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * 8));
        return ImmutableCollectionsMarshal.AsImmutableArray(words);
    }
}
