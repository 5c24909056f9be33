using System.Globalization;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Storage.Disk;
using QuantumImprov.Engine.Repertoire.Text;

namespace QuantumImprov.Storage.Repertoires;

/// <summary>
/// A repertoire on disk: versioned, checksummed, and replaced as a whole or not at all. Whatever moment the machine dies at, either the former or the new file
/// stands under the name. All members may be called from any thread but the real-time ones; they never throw for what is on the disk.
/// </summary>
public static class RepertoireFile
{
    /// <summary>The ending of repertoire files, and of the former file kept beside one.</summary>
    public const string Extension = ".repertoire", BackupExtension = ".bak", DamagedExtension = ".damaged";

    // Two saves of one process at a time would clear away each other's temporary files.
    private static readonly Lock Saving = new();

    /// <summary>
    /// Saves <paramref name="content"/> under <paramref name="path"/>, making its folder when it is missing. The former file is kept as
    /// <paramref name="path"/>.bak; when it was damaged it becomes <paramref name="path"/>.damaged instead, so that a good backup is not lost to it. A file of another format
    /// or of a newer version is not touched.
    /// </summary>
    public static RepertoireSave Save(string path, RepertoireContent content) => Save(path, content, static _ => { });

    /// <summary>Reads <paramref name="path"/>.</summary>
    public static RepertoireLoad Load(string path)
    {
        try
        {
            return new RepertoireLoad.Loaded(Parse(ReadBytes(path)));
        }
        catch (RepertoireFormatException exception)
        {
            return new RepertoireLoad.Unusable($"The repertoire {path} {exception.Message}.", UsableBackup(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new RepertoireLoad.Absent(UsableBackup(path));
        }
        catch (Exception exception) when (DiskFault.Is(exception))
        {
            return new RepertoireLoad.Unusable($"The repertoire {path} cannot be read: {DiskFault.Reason(exception)}.", UsableBackup(path));
        }
    }

    internal static RepertoireSave Save(string path, RepertoireContent content, Action<SaveStep> after)
    {
        if (RepertoireLimits.Fault(content) is { } fault) return new RepertoireSave.NotSaved($"The repertoire {path} was not saved: it {fault}.");
        var text = RepertoireText.Write(content);
        var bytes = RepertoireEnvelope.Wrap(text.Span, RepertoireMigrations.Current);
        if (text.Length > RepertoireLimits.MostTextBytes || bytes.Length > RepertoireLimits.MostFileBytes)
            return new RepertoireSave.NotSaved($"The repertoire {path} was not saved: it would be {bytes.Length} bytes long; a repertoire is at most {RepertoireLimits.MostFileBytes}.");
        lock (Saving)
        {
            var temp = TempName(path);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                DeleteStaleTemps(path);
                WriteDurably(temp, bytes, after);
                var setAside = KeepFormer(path, after);
                File.Move(temp, path, overwrite: true);
                after(SaveStep.FileReplaced);
                FolderSync.FlushFolderOf(path);
                after(SaveStep.FolderFlushed);
                return new RepertoireSave.Saved(bytes.Length, setAside);
            }
            catch (RepertoireFormatException exception)
            {
                TryDelete(temp);
                return new RepertoireSave.NotSaved($"The repertoire was not saved: {path} {exception.Message}.");
            }
            catch (Exception exception) when (DiskFault.Is(exception))
            {
                TryDelete(temp);
                return new RepertoireSave.NotSaved($"The repertoire {path} was not saved: {DiskFault.Reason(exception)}.");
            }
        }
    }

    private static RepertoireContent Parse(byte[] file)
    {
        var (version, text) = RepertoireEnvelope.Unwrap(file, RepertoireMigrations.Current);
        var content = RepertoireText.Read(RepertoireMigrations.Upgrade(text, version, RepertoireMigrations.Steps));
        return RepertoireLimits.Fault(content) is { } fault ? throw new RepertoireFormatException(fault) : content;
    }

    private static byte[] ReadBytes(string path)
    {
        if (Directory.Exists(path)) throw new RepertoireFormatException("is a folder; a repertoire is a file", foreign: true);
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(handle);
        if (length > RepertoireLimits.MostFileBytes)
            throw new RepertoireFormatException($"is {length} bytes long; a repertoire is at most {RepertoireLimits.MostFileBytes}", foreign: true);
        var bytes = new byte[length];
        var read = 0;
        for (int part; read < bytes.Length && (part = RandomAccess.Read(handle, bytes.AsSpan(read), read)) > 0;) read += part;
        return bytes[..read];
    }

    private static string? UsableBackup(string path)
    {
        var backup = path + BackupExtension;
        try
        {
            Parse(ReadBytes(backup));
            return backup;
        }
        catch (Exception exception) when (exception is RepertoireFormatException || DiskFault.Is(exception))
        {
            return null;
        }
    }

    private static void WriteDurably(string path, ReadOnlySpan<byte> bytes, Action<SaveStep> after)
    {
        using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None);
        after(SaveStep.TempCreated);
        RandomAccess.Write(handle, bytes, 0);
        after(SaveStep.TempWritten);
        RandomAccess.FlushToDisk(handle);
        after(SaveStep.TempFlushed);
    }

    // The name itself is never without a file, so the former one is copied, not moved.
    private static string? KeepFormer(string path, Action<SaveStep> after)
    {
        if (!File.Exists(path)) return null;
        var former = ReadBytes(path);
        var kept = path + (IsWhole(former) ? BackupExtension : DamagedExtension);
        var temp = TempName(kept);
        WriteDurably(temp, former, static _ => { });
        after(SaveStep.FormerCopied);
        File.Move(temp, kept, overwrite: true);
        after(SaveStep.FormerKept);
        return kept.EndsWith(DamagedExtension, StringComparison.Ordinal) ? kept : null;
    }

    // What is of another format or newer is an error here: it is not ours to overwrite.
    private static bool IsWhole(ReadOnlySpan<byte> file)
    {
        try
        {
            RepertoireEnvelope.Verify(file, RepertoireMigrations.Current, out _);
            return true;
        }
        catch (RepertoireFormatException exception) when (!exception.Foreign)
        {
            return false;
        }
    }

    private static string TempName(string path) => string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");

    // What died sessions left. A process that lives may be in the middle of its own save.
    private static void DeleteStaleTemps(string path)
    {
        foreach (var temp in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path) + ".*tmp"))
        {
            var owner = Path.GetFileNameWithoutExtension(temp).Split('.')[^1];
            if (!int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || (id != Environment.ProcessId && ProcessLife.IsRunning(id))) continue;
            TryDelete(temp);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (DiskFault.Is(exception))
        {
            // A left temporary file harms nothing and is tried again at the next save.
        }
    }
}
