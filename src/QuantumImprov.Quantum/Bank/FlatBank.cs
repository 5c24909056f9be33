using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace QuantumImprov.Quantum.Bank;

/// <summary>
/// A bank as one flat block of bytes that anything can read without a database: a magic word, then batch by batch the edition, the origin, the law where it is known and the shots that are left. Little-endian. Reading is bounded and refuses what is
/// no bank. Pure.
/// </summary>
public static class FlatBank
{
    private const string Magic = "QIBANK01";
    private const int MostBatches = 100_000, MostShots = 1_000_000, MostText = 1024;

    /// <summary>Writes what is left of the batches.</summary>
    public static byte[] Write(IEnumerable<ShotBatch> batches)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        ShotBatch[] left = [.. batches.Where(b => b.Left > 0)];
        writer.Write(Encoding.ASCII.GetBytes(Magic));
        writer.Write(left.Length);
        foreach (var batch in left)
        {
            var spec = batch.Spec;
            writer.Write(spec.Class);
            writer.Write(spec.Coins);
            writer.Write(spec.Labels.Length);
            writer.Write(spec.Weights.Length);
            foreach (var label in spec.Labels) writer.Write(label);
            foreach (var number in spec.Rows.Concat(spec.Weights)) writer.Write(number);
            foreach (var text in (string[])[batch.Vendor, batch.Device, batch.Job])
            {
                var encoded = Encoding.UTF8.GetBytes(text);
                writer.Write(encoded.Length);
                writer.Write(encoded);
            }

            writer.Write(batch.Circuit);
            writer.Write(batch.TakenAt.ToUnixTimeMilliseconds());
            writer.Write(batch.KnownLaw.IsDefaultOrEmpty ? 0 : 1);
            foreach (var number in batch.KnownLaw.IsDefaultOrEmpty ? [] : batch.KnownLaw) writer.Write(number);
            writer.Write(batch.Left);
            for (var i = batch.Used; i < batch.Words.Length; i++) writer.Write(batch.Words[i]);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads a bank; null when the bytes are none, or not whole.</summary>
    public static ImmutableArray<ShotBatch>? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Reader(bytes);
        if (!reader.Take(Magic.Length).SequenceEqual(Encoding.ASCII.GetBytes(Magic)) || reader.Number(0, MostBatches) is not { } count) return null;
        var batches = ImmutableArray.CreateBuilder<ShotBatch>();
        for (var i = 0; i < count; i++)
        {
            if (Batch(ref reader) is not { } batch) return null;
            batches.Add(batch);
        }

        return reader.Failed ? null : batches.ToImmutable();
    }

    private static ShotBatch? Batch(ref Reader reader)
    {
        if (reader.Number(0, ShotBank.MostClasses - 1) is not { } @class || reader.Number(0, ClassSpec.MostCoins) is not { } coins
            || reader.Number(1, ClassSpec.MostLabels) is not { } labels || reader.Number(1, ClassSpec.MostMembers) is not { } members) return null;
        var names = new int[labels];
        for (var s = 0; s < labels; s++) names[s] = reader.Number(0, int.MaxValue) ?? -1;
        var (rows, weights) = (reader.Doubles(labels * members), reader.Doubles(members));
        var (vendor, device, job) = (reader.Text(), reader.Text(), reader.Text());
        if (reader.Number(0, int.MaxValue) is not { } circuit) return null;
        var taken = reader.Long();
        if (reader.Number(0, 1) is not { } known) return null;
        var law = known == 1 ? reader.Doubles(labels) : [];
        if (reader.Number(1, MostShots) is not { } shots) return null;
        var words = ImmutableArray.CreateBuilder<ulong>(shots);
        for (var i = 0; i < shots && !reader.Failed; i++) words.Add((ulong)reader.Long());
        if (reader.Failed || Math.Abs(taken) > 1e14) return null;
        try
        {
            return new ShotBatch(new ClassSpec(@class, [.. names], [.. rows], [.. weights], coins), vendor, device, job, DateTimeOffset.FromUnixTimeMilliseconds(taken), words.ToImmutable()) { Circuit = circuit, KnownLaw = [.. law] };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        internal bool Failed { get; private set; }

        internal ReadOnlySpan<byte> Take(int count)
        {
            if (count > _rest.Length)
            {
                Failed = true;
                _rest = [];
                return new byte[Math.Min(count, 64)];
            }

            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }

        internal int? Number(int least, int most)
        {
            var number = BinaryPrimitives.ReadInt32LittleEndian(Take(4));
            return !Failed && number >= least && number <= most ? number : null;
        }

        internal long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

        internal double[] Doubles(int count)
        {
            var numbers = new double[count];
            for (var i = 0; i < count; i++) numbers[i] = BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
            return numbers;
        }

        internal string Text()
        {
            if (Number(0, MostText) is not { } length)
            {
                Failed = true;
                return "";
            }

            return Encoding.UTF8.GetString(Take(length)[..(Failed ? 0 : length)]);
        }
    }
}
