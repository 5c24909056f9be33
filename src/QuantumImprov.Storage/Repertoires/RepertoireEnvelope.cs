using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Storage.Repertoires;

/// <summary>
/// The outside of a repertoire file: one line of text, then the gzipped content.
/// <code>quantumimprov-repertoire 1 sha256=&lt;64 hex digits&gt;\n&lt;gzip&gt;</code>
/// The sum is over the first two words and everything after the line, so that every byte of the file is either summed or the sum itself.
/// </summary>
internal static class RepertoireEnvelope
{
    internal const string Format = "quantumimprov-repertoire";
    private const string SumPrefix = "sha256=";
    private const int LongestHeader = 128;

    /// <summary>The whole file around <paramref name="text"/>.</summary>
    internal static byte[] Wrap(ReadOnlySpan<byte> text, int version)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(text);
        var payload = packed.GetBuffer().AsSpan(0, (int)packed.Length);
        var header = Encoding.ASCII.GetBytes($"{Format} {version} {SumPrefix}{Sum(version, payload)}\n");
        return [.. header, .. payload];
    }

    /// <summary>The version and text inside <paramref name="file"/>.</summary>
    /// <exception cref="RepertoireFormatException">The bytes are not a whole repertoire file of a version up to <paramref name="newest"/>.</exception>
    internal static (int Version, byte[] Text) Unwrap(ReadOnlySpan<byte> file, int newest)
    {
        var version = Verify(file, newest, out var payload);
        try
        {
            using var gzip = new GZipStream(new MemoryStream(payload.ToArray()), CompressionMode.Decompress);
            using var text = new MemoryStream();
            var chunk = new byte[1 << 16];
            for (int read; (read = gzip.Read(chunk)) > 0;)
            {
                if (text.Length + read > RepertoireLimits.MostTextBytes)
                    throw new RepertoireFormatException($"unpacks to more than {RepertoireLimits.MostTextBytes >> 20} MiB, which is the most a repertoire may hold");
                text.Write(chunk, 0, read);
            }

            return (version, text.ToArray());
        }
        catch (InvalidDataException)
        {
            throw new RepertoireFormatException("is damaged: its content does not unpack");
        }
    }

    /// <summary>Checks everything but the content's own form.</summary>
    /// <exception cref="RepertoireFormatException">As <see cref="Unwrap"/>.</exception>
    internal static int Verify(ReadOnlySpan<byte> file, int newest, out ReadOnlySpan<byte> payload)
    {
        if (file.IsEmpty) throw new RepertoireFormatException("is empty; a repertoire has a header and content");
        var end = file[..Math.Min(file.Length, LongestHeader)].IndexOf((byte)'\n');
        var words = end < 0 ? [] : Encoding.Latin1.GetString(file[..end]).Split(' ');
        if (words is not [Format, var number, var sum])
        {
            // A torn first line still is ours; anything else belongs to somebody.
            var start = Encoding.ASCII.GetBytes(Format + " ");
            var ours = file.StartsWith(start) || start.AsSpan().StartsWith(file);
            throw ours
                ? new RepertoireFormatException("is damaged: its first line is torn")
                : new RepertoireFormatException($"is not a repertoire: its first line does not begin with '{Format}'", foreign: true);
        }

        payload = file[(end + 1)..];
        if (!IsVersion(number, out var version)) throw new RepertoireFormatException("is damaged: its first line names no version");

        // The sum is looked at before the version, so that a flipped bit in the number is called damage and not a newer version.
        if (sum != SumPrefix + Sum(version, payload)) throw new RepertoireFormatException("is damaged or cut short: its content does not match its checksum");
        if (version > newest)
            throw new RepertoireFormatException($"is of version {version}, made by a newer QuantumImprov; this one reads versions 1 to {newest}", foreign: true);
        return version;
    }

    private static bool IsVersion(string number, out int version)
    {
        version = 0;
        if (number.Length is 0 or > 9 || number[0] == '0' || !number.All(char.IsAsciiDigit)) return false;
        version = int.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        return true;
    }

    private static string Sum(int version, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes($"{Format} {version}\n"));
        hash.AppendData(payload);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
