using System.Security;

namespace QuantumImprov.Storage.Disk;

/// <summary>What the operating system refuses, in plain words.</summary>
internal static class DiskFault
{
    // errno on Unix; on Windows the low half of the HRESULT.
    private const int NoSpaceUnix = 28, QuotaLinux = 122, QuotaMac = 69, DiskFullWindows = 0x70, HandleDiskFullWindows = 0x27, ReadOnlyUnix = 30, ExistsUnix = 17, ExistsWindows = 0x50;

    /// <summary>Whether <paramref name="exception"/> says that the disk, or a name given for something on it, does not serve; anything else is a bug.</summary>
    internal static bool Is(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SecurityException;

    /// <summary>The reason as the middle of a sentence, without the path.</summary>
    internal static string Reason(Exception exception) => exception switch
    {
        UnauthorizedAccessException or SecurityException => "permission is denied",
        FileNotFoundException => "the file does not exist",
        DirectoryNotFoundException => "its folder does not exist or is not a folder",
        PathTooLongException => "the path is too long",
        ArgumentException or NotSupportedException => "the path is not one this system allows",
        _ when IsFull(exception) => "the disk is full",
        _ when !OperatingSystem.IsWindows() && exception.HResult == ReadOnlyUnix => "the disk is read-only",
        _ when (exception.HResult & 0xFFFF) == (OperatingSystem.IsWindows() ? ExistsWindows : ExistsUnix) => "a file of that name is there already",
        _ => $"the system says: {OneLine(exception.Message)}",
    };

    private static bool IsFull(Exception exception)
    {
        var code = exception.HResult & 0xFFFF;
        return OperatingSystem.IsWindows()
            ? code is DiskFullWindows or HandleDiskFullWindows
            : code == NoSpaceUnix || code == (OperatingSystem.IsMacOS() ? QuotaMac : QuotaLinux);
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
