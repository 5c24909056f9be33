using System.IO.Compression;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Storage.Journal;

/// <summary>A repertoire as a word of a journal: the text of its file, gzipped, in base 64.</summary>
public static class JournalContent
{
    // What still fits a line that is read.
    private const int Longest = 12 << 20;

    /// <summary>The word for <paramref name="content"/>; empty when it is too large for a journal. Takes some ten milliseconds. [worker]</summary>
    public static string Pack(RepertoireContent content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(RepertoireText.Write(content).Span);
        return packed.Length > Longest / 4 * 3 ? "" : Convert.ToBase64String(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    /// <summary>What <paramref name="word"/> holds; null when it is none that a session writes.</summary>
    public static RepertoireContent? Unpack(string word)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(word)), CompressionMode.Decompress);
            using var text = new MemoryStream();
            var chunk = new byte[1 << 16];
            for (int read; (read = gzip.Read(chunk)) > 0; text.Write(chunk, 0, read))
            {
                if (text.Length + read > RepertoireLimits.MostTextBytes) return null;
            }

            var content = RepertoireText.Read(text.ToArray());
            return RepertoireLimits.Fault(content) is null ? content : null;
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or RepertoireFormatException)
        {
            return null;
        }
    }
}
