using System.Runtime.InteropServices;

namespace QuantumImprov.Simulators.Microsoft;

/// <summary>Limits OpenMP to one thread, before a library that uses it is loaded. On Unix native code does not see what .NET writes into its environment.</summary>
internal static partial class OneThread
{
    private const string Variable = "OMP_NUM_THREADS";

    /// <summary>Sets the variable unless it is set.</summary>
    public static void Ask()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 }) return;
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows()) _ = SetVariable(Variable, "1", 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
