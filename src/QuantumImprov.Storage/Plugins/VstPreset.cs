using System.Buffers.Binary;
using System.Text;

namespace QuantumImprov.Storage.Plugins;

/// <summary>
/// A VST3 preset of the plugin, as hosts keep it in files and in their projects: "VST3", a version, the plugin's class in 32 letters and where the list of chunks begins; then the chunks, of which "Comp" is the state; then the list. [any]
/// </summary>
public static class VstPreset
{
    /// <summary>The class under which VST3 hosts know the plugin.</summary>
    public const string Class = "51496D70726F765175616E74756D4950";

    private const int HeaderLength = 48, EntryLength = 4 + 8 + 8;

    /// <summary>What every preset begins with.</summary>
    public static ReadOnlySpan<byte> Mark => "VST3"u8;

    private static ReadOnlySpan<byte> State => "Comp"u8;

    private static ReadOnlySpan<byte> List => "List"u8;

    /// <summary>The preset of <paramref name="state"/>.</summary>
    public static byte[] Write(ReadOnlySpan<byte> state)
    {
        var preset = new byte[HeaderLength + state.Length + 8 + EntryLength];
        var list = HeaderLength + state.Length;
        Mark.CopyTo(preset);
        BinaryPrimitives.WriteInt32LittleEndian(preset.AsSpan(4), 1);
        Encoding.ASCII.GetBytes(Class, preset.AsSpan(8));
        BinaryPrimitives.WriteInt64LittleEndian(preset.AsSpan(40), list);
        state.CopyTo(preset.AsSpan(HeaderLength));
        List.CopyTo(preset.AsSpan(list));
        BinaryPrimitives.WriteInt32LittleEndian(preset.AsSpan(list + 4), 1);
        State.CopyTo(preset.AsSpan(list + 8));
        BinaryPrimitives.WriteInt64LittleEndian(preset.AsSpan(list + 12), HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(preset.AsSpan(list + 20), state.Length);
        return preset;
    }

    /// <summary>The state in <paramref name="preset"/>; empty when it is another plugin's, or none.</summary>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> preset)
    {
        if (preset.Length < HeaderLength || !preset.StartsWith(Mark) || Encoding.ASCII.GetString(preset.Slice(8, 32)) != Class) return [];
        var at = BinaryPrimitives.ReadInt64LittleEndian(preset[40..]);
        if (at < HeaderLength || at > preset.Length - 8 || !preset[(int)at..].StartsWith(List)) return [];
        var entries = preset[((int)at + 8)..];
        for (var left = BinaryPrimitives.ReadInt32LittleEndian(preset[((int)at + 4)..]); left > 0 && entries.Length >= EntryLength; left--, entries = entries[EntryLength..])
        {
            if (!entries.StartsWith(State)) continue;
            var (begin, length) = (BinaryPrimitives.ReadInt64LittleEndian(entries[4..]), BinaryPrimitives.ReadInt64LittleEndian(entries[12..]));
            return begin >= 0 && length >= 0 && begin <= preset.Length && length <= preset.Length - begin ? preset.Slice((int)begin, (int)length) : [];
        }

        return [];
    }
}
