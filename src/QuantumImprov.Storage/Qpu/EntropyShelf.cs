namespace QuantumImprov.Storage.Qpu;

/// <summary>Random blocks that were fetched ahead. Each byte is given once: it is marked as used before it is given. Thread-safe. [worker]</summary>
/// <param name="store">The database.</param>
public sealed class EntropyShelf(QpuStore store)
{
    /// <summary>Bytes left.</summary>
    public long Left
    {
        get
        {
            lock (store) return Convert.ToInt64(store.Scalar("SELECT COALESCE(SUM(length(block) - used), 0) FROM entropy"), System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Puts a block on the shelf.</summary>
    public void Add(string name, byte[] block)
    {
        lock (store) store.Run("INSERT INTO entropy(name, block, used) VALUES($name, $block, 0)", ("$name", name), ("$block", block));
    }

    /// <summary>So many bytes of one block, and its name; null when none has so many left.</summary>
    public (byte[] Bytes, string Name)? Take(int bytes)
    {
        lock (store)
        {
            return store.Together<(byte[], string)?>(() =>
            {
                var rows = store.Read("SELECT id, name, block, used FROM entropy WHERE length(block) - used >= $bytes ORDER BY id LIMIT 1", r => (Id: r.GetInt64(0), Name: r.GetString(1), Block: (byte[])r.GetValue(2), Used: r.GetInt32(3)), ("$bytes", bytes));
                if (rows.Count == 0) return null;
                var (id, name, block, used) = rows[0];
                store.Run("UPDATE entropy SET used=$used WHERE id=$id", ("$used", used + bytes), ("$id", id));
                return (block[used..(used + bytes)], name);
            });
        }
    }
}
