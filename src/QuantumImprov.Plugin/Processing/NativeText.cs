using System.Runtime.InteropServices;
using System.Text;

namespace QuantumImprov.Plugin.Processing;

/// <summary>Text in native memory, in UTF-8, ended by 0, for as long as the library is loaded.</summary>
internal static unsafe class NativeText
{
    /// <summary>Keeps <paramref name="text"/>.</summary>
    internal static byte* Keep(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var kept = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(kept, bytes.Length));
        return kept;
    }

    /// <summary>The text at <paramref name="text"/>, without its end; empty for null. Nothing is copied.</summary>
    internal static ReadOnlySpan<byte> At(byte* text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);

    /// <summary>Writes <paramref name="text"/> with its end into <paramref name="into"/>, cut to what fits. Allocates nothing.</summary>
    internal static void Write(string text, Span<byte> into)
    {
        into.Clear();
        System.Text.Unicode.Utf8.FromUtf16(text, into[..^1], out _, out _);
    }
}
