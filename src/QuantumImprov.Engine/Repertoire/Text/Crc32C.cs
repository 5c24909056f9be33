using System.Buffers.Binary;
using System.Numerics;

namespace QuantumImprov.Engine.Repertoire.Text;

/// <summary>CRC-32C (Castagnoli), which processors compute by themselves: finds every error of up to 32 neighbouring bits.</summary>
public static class Crc32C
{
    /// <summary>The sum of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var item in bytes) crc = BitOperations.Crc32C(crc, item);
        return ~crc;
    }
}
