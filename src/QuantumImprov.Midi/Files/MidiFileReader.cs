using System.Buffers.Binary;
using System.Collections.Immutable;

namespace QuantumImprov.Midi.Files;

/// <summary>
/// Reads Standard MIDI Files from memory. Never throws for what the bytes hold, and never takes memory because of a number in them: work and memory are
/// proportional to the bytes that are there (at most <see cref="BytesPerByte"/> a byte).
/// <para>What is damaged is read around, with a warning, so that a composer loses as little as can be: a track that is torn or broken ends at its last whole event;
/// other tracks are read all the same; lengths and counts that lie are replaced by what is found. Refused is what is no Standard MIDI File, has a format or division
/// that means nothing, or holds not one whole event besides damage.</para>
/// </summary>
public static class MidiFileReader
{
    /// <summary>The largest file that is read, in bytes (64 MiB).</summary>
    public const int LargestFile = 64 << 20;

    /// <summary>The most warnings that are listed; further faults are read around in silence.</summary>
    public const int MostWarnings = 8;

    /// <summary>An upper bound of the memory taken by reading, in bytes a byte of the file, beside 16 KiB: a whole file of the shortest events with data.</summary>
    public const int BytesPerByte = 16;

    private const int HeaderBytes = 14;

    /// <summary>Reads a file from memory. [any]</summary>
    public static MidiFileOutcome Read(ReadOnlySpan<byte> bytes)
    {
        if (RefuseHeader(bytes) is { } refusal) return MidiFileOutcome.Refused(refusal);
        var format = (MidiFileFormat)BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]);
        var counted = BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]);
        if (!Division.TryRead(BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]), out var division)) return MidiFileOutcome.Refused(RefuseDivision(division));

        var warnings = new List<string>();
        var chunks = new ChunkReader(bytes, EndOfHeader(bytes, warnings), format, division, warnings);
        var tracks = chunks.ReadTracks();
        if (tracks.IsEmpty)
        {
            return MidiFileOutcome.Refused($"The file holds no track (MTrk) in the {bytes.Length - HeaderBytes} bytes after its header; at least one is needed.");
        }

        if (!chunks.AnyEvent && chunks.FirstFault is { } fault) return MidiFileOutcome.Refused(fault);

        if (format == MidiFileFormat.OneTrack && tracks.Length > 1)
        {
            format = MidiFileFormat.Together;
            warnings.Insert(0, $"The header states format 0 at byte 8, which allows one track, but there are {tracks.Length}; they were read as tracks that sound together.");
        }
        else if (counted != tracks.Length)
        {
            warnings.Insert(0, $"The header counts {counted} tracks at byte 10 but the file holds {tracks.Length}; those were read.");
        }

        return new MidiFileOutcome(new MidiFile(format, division, tracks), null, [.. warnings.Take(MostWarnings)]);
    }

    internal static string RefuseSize(long bytes) => $"The file is {bytes} bytes long; allowed are {LargestFile} (64 MiB).";

    private static string? RefuseHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LargestFile) return RefuseSize(bytes.Length);
        if (bytes.IsEmpty) return "The file is empty; a Standard MIDI File begins with the letters MThd.";
        var begin = bytes[..Math.Min(4, bytes.Length)];
        if (!"MThd"u8.StartsWith(begin))
        {
            return $"The file begins with the bytes {Convert.ToHexString(begin)} at byte 0; a Standard MIDI File begins with the letters MThd (4D546864).";
        }

        if (bytes.Length < HeaderBytes) return $"The file ends at byte {bytes.Length} in its header, which takes {HeaderBytes} bytes.";
        var format = BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]);
        return format > 2 ? $"The header states format {format} at byte 8; allowed are 0, 1 and 2." : null;
    }

    private static string RefuseDivision(Division division) => division.Raw == 0
        ? "The header states a division of 0 ticks a quarter note at byte 12; allowed are 1 to 32767, or SMPTE frames."
        : $"The header states a division of {division.FramesPerSecond} SMPTE frames a second of {division.TicksPerFrame} ticks at byte 12; "
        + "allowed are 24, 25, 29 or 30 of 1 to 255.";

    // Later versions of the standard may lengthen the header; a length that leads beyond the file is a lie.
    private static int EndOfHeader(ReadOnlySpan<byte> bytes, List<string> warnings)
    {
        var declared = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        if (declared >= HeaderBytes - 8 && declared <= (uint)(bytes.Length - 8)) return 8 + (int)declared;
        warnings.Add($"The header declares a length of {declared} at byte 4; it was read as {HeaderBytes - 8}.");
        return HeaderBytes;
    }
}
