using Microsoft.Win32.SafeHandles;
using QuantumImprov.Storage.Disk;

namespace QuantumImprov.Storage.Journal;

/// <summary>A journal's real file. While it is open others may read it, and <see cref="IsHeld"/> sees that somebody lives who writes it.</summary>
internal sealed class DiskJournalFile : IJournalFile
{
    private readonly SafeFileHandle _handle;

    internal DiskJournalFile(string path, SafeFileHandle handle) => (Path, _handle) = (path, handle);

    public string Path { get; }

    /// <summary>Makes the file at <paramref name="path"/>, which must not exist, and its folder when that is missing.</summary>
    internal static DiskJournalFile Create(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);

        // Sharing for reading is what the operating system's lock is made from; a dead process holds none.
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        FolderSync.FlushFolderOf(path);
        return new DiskJournalFile(path, handle);
    }

    /// <summary>Whether some process, this one included, has the journal open for writing; a journal that may not even be read counts as held.</summary>
    internal static bool IsHeld(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(_handle, bytes, offset);

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
