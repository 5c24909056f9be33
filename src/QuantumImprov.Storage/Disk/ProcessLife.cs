using System.Diagnostics;

namespace QuantumImprov.Storage.Disk;

/// <summary>Whether another process is still there.</summary>
internal static class ProcessLife
{
    /// <summary>Whether a process with the number <paramref name="id"/> runs; true when the system will not say.</summary>
    internal static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return true;
        }
    }
}
