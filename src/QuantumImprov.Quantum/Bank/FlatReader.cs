using System.Buffers.Binary;
using System.Text;

namespace QuantumImprov.Quantum.Bank;

/// <summary>Reads the descriptions of a flat bank, never beyond their end.</summary>
internal ref struct FlatReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal bool Failed { get; private set; }

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
        if (Number(0, FlatBank.MostText) is not { } length)
        {
            Failed = true;
            return "";
        }

        return Encoding.UTF8.GetString(Take(length)[..(Failed ? 0 : length)]);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            Failed = true;
            _rest = [];
            return new byte[Math.Max(count, 8)];
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
