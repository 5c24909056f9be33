using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace QuantumImprov.Quantum.Bank;

/// <summary>Flat banks to bytes and back. Reading is bounded and refuses what is no bank.</summary>
internal static class FlatBytes
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private static ReadOnlySpan<byte> AnyMagic => "QIBANK"u8;

    internal static byte[] Write(FlatBank bank, ulong generation)
    {
        var text = Describe(bank);
        var (slots, index) = (bank.Batches.Sum(b => b.Slots.Length), new byte[bank.Batches.Length * FlatEntry.Length]);
        var first = 0;
        for (var i = 0; i < bank.Batches.Length; i++)
        {
            var batch = bank.Batches[i];
            new FlatEntry(batch.Number, bank.Stocks[batch.Stock].Key, batch.Stock, first, batch.Slots.Length).Write(index.AsSpan(i * FlatEntry.Length));
            first += batch.Slots.Length;
        }

        var header = new FlatHeader(generation, bank.NextBatch, bank.Stocks.Length, bank.Batches.Length, text.Length, slots, FlatSum.Of(index), FlatSum.Of(text));
        var bytes = new byte[header.End];
        header.Write(bytes);
        index.CopyTo(bytes.AsSpan((int)FlatHeader.Index));
        for (var s = 0; s < bank.Stocks.Length; s++) FlatHeader.WriteCounts(bank.Stocks[s].Counts.AsSpan(), bytes.AsSpan((int)header.Laws + (s * FlatHeader.LawLength)));
        text.CopyTo(bytes.AsSpan((int)header.Text));
        var at = bytes.AsSpan((int)header.Shots);
        foreach (var slot in bank.Batches.SelectMany(b => b.Slots))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(at, slot);
            at = at[4..];
        }

        return bytes;
    }

    internal static FlatBank? Read(ReadOnlySpan<byte> bytes, out string fault)
    {
        fault = "The bank is damaged, or not whole.";
        if (!FlatHeader.TryRead(bytes, out var header))
        {
            if (!bytes.StartsWith(AnyMagic)) fault = "That is no bank of shots.";
            else if (bytes.Length >= 8 && !bytes.StartsWith(FlatHeader.Magic)) fault = $"The bank is of version {Encoding.ASCII.GetString(bytes[6..8])}; this program reads version {Encoding.ASCII.GetString(FlatHeader.Magic[6..])}.";
            return null;
        }

        if (bytes.Length != header.End) return null;
        var index = bytes[(int)FlatHeader.Index..(int)header.Laws];
        var text = bytes[(int)header.Text..(int)header.Shots];
        if (!header.Matches(index) || FlatSum.Of(text) != header.TextSum) return null;
        var reader = new FlatReader(text);
        var stocks = ImmutableArray.CreateBuilder<FlatStock>(header.Stocks);
        for (var s = 0; s < header.Stocks; s++)
        {
            if (Stock(ref reader, bytes[((int)header.Laws + (s * FlatHeader.LawLength))..]) is not { } stock) return null;
            stocks.Add(stock);
        }

        var batches = ImmutableArray.CreateBuilder<FlatBatch>(header.Batches);
        for (var b = 0; b < header.Batches; b++)
        {
            if (!FlatEntry.TryRead(index[(b * FlatEntry.Length)..], header, out var entry) || entry.Key != stocks[entry.Stock].Key) return null;
            var job = reader.Text();
            if (reader.Number(0, int.MaxValue) is not { } circuit || reader.Long() is var taken && (taken < Earliest || taken > Latest)) return null;
            var slots = new uint[entry.Count];
            for (var i = 0; i < slots.Length; i++) slots[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(int)(header.Shots + (4L * (entry.First + i)))..]);
            batches.Add(new FlatBatch(entry.Number, entry.Stock, job, circuit, DateTimeOffset.FromUnixTimeMilliseconds(taken), ImmutableCollectionsMarshal.AsImmutableArray(slots)));
        }

        if (reader.Failed) return null;
        fault = "";
        return new FlatBank(stocks.MoveToImmutable(), batches.MoveToImmutable(), header.NextBatch);
    }

    private static byte[] Describe(FlatBank bank)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var (spec, vendor, device, known, _) in bank.Stocks)
        {
            writer.Write(spec.Class);
            writer.Write(spec.Context);
            writer.Write(spec.Coins);
            writer.Write(spec.Labels.Length);
            writer.Write(spec.Weights.Length);
            foreach (var label in spec.Labels) writer.Write(label);
            foreach (var number in spec.Rows.Concat(spec.Weights)) writer.Write(number);
            WriteText(writer, vendor);
            WriteText(writer, device);
            writer.Write(known.IsEmpty ? 0 : 1);
            foreach (var number in known) writer.Write(number);
        }

        foreach (var batch in bank.Batches)
        {
            WriteText(writer, batch.Job);
            writer.Write(batch.Circuit);
            writer.Write(batch.TakenAt.ToUnixTimeMilliseconds());
        }

        writer.Flush();
        return bytes.ToArray();
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        var length = Math.Min(encoded.Length, FlatBank.MostText);
        writer.Write(length);
        writer.Write(encoded, 0, length);
    }

    private static FlatStock? Stock(ref FlatReader reader, ReadOnlySpan<byte> law)
    {
        if (reader.Number(0, ShotBank.MostClasses - 1) is not { } @class || reader.Number(ClassSpec.UnknownContext, int.MaxValue) is not { } context || reader.Number(0, ClassSpec.MostCoins) is not { } coins
            || reader.Number(1, ClassSpec.MostLabels) is not { } labels || reader.Number(1, ClassSpec.MostMembers) is not { } members) return null;
        var names = new int[labels];
        for (var s = 0; s < labels; s++) names[s] = reader.Number(0, int.MaxValue) ?? -1;
        var (rows, weights) = (reader.Doubles(labels * members), reader.Doubles(members));
        var (vendor, device) = (reader.Text(), reader.Text());
        if (reader.Number(0, 1) is not { } known) return null;
        var exact = known == 1 ? reader.Doubles(labels) : [];
        var counts = new double[labels];
        FlatHeader.TryReadCounts(law, counts);
        if (reader.Failed || !rows.All(double.IsFinite) || !weights.All(double.IsFinite) || exact.Any(p => !(p >= 0 && p <= 1))) return null;
        try
        {
            // Finite amplitudes may be too great to be squared.
            var spec = new ClassSpec(@class, [.. names], [.. rows], [.. weights], coins) { Context = context };
            return spec.IdealLaw.All(double.IsFinite) && double.IsFinite(spec.KeptShare) ? new FlatStock(spec, vendor, device, [.. exact], [.. counts]) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
