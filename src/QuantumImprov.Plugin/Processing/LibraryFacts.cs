using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QuantumImprov.Plugin.Processing;

/// <summary>What the library tells about itself to its own tests and to <c>publish-plugin</c>.</summary>
internal static unsafe class LibraryFacts
{
    /// <summary>The version.</summary>
    internal static string Version { get; } = typeof(LibraryFacts).Assembly.GetName().Version!.ToString(3);

    // As build/lay-plugin calls it.
    private static string LibraryName => OperatingSystem.IsWindows() ? "QuantumImprov.dll" : OperatingSystem.IsMacOS() ? "QuantumImprov.dylib" : "QuantumImprov.so";

    /// <summary>Bytes that blocks have allocated in this process.</summary>
    [UnmanagedCallersOnly(EntryPoint = "qi_allocated", CallConvs = [typeof(CallConvCdecl)])]
    private static long Allocated() => Instance.Allocated;

    /// <summary>Collections that have happened in the library's runtime.</summary>
    [UnmanagedCallersOnly(EntryPoint = "qi_collections", CallConvs = [typeof(CallConvCdecl)])]
    private static int Collections() => GC.CollectionCount(0);

    /// <summary>The LV2 bundle's file <paramref name="file"/> (0 the manifest, 1 the plugin's), as much as fits; its length.</summary>
    [UnmanagedCallersOnly(EntryPoint = "qi_turtle", CallConvs = [typeof(CallConvCdecl)])]
    private static int Turtle(int file, byte* into, int length)
    {
        try
        {
            var text = System.Text.Encoding.UTF8.GetBytes(file == 0 ? Lv2.Turtle.Manifest(LibraryName) : Lv2.Turtle.Plugin(Version));
            text.AsSpan(0, Math.Min(length, text.Length)).CopyTo(new Span<byte>(into, length));
            return text.Length;
        }
        catch
        {
            return -1;
        }
    }
}
