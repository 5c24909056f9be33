namespace QuantumImprov.Plugin.Vst3;

/// <summary>Text in fields of 128 UTF-16 characters, ended by 0.</summary>
internal static unsafe class Vst3Text
{
    private const int Length = 128;

    /// <summary>Writes <paramref name="text"/>, cut to what fits. Allocates nothing.</summary>
    internal static void Write(ReadOnlySpan<char> text, char* field)
    {
        var into = new Span<char>(field, Length);
        into.Clear();
        text[..Math.Min(text.Length, Length - 1)].CopyTo(into);
    }

    /// <summary>Writes text of ASCII bytes.</summary>
    internal static void Write(ReadOnlySpan<byte> text, char* field)
    {
        var into = new Span<char>(field, Length);
        into.Clear();
        for (var i = 0; i < Math.Min(text.Length, Length - 1); i++) into[i] = (char)text[i];
    }

    /// <summary>The text of a field as ASCII bytes, as much as fits; what is no ASCII becomes '?'. Returns its length.</summary>
    internal static int Read(char* field, Span<byte> text)
    {
        var length = 0;
        for (; length < Length && length < text.Length && field[length] != 0; length++) text[length] = field[length] < 128 ? (byte)field[length] : (byte)'?';
        return length;
    }
}
