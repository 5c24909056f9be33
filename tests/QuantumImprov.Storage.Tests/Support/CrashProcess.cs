using System.Diagnostics;
using Xunit;

namespace QuantumImprov.Storage.Tests.Support;

/// <summary>The process that is there to be killed. Every wait has a deadline.</summary>
internal sealed class CrashProcess : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private CrashProcess(Process process) => _process = process;

    internal static CrashProcess Start(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "QuantumImprov.Storage.Crash" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        Assert.True(File.Exists(program), $"{program} was not built beside the tests.");
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        return new CrashProcess(Process.Start(start)!);
    }

    internal async Task<string> ReadLineAsync()
    {
        using var deadline = new CancellationTokenSource(Longest);
        return await _process.StandardOutput.ReadLineAsync(deadline.Token) ?? throw new InvalidOperationException("The process ended by itself.");
    }

    /// <summary>SIGKILL; then the whole lines it had still written.</summary>
    internal async Task<IReadOnlyList<string>> KillAsync()
    {
        _process.Kill();
        using var deadline = new CancellationTokenSource(Longest);
        var rest = await _process.StandardOutput.ReadToEndAsync(deadline.Token);
        await _process.WaitForExitAsync(deadline.Token);
        var lines = rest.Split('\n');
        return lines[..^1];
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
