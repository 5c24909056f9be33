using System.Diagnostics;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>The page's types, which stand in its comments, checked by TypeScript 5 or newer where one is: the variable QUANTUMIMPROV_TSC, or tsc on the path.</summary>
public sealed class StageTypesTests
{
    private static readonly string Stage = Path.Combine(Repository.Folder("src"), "QuantumImprov.Host", "Stage");

    [Fact]
    public async Task The_types_of_the_page_hold()
    {
        await FindAsync();
        Assert.Equal((0, ""), (await RunAsync("--project", Path.Combine(Stage, "jsconfig.json")))!.Value);
    }

    /// <summary>What a message does not have is not read of it, nor said.</summary>
    [Theory]
    [InlineData("score/roll.js", "state.barLine == null", "state.barline == null", "Property 'barline' does not exist")]
    [InlineData("views/phrases.js", "name: 'favour'", "name: 'favor'", "Type '\"favor\"' is not assignable")]
    public async Task A_name_that_is_misspelt_is_found(string module, string right, string wrong, string fault)
    {
        await FindAsync();
        using var scratch = new Scratch();
        foreach (var file in Directory.GetFiles(Stage, "*.js", SearchOption.AllDirectories).Append(Path.Combine(Stage, "jsconfig.json")).Append(Path.Combine(Stage, "protocol.d.ts")))
        {
            var copy = scratch[Path.GetRelativePath(Stage, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var text = await File.ReadAllTextAsync(scratch[Path.Combine("Page", module)], TestContext.Current.CancellationToken);
        Assert.Contains(right, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(scratch[Path.Combine("Page", module)], text.Replace(right, wrong, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (code, said) = (await RunAsync("--project", scratch["jsconfig.json"]))!.Value;
        Assert.NotEqual(0, code);
        Assert.Contains(fault, said, StringComparison.Ordinal);
    }

    private static async Task FindAsync()
    {
        var version = await RunAsync("--version");
        if (version is not { Code: 0 } || !Version.TryParse(version.Value.Said.Replace("Version", "", StringComparison.Ordinal).Trim(), out var number) || number.Major < 5)
            Assert.Skip($"TypeScript 5 or newer was not found ({(version is null ? "no tsc" : version.Value.Said.Trim())}); QUANTUMIMPROV_TSC may name it.");
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
