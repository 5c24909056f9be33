using System.Diagnostics;
using Xunit;

namespace QuantumImprov.Host.Tests.CommandLine;

/// <summary>A disk of 64 kB in memory, mounted on a folder while the test runs; needs the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    public static SmallDisk Mount(string folder)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Disks in memory are mounted on Linux only.");
        Directory.CreateDirectory(folder);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder), "A small disk cannot be mounted: that needs root.");
        return new SmallDisk(folder);
    }

    /// <summary>Takes all room but <paramref name="leave"/> bytes.</summary>
    public void Fill(int leave)
    {
        using var ballast = new FileStream(Path.Combine(_folder, "ballast"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true) ballast.Write(block);
        }
        catch (IOException)
        {
            ballast.SetLength(Math.Max(0, ballast.Length / 4096 * 4096 - leave));
        }
    }

    public void Dispose() => Run("umount", _folder);

    private static bool Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
