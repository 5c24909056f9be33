using System.Buffers.Text;
using System.Text;

namespace QuantumImprov.Plugin.Parameters;

/// <summary>Values as people read and write them, in UTF-8; both ways allocate nothing. [any]</summary>
internal static class ParameterText
{
    /// <summary>The longest text of any value, in bytes.</summary>
    internal const int Longest = 64;

    /// <summary>Writes <paramref name="value"/> as text; returns its length, 0 when there is no room.</summary>
    internal static int Write(Parameter parameter, double value, Span<byte> text)
    {
        value = parameter.Clean(value);
        switch (parameter.Kind)
        {
            case ParameterKind.Share:
                if (!Utf8Formatter.TryFormat(value * 100, text, out var length, new System.Buffers.StandardFormat('F', 1)) || !" %"u8.TryCopyTo(text[length..])) return 0;
                return length + 2;
            case ParameterKind.Whole:
                return Utf8Formatter.TryFormat((long)value, text, out var digits) ? digits : 0;
            case ParameterKind.Choice:
                return Encoding.UTF8.TryGetBytes(parameter.Choices[(int)value], text, out var bytes) ? bytes : 0;
            default:
                var word = parameter.Kind == ParameterKind.Switch ? value > 0 ? "on"u8 : "off"u8 : value > 0 ? "now"u8 : "-"u8;
                return word.TryCopyTo(text) ? word.Length : 0;
        }
    }

    /// <summary>The value that <paramref name="text"/> says; false when it says none. Numbers without a unit are read as they are shown.</summary>
    internal static bool TryRead(Parameter parameter, ReadOnlySpan<byte> text, out double value)
    {
        text = text.Trim((byte)' ');
        value = parameter.Default;
        switch (parameter.Kind)
        {
            case ParameterKind.Share:
                if (text.EndsWith("%"u8)) text = text[..^1].TrimEnd((byte)' ');
                if (!TryNumber(text, out value)) return false;
                value /= 100;
                break;
            case ParameterKind.Choice:
                for (var i = 0; i < parameter.Choices.Length; i++)
                {
                    if (!Ascii.EqualsIgnoreCase(text, parameter.Choices[i])) continue;
                    value = i;
                    return true;
                }

                return false;
            case ParameterKind.Whole:
                if (!TryNumber(text, out value)) return false;
                break;
            default:
                if (Ascii.EqualsIgnoreCase(text, "on"u8) || Ascii.EqualsIgnoreCase(text, "now"u8)) value = 1;
                else if (Ascii.EqualsIgnoreCase(text, "off"u8) || text.SequenceEqual("-"u8)) value = 0;
                else if (!TryNumber(text, out value)) return false;
                break;
        }

        value = parameter.Clean(value);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out double value) => Utf8Parser.TryParse(text, out value, out var read) && read == text.Length && double.IsFinite(value);
}
