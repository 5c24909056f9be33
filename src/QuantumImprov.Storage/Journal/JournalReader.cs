using QuantumImprov.Storage.Disk;

namespace QuantumImprov.Storage.Journal;

/// <summary>Reads journals: of sessions that ended, of sessions that died at whatever byte, and of sessions in progress as far as they have come. [worker]</summary>
public static class JournalReader
{
    // The longest line is a preset's text; the longest file is weeks of playing.
    private const int LongestLine = 16 << 20;
    private const long LongestFile = 1L << 30;
    private const int ChunkSize = 1 << 16;

    /// <summary>Reads the journal at <paramref name="path"/>. Never throws for what is on the disk.</summary>
    public static JournalReading Read(string path)
    {
        try
        {
            if (Directory.Exists(path)) return new JournalReading.Unreadable($"The journal {path} is a folder; a journal is a file.");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (file.Length > LongestFile) return new JournalReading.Unreadable($"The journal {path} is {file.Length} bytes long; a journal is at most {LongestFile}.");
            return Judge(Read(file), path);
        }
        catch (Exception exception) when (DiskFault.Is(exception))
        {
            return new JournalReading.Unreadable($"The journal {path} cannot be read: {DiskFault.Reason(exception)}.");
        }
    }

    internal static SessionRecordBuilder Read(Stream stream)
    {
        var session = new SessionRecordBuilder();
        var buffer = new byte[ChunkSize];
        int length = 0, searched = 0;
        var oversized = false;
        while (true)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var read = stream.Read(buffer, length, buffer.Length - length);
            if (read == 0) break;
            length += read;
            var start = 0;
            for (int end; (end = buffer.AsSpan(searched, length - searched).IndexOf((byte)'\n')) >= 0; start = searched)
            {
                end += searched;
                searched = end + 1;
                if (oversized) session.AddOversized();
                else session.Add(buffer.AsSpan(start, end - start));
                oversized = false;
            }

            buffer.AsSpan(start, length - start).CopyTo(buffer);
            length -= start;
            if (length > LongestLine)
            {
                oversized = true;
                length = 0;
            }

            searched = length;
        }

        if (oversized) session.AddOversized();
        else if (length > 0) session.AddTail(buffer.AsSpan(0, length));
        return session;
    }

    private static JournalReading Judge(SessionRecordBuilder session, string path)
    {
        if (session.Version > JournalWords.Version)
            return new JournalReading.Unreadable($"The journal {path} is of version {session.Version}, made by a newer QuantumImprov; this one reads version {JournalWords.Version}.");
        return session.Lines == 0
            ? new JournalReading.Unreadable($"The file {path} is not a journal: none of its lines is one.")
            : new JournalReading.Recovered(session.ToRecord());
    }
}
