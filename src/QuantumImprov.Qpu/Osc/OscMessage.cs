using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace QuantumImprov.Qpu.Osc;

/// <summary>An OSC 1.0 message: an address and arguments, each a string, a whole number or a number. Immutable.</summary>
/// <param name="Address">Begins with a slash.</param>
/// <param name="Arguments">Strings, <see cref="int"/>, <see cref="long"/>, <see cref="float"/> or <see cref="double"/>.</param>
public sealed record OscMessage(string Address, ImmutableArray<object> Arguments)
{
    /// <summary>The most bytes of a datagram.</summary>
    public const int MostBytes = 65_507;

    /// <summary>As bytes of a datagram.</summary>
    public byte[] ToBytes()
    {
        var bytes = new List<byte>();
        Add(bytes, Address);
        Add(bytes, "," + string.Concat(Arguments.Select(a => a switch { string => 's', int => 'i', long => 'h', float => 'f', double => 'd', _ => throw new InvalidOperationException($"OSC has no {a.GetType().Name} here.") })));
        Span<byte> eight = stackalloc byte[8];
        foreach (var argument in Arguments)
        {
            switch (argument)
            {
                case string text:
                    Add(bytes, text);
                    break;
                case int number:
                    BinaryPrimitives.WriteInt32BigEndian(eight, number);
                    bytes.AddRange(eight[..4]);
                    break;
                case long number:
                    BinaryPrimitives.WriteInt64BigEndian(eight, number);
                    bytes.AddRange(eight);
                    break;
                case float number:
                    BinaryPrimitives.WriteSingleBigEndian(eight, number);
                    bytes.AddRange(eight[..4]);
                    break;
                case double number:
                    BinaryPrimitives.WriteDoubleBigEndian(eight, number);
                    bytes.AddRange(eight);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Reads a datagram; null when it is no message.</summary>
    public static OscMessage? Read(ReadOnlySpan<byte> bytes)
    {
        if (ReadText(ref bytes) is not { } address || !address.StartsWith('/')) return null;
        // Old senders leave the types out when there are no arguments.
        if (bytes.IsEmpty) return new OscMessage(address, []);
        if (ReadText(ref bytes) is not { } types || !types.StartsWith(',')) return null;
        var arguments = ImmutableArray.CreateBuilder<object>();
        foreach (var type in types.AsSpan(1))
        {
            switch (type)
            {
                case 's' or 'S':
                    if (ReadText(ref bytes) is not { } text) return null;
                    arguments.Add(text);
                    break;
                case 'i' when bytes.Length >= 4:
                    arguments.Add(BinaryPrimitives.ReadInt32BigEndian(bytes));
                    bytes = bytes[4..];
                    break;
                case 'f' when bytes.Length >= 4:
                    arguments.Add(BinaryPrimitives.ReadSingleBigEndian(bytes));
                    bytes = bytes[4..];
                    break;
                case 'h' when bytes.Length >= 8:
                    arguments.Add(BinaryPrimitives.ReadInt64BigEndian(bytes));
                    bytes = bytes[8..];
                    break;
                case 'd' when bytes.Length >= 8:
                    arguments.Add(BinaryPrimitives.ReadDoubleBigEndian(bytes));
                    bytes = bytes[8..];
                    break;
                default:
                    return null;
            }
        }

        return new OscMessage(address, arguments.ToImmutable());
    }

    // Text, a zero, and zeros up to a multiple of four.
    private static void Add(List<byte> bytes, string text)
    {
        bytes.AddRange(Encoding.UTF8.GetBytes(text));
        do bytes.Add(0);
        while (bytes.Count % 4 != 0);
    }

    private static string? ReadText(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        if (end < 0) return null;
        var text = Encoding.UTF8.GetString(bytes[..end]);
        var padded = (end + 4) & ~3;
        if (padded > bytes.Length) return null;
        bytes = bytes[padded..];
        return text;
    }
}
