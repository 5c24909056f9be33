using System.Runtime.InteropServices;

namespace QuantumImprov.Storage.Disk;

/// <summary>Makes names durable: after a new file or a rename a folder has to reach the disk too, or a power cut may take the name back.</summary>
internal static partial class FolderSync
{
    /// <summary>
    /// Flushes the folder that holds <paramref name="path"/>. Best effort: Windows journals names by itself, and a file system that cannot flush a folder
    /// says so without anything being wrong with the file.
    /// </summary>
    internal static void FlushFolderOf(string path)
    {
        if (OperatingSystem.IsWindows() || Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder) return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0) return;
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
