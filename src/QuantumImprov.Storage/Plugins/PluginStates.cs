using System.Buffers;
using System.Buffers.Text;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Storage.Plugins;

/// <summary>
/// The plugin's states in a file of a host: the file is one, or a VST3 preset, or a text that holds either in base64, as Ardour's songs and LV2 states do. [any]
/// </summary>
public static class PluginStates
{
    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    // How the marks of a state and of a preset begin in base64, as far as nothing behind them is in it.
    private static ReadOnlySpan<byte> StateLetters => "UXVhbnR1bUltcHJv"u8;

    private static ReadOnlySpan<byte> PresetLetters => "VlNUM"u8;

    /// <summary>The states in <paramref name="file"/> as they stand there, in order; damaged ones too.</summary>
    public static IReadOnlyList<byte[]> In(ReadOnlySpan<byte> file)
    {
        var states = new List<byte[]>();
        if (!Add(states, file)) FindInText(states, file);
        return states;
    }

    private static void FindInText(List<byte[]> states, ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var at = First(text.IndexOf(StateLetters), text.IndexOf(PresetLetters));
            if (at < 0) return;
            var run = text[at..(at + RunLength(text[at..]))];
            var bytes = new byte[run.Length];
            // A letter before it: it is the middle of something else.
            if ((at == 0 || !Letters.Contains(text[at - 1])) && Base64.DecodeFromUtf8(run, bytes, out _, out var written) == OperationStatus.Done) Add(states, bytes.AsSpan(0, written));
            text = text[(at + run.Length)..];
        }
    }

    private static int First(int one, int other) => one < 0 ? other : other < 0 ? one : Math.Min(one, other);

    // Long ones are broken into lines.
    private static int RunLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && (Letters.Contains(text[length]) || text[length] is (byte)'\n' or (byte)'\r')) length++;
        return length;
    }

    private static bool Add(List<byte[]> states, ReadOnlySpan<byte> bytes)
    {
        var state = bytes.StartsWith(StateEnvelope.Mark) ? bytes : VstPreset.Read(bytes);
        if (state.IsEmpty) return false;
        states.Add(state.ToArray());
        return true;
    }
}
