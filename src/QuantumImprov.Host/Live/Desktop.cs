using System.ComponentModel;
using System.Diagnostics;

namespace QuantumImprov.Host.Live;

/// <summary>Opens pages where there is a desktop.</summary>
public static class Desktop
{
    /// <summary>Opens <paramref name="url"/> in the user's browser; does nothing where there is no desktop or no way to ask it.</summary>
    public static void TryOpen(string url)
    {
        if (Opener() is not { } opener) return;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(opener, url) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException or InvalidOperationException)
        {
            // No browser to open it: the address stands on the screen.
        }
    }

    private static string? Opener()
    {
        if (OperatingSystem.IsWindows()) return "explorer";
        if (OperatingSystem.IsMacOS()) return "open";
        var desktop = Environment.GetEnvironmentVariable("DISPLAY") ?? Environment.GetEnvironmentVariable("WAYLAND_DISPLAY");
        return string.IsNullOrEmpty(desktop) ? null : "xdg-open";
    }
}
