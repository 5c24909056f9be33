using System.Diagnostics;
using QuantumImprov.Simulators.Microsoft;
using Xunit;

namespace QuantumImprov.Simulators.Tests.Microsoft;

/// <summary>The stand-in for the library, built once a run with the machine's C compiler.</summary>
internal static class StandIn
{
    private static readonly Lazy<string?> Whole = new(() => Build("")), Mute = new(() => Build("-DWITHOUT_DUMP"));

    /// <summary>The file of the stand-in; skips the test where there is no C compiler.</summary>
    public static string File(bool readsState = true)
    {
        var file = readsState ? Whole.Value : Mute.Value;
        const string missing = "There is no C compiler (cc, gcc or clang) to build the stand-in with.";
        if (file is null && Environment.GetEnvironmentVariable("QUANTUMIMPROV_REQUIRE_PARTS") == "1") Assert.Fail(missing);
        Assert.SkipWhen(file is null, missing);
        return file!;
    }

    /// <summary>The stand-in, loaded.</summary>
    public static SimulatorLibrary Load(bool readsState = true)
    {
        Assert.True(SimulatorLibrary.TryLoad(File(readsState), out var library, out var reason), reason);
        return library;
    }

    /// <summary>The real library where the user has it; skips the test where not.</summary>
    public static SimulatorLibrary LoadReal()
    {
        var there = SimulatorLibrary.TryLoad(null, out var library, out var reason);
        Assert.SkipUnless(there, reason);
        return library!;
    }

    private static string? Build(string flag)
    {
        var name = (flag.Length == 0 ? "stand_in" : "stand_in_mute") + (OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so");
        var file = Path.Combine(AppContext.BaseDirectory, $"{Environment.ProcessId}-{name}");
        foreach (var compiler in new[] { "cc", "gcc", "clang" })
        {
            try
            {
                using var run = Process.Start(new ProcessStartInfo(compiler, $"-O2 -shared -fPIC {flag} -o \"{file}\" \"{Path.Combine(AppContext.BaseDirectory, "Microsoft", "stand_in.c")}\" -lm")
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                })!;
                var said = run.StandardError.ReadToEnd();
                run.WaitForExit();
                Assert.True(run.ExitCode == 0, said);
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(file);
                return file;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // Not this one.
            }
        }

        return null;
    }

    private static void Delete(string file)
    {
        try
        {
            System.IO.File.Delete(file);
        }
        catch (UnauthorizedAccessException)
        {
            // Windows holds what is loaded.
        }
    }
}
