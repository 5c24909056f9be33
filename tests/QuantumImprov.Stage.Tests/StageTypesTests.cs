using System.Diagnostics;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>The page's types, which stand in its comments, checked by TypeScript 5 or newer where one is: the variable QUANTUMIMPROV_TSC, or tsc on the path.</summary>
public sealed class StageTypesTests
{
    [Fact]
    public async Task The_types_of_the_page_hold()
    {
        var version = await RunAsync("--version");
        if (version is not { Code: 0 } || !Version.TryParse(version.Value.Said.Replace("Version", "", StringComparison.Ordinal).Trim(), out var number) || number.Major < 5)
            Assert.Skip($"TypeScript 5 or newer was not found ({(version is null ? "no tsc" : version.Value.Said.Trim())}); QUANTUMIMPROV_TSC may name it.");
        var checkedPage = await RunAsync("--project", Path.Combine(Repository.Folder("src"), "QuantumImprov.Host", "Stage", "jsconfig.json"));
        Assert.Equal((0, ""), checkedPage!.Value);
    }

    private static async Task<(int Code, string Said)?> RunAsync(params string[] arguments)
    {
        try
        {
            using var run = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("QUANTUMIMPROV_TSC") ?? "tsc", arguments) { RedirectStandardOutput = true })!;
            var said = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (run.ExitCode, said);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
