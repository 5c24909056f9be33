using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("QuantumImprov.Midi.Tests")]

namespace QuantumImprov.Midi.Files;

/// <summary>Replaces a file as a whole: written beside its place under another name, flushed to the disk, then renamed.</summary>
internal static class AtomicFile
{
    private const int NoSpaceOnUnix = 28, QuotaOnLinux = 122, NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>Replaces <paramref name="path"/> by what <paramref name="write"/> writes; on failure what was there stays, and nothing else is left behind.</summary>
    public static bool TryReplace(string path, Action<Stream> write, [NotNullWhen(false)] out string? refusal)
    {
        string? beside = null;
        try
        {
            if (Directory.Exists(path))
            {
                refusal = $"{path}: This is a folder; the name of a file is needed.";
                return false;
            }

            // A device is no file that could be replaced: renaming over it would take it away from everybody.
            if (IsDevice(path))
            {
                using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                write(device);
                refusal = null;
                return true;
            }

            // A link keeps pointing where it points: what it points to is replaced.
            var place = new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
            var old = File.Exists(place);
            if (old && File.GetAttributes(place).HasFlag(FileAttributes.ReadOnly))
            {
                refusal = $"{path}: The file was not written (it is write-protected).";
                return false;
            }

            beside = Path.Combine(Path.GetDirectoryName(place)!, $".quantumimprov-{Path.GetRandomFileName()}");
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (old && !OperatingSystem.IsWindows()) File.SetUnixFileMode(beside, File.GetUnixFileMode(place));
            File.Move(beside, place, overwrite: true);
            refusal = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            refusal = $"{path}: The file was not written ({Reason(e, beside ?? path)}).";
            Remove(beside);
            return false;
        }
    }

    /// <summary>What the system says about <paramref name="e"/>, in one clause of our own where we know the case.</summary>
    public static string Reason(Exception e, string path) => e switch
    {
        DirectoryNotFoundException or FileNotFoundException => "its folder does not exist",
        UnauthorizedAccessException => "the system does not permit it",
        IOException { HResult: NoSpaceOnUnix or QuotaOnLinux or NoSpaceOnWindows } => "the disk is full",
        PathTooLongException => "its name is too long",
        IOException => e.Message.Replace($" : '{path}'", "", StringComparison.Ordinal).TrimEnd('.', ' ').ReplaceLineEndings(" "),
        _ => "this is not a name a file can have",
    };

    private static bool IsDevice(string path) =>
        OperatingSystem.IsLinux() && File.Exists(path) && Path.GetFullPath(path) is var full
        && (full.StartsWith("/proc/", StringComparison.Ordinal) || full.StartsWith("/dev/", StringComparison.Ordinal))
        && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static void Remove(string? beside)
    {
        try
        {
            if (beside is not null) File.Delete(beside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk that refused the file may refuse this too; the sentence about the first failure is what helps.
        }
    }
}
