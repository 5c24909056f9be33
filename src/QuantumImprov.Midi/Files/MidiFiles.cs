using System.Diagnostics.CodeAnalysis;

namespace QuantumImprov.Midi.Files;

/// <summary>Standard MIDI Files on disk. Nothing here throws for what the disk holds or refuses: the answer is one sentence that names the file.</summary>
public static class MidiFiles
{
    private const int FirstTaken = 64 << 10;

    /// <summary>
    /// Reads the file at <paramref name="path"/>; a missing or unreadable file, a folder and one of more than <see cref="MidiFileReader.LargestFile"/> bytes are refused.
    /// A pipe is read to its end. Blocks on the disk. [worker]
    /// </summary>
    public static MidiFileOutcome Read(string path)
    {
        if (Directory.Exists(path)) return MidiFileOutcome.Refused($"{path}: This is a folder; a Standard MIDI File is needed.");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (stream.CanSeek && stream.Length > MidiFileReader.LargestFile) return MidiFileOutcome.Refused(MidiFileReader.RefuseSize(stream.Length)).Of(path);
            return MidiFileReader.Read(ReadBounded(stream)).Of(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return MidiFileOutcome.Refused($"{path}: There is no such file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return MidiFileOutcome.Refused($"{path}: The file cannot be read ({AtomicFile.Reason(e, path)}).");
        }
    }

    /// <summary>
    /// Writes <paramref name="file"/> to <paramref name="path"/> in one step: afterwards the old content or the whole new one stands there, never a part, and on failure
    /// nothing new. False when it could not be written, with the reason. Blocks on the disk. [worker]
    /// </summary>
    public static bool TryWrite(string path, MidiFile file, [NotNullWhen(false)] out string? refusal)
    {
        var bytes = MidiFileWriter.Write(file);
        return AtomicFile.TryReplace(path, stream => stream.Write(bytes), out refusal);
    }

    // One byte more than allowed is enough to know that there are too many, however long the pipe.
    private static ReadOnlySpan<byte> ReadBounded(FileStream stream)
    {
        var bytes = new byte[stream.CanSeek && stream.Length > 0 ? stream.Length : FirstTaken];
        for (var taken = 0; ;)
        {
            var read = stream.Read(bytes.AsSpan(taken));
            taken += read;
            if (read == 0 || taken > MidiFileReader.LargestFile) return bytes.AsSpan(0, taken);
            if (taken < bytes.Length) continue;
            if (stream.CanSeek && stream.Length == taken) return bytes;
            Array.Resize(ref bytes, (int)Math.Min(bytes.Length * 2L, MidiFileReader.LargestFile + 1L));
        }
    }
}
