using System.Globalization;
using QuantumImprov.Engine.Session;
using QuantumImprov.Storage.Disk;

namespace QuantumImprov.Storage.Data;

/// <summary>
/// Where everything lives that outlasts a session. <see cref="OverrideVariable"/> names another place. Immutable; may be used from any thread.
/// </summary>
public sealed class DataFolder
{
    /// <summary>The environment variable that names the folder itself, whatever the platform.</summary>
    public const string OverrideVariable = DataPlace.OverrideVariable;

    private DataFolder(string path) => Path = path;

    /// <summary>The folder, as a full path.</summary>
    public string Path { get; }

    /// <summary>Where recordings go.</summary>
    public string Sessions => System.IO.Path.Combine(Path, "sessions");

    /// <summary>Where repertoires are kept.</summary>
    public string Repertoires => System.IO.Path.Combine(Path, "repertoires");

    /// <summary>The file that tells how long outputs let notes wait; nobody may have made it yet.</summary>
    public string Latencies => System.IO.Path.Combine(Path, "latencies.json");

    /// <summary>Where the shots of quantum processors, the ledger and random blocks are kept; made when it is first needed.</summary>
    public string Qpu => System.IO.Path.Combine(Path, "qpu");

    /// <summary>The shots that were handed to the plugin; made when it is first needed.</summary>
    public string PluginShots => DataPlace.PluginShots(Path);

    /// <summary>The platform this process runs on.</summary>
    public static DataPlatform ThisPlatform =>
        OperatingSystem.IsWindows() ? DataPlatform.Windows : OperatingSystem.IsMacOS() ? DataPlatform.MacOS : DataPlatform.Linux;

    /// <summary>
    /// Finds the folder by <paramref name="environment"/> (a variable's value by its name, null when it is not set), makes it and its subfolders when they are missing, and tries to
    /// write there. Never throws for what is on the disk.
    /// </summary>
    public static DataFolderOpening Open(Func<string, string?> environment, DataPlatform platform)
    {
        var (path, wanted) = Locate(environment, platform);
        if (path is null) return new DataFolderOpening.Unusable($"There is no data folder: {wanted} is not set; set it, or {OverrideVariable} to a folder that can be written.");
        try
        {
            var folder = new DataFolder(System.IO.Path.GetFullPath(path));
            Make(folder.Path);
            Directory.CreateDirectory(folder.Sessions);
            Directory.CreateDirectory(folder.Repertoires);
            foreach (var part in (ReadOnlySpan<string>)[folder.Path, folder.Sessions, folder.Repertoires]) TryWriting(part);
            return new DataFolderOpening.Opened(folder);
        }
        catch (Exception exception) when (DiskFault.Is(exception))
        {
            return new DataFolderOpening.Unusable(
                $"The data folder {path} cannot be written: {DiskFault.Reason(exception)}; {OverrideVariable} may name a folder that can.");
        }
    }

    /// <summary>The folder's path by the customs of <paramref name="platform"/>, or the variable that would have to be set.</summary>
    internal static (string? Path, string Wanted) Locate(Func<string, string?> environment, DataPlatform platform)
    {
        string? Set(string name) => environment(name) is { Length: > 0 } value ? value : null;
        if (Set(OverrideVariable) is { } own) return (own, OverrideVariable);
        switch (platform)
        {
            case DataPlatform.Windows:
                return (Join(Set("LOCALAPPDATA"), "QuantumImprov"), "LOCALAPPDATA");
            case DataPlatform.MacOS:
                return (Join(Set("HOME"), "Library", "Application Support", "QuantumImprov"), "HOME");
            case DataPlatform.Linux:
            default:
                return (DataPlace.OnLinux(environment), "HOME");
        }
    }

    private static string? Join(string? root, params ReadOnlySpan<string> parts) => root is null ? null : System.IO.Path.Combine([root, .. parts]);

    // What a musician plays at home is nobody else's business.
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void TryWriting(string folder)
    {
        var probe = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".probe-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}"));
        using var handle = File.OpenHandle(probe, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);

        // A full disk still takes names.
        RandomAccess.Write(handle, "?"u8, 0);
    }
}
