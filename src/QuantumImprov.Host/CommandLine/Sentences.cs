namespace QuantumImprov.Host.CommandLine;

/// <summary>Turns what the system says into our words.</summary>
public static class Sentences
{
    /// <summary>Why a file could not be used, as the end of a sentence.</summary>
    public static string Reason(Exception e) => e switch
    {
        FileNotFoundException => "there is no such file.",
        DirectoryNotFoundException => "there is no such folder.",
        UnauthorizedAccessException => "permission was refused.",
        PathTooLongException => "the path is too long.",
        IOException io when (io.HResult & 0xFFFF) is 28 or 112 => "the disk is full.",
        IOException io when !OperatingSystem.IsWindows() && io.HResult is 17 or 20 => "a file stands where a folder is needed.",
        IOException io when !OperatingSystem.IsWindows() && io.HResult is 30 => "the disk is read-only.",
        ArgumentException or NotSupportedException => "this is not a path.",
        _ => e.Message.TrimEnd('.') + ".",
    };
}
