using System.Buffers.Binary;

namespace QuantumImprov.Plugin.Vst3;

/// <summary>The 16 bytes of an interface's or a class's name: four words, big-endian but on Windows, where they are laid out as a GUID. Immutable. [any]</summary>
internal readonly record struct Vst3Id(uint A, uint B, uint C, uint D)
{
    internal static readonly Vst3Id Unknown = new(0x00000000, 0x00000000, 0xC0000000, 0x00000046);
    internal static readonly Vst3Id Factory = new(0x7A4D811C, 0x52114A1F, 0xAED9D2EE, 0x0B43BF9F);
    internal static readonly Vst3Id Factory2 = new(0x0007B650, 0xF24B4C0B, 0xA464EDB9, 0xF00B2ABB);
    internal static readonly Vst3Id PluginBase = new(0x22888DDB, 0x156E45AE, 0x8358B348, 0x08190625);
    internal static readonly Vst3Id Component = new(0xE831FF31, 0xF2D54301, 0x928EBBEE, 0x25697802);
    internal static readonly Vst3Id AudioProcessor = new(0x42043F99, 0xB7DA453C, 0xA569E79D, 0x9AAEC33D);
    internal static readonly Vst3Id Controller = new(0xDCD7BBE3, 0x7742448D, 0xA874AACC, 0x979C759E);
    internal static readonly Vst3Id Requirements = new(0x2A654303, 0xEF764E3D, 0x95B5FE83, 0x730EF6D0);
    internal static readonly Vst3Id MidiMapping = new(0xDF0FF9F7, 0x49B74669, 0xB63AB732, 0x7ADBF5E5);
    internal static readonly Vst3Id UnitInfo = new(0x3D4BD6B5, 0x913A4FD2, 0xA886E768, 0xA5EB92C1);

    /// <summary>The plugin's class; never another.</summary>
    internal static readonly Vst3Id Plugin = new(0x51496D70, 0x726F7651, 0x75616E74, 0x756D4950);

    /// <summary>Whether these bytes are it.</summary>
    internal unsafe bool Is(byte* bytes)
    {
        Span<byte> own = stackalloc byte[16];
        Write(own);
        return new ReadOnlySpan<byte>(bytes, 16).SequenceEqual(own);
    }

    /// <summary>Writes its bytes.</summary>
    internal void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, A);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], B);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], C);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], D);
        if (!OperatingSystem.IsWindows()) return;
        bytes[..4].Reverse();
        bytes[4..6].Reverse();
        bytes[6..8].Reverse();
    }
}
