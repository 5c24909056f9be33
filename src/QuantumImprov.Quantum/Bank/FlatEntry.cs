using System.Buffers.Binary;

namespace QuantumImprov.Quantum.Bank;

/// <summary>Where a batch's shots stand in a flat bank. Reading allocates nothing. Pure.</summary>
/// <param name="Number">The batch's number.</param>
/// <param name="Key">The <see cref="FlatStock.Key"/> of its stock.</param>
/// <param name="Stock">The stock's place.</param>
/// <param name="First">Its first slot among all.</param>
/// <param name="Count">How many slots.</param>
public readonly record struct FlatEntry(ulong Number, ulong Key, int Stock, int First, int Count)
{
    /// <summary>Bytes of an entry.</summary>
    public const int Length = 32;

    /// <summary>Writes it into 32 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[..Length].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Number);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Key);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], Stock);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], First);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], Count);
    }

    /// <summary>Reads 32 bytes; false when it points outside what <paramref name="header"/> says.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, in FlatHeader header, out FlatEntry entry)
    {
        entry = new FlatEntry(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]));
        return entry.Stock >= 0 && entry.Stock < header.Stocks && entry.First >= 0 && entry.Count >= 0 && entry.First <= header.Slots - entry.Count;
    }
}
