using System.Collections.Immutable;
using System.Text;

namespace QuantumImprov.Midi.Files;

/// <summary>
/// The text of meta events. The standard knows ASCII only; files of today hold UTF-8 and files of yesterday Latin-1, so what is not valid UTF-8 is read as Latin-1.
/// </summary>
internal static class FileText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    public static string Decode(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Utf8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    public static ImmutableArray<byte> Encode(string text) => [.. Utf8.GetBytes(text)];
}
