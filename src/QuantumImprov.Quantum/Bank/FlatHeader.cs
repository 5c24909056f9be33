using System.Buffers.Binary;

namespace QuantumImprov.Quantum.Bank;

/// <summary>
/// The first 64 bytes of a flat bank: which version, which writing, and where everything stands. Then, little-endian: for each batch an entry (<see cref="FlatEntry"/>), for each stock its counts with their checksum, the descriptions, and
/// for each shot a <see cref="FlatSlot"/>. Reading allocates nothing. Pure.
/// </summary>
/// <param name="Generation">Another for every writing of the whole.</param>
/// <param name="NextBatch">The number the next new batch gets.</param>
/// <param name="Stocks">How many stocks.</param>
/// <param name="Batches">How many batches.</param>
/// <param name="TextLength">Bytes of the descriptions.</param>
/// <param name="Slots">How many shots, taken or not.</param>
/// <param name="IndexSum">Checksum of the entries.</param>
/// <param name="TextSum">Checksum of the descriptions.</param>
public readonly record struct FlatHeader(ulong Generation, ulong NextBatch, int Stocks, int Batches, int TextLength, int Slots, uint IndexSum, uint TextSum)
{
    /// <summary>Bytes of a header, and of a stock's counts.</summary>
    public const int Length = 64, LawLength = (ClassSpec.MostLabels * 8) + 8;

    /// <summary>The most of each.</summary>
    public const int MostStocks = 4096, MostBatches = 65_536, MostText = 1 << 26, MostSlots = 1 << 25;

    /// <summary>What a flat bank of this version begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "QIBANK02"u8;

    /// <summary>Where the entries begin, in bytes.</summary>
    public static long Index => Length;

    /// <summary>Where the counts begin.</summary>
    public long Laws => Index + ((long)Batches * FlatEntry.Length);

    /// <summary>Where the descriptions begin.</summary>
    public long Text => Laws + ((long)Stocks * LawLength);

    /// <summary>Where the shots begin.</summary>
    public long Shots => Text + TextLength;

    /// <summary>How long the whole is.</summary>
    public long End => Shots + ((long)Slots * 4);

    /// <summary>Writes it into 64 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[..Length].Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Generation);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], NextBatch);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], Stocks);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], Batches);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], TextLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[36..], Slots);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[40..], IndexSum);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[44..], TextSum);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[60..], FlatSum.Of(bytes[..60]));
    }

    /// <summary>Reads 64 bytes; false when they are no header of this version, or damaged.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FlatHeader header)
    {
        header = default;
        if (bytes.Length < Length || !bytes.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]) != FlatSum.Of(bytes[..60])) return false;
        header = new FlatHeader(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]));
        return header is { Stocks: >= 0 and <= MostStocks, Batches: >= 0 and <= MostBatches, TextLength: >= 0 and <= MostText, Slots: >= 0 and <= MostSlots };
    }

    /// <summary>Whether the entries that were read are the ones this header was written with.</summary>
    public bool Matches(ReadOnlySpan<byte> index) => FlatSum.Of(index) == IndexSum;

    /// <summary>Writes a stock's counts with their checksum into <see cref="LawLength"/> bytes.</summary>
    public static void WriteCounts(ReadOnlySpan<double> counts, Span<byte> bytes)
    {
        bytes[..LawLength].Clear();
        for (var s = 0; s < counts.Length; s++) BinaryPrimitives.WriteDoubleLittleEndian(bytes[(8 * s)..], counts[s]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[(LawLength - 8)..], FlatSum.Of(bytes[..(LawLength - 8)]));
    }

    /// <summary>Reads them; false, and all 0, when they are damaged.</summary>
    public static bool TryReadCounts(ReadOnlySpan<byte> bytes, Span<double> counts)
    {
        counts.Clear();
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[(LawLength - 8)..]) != FlatSum.Of(bytes[..(LawLength - 8)])) return false;
        for (var s = 0; s < counts.Length; s++)
        {
            counts[s] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * s)..]);
            if (double.IsFinite(counts[s]) && counts[s] >= 0) continue;
            counts.Clear();
            return false;
        }

        return true;
    }
}
