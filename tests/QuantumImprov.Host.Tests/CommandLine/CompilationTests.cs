using System.Text.Json;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.CommandLine;

/// <summary>The same seed gives the same notes only where no method is compiled anew on the way.</summary>
public sealed class CompilationTests
{
    private const string Switch = "System.Runtime.TieredCompilation.QuickJit";

    [Fact]
    public void The_program_compiles_its_code_once_and_so_do_the_tests()
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(ProgramRun.Executable, null) + ".runtimeconfig.json"));
        Assert.False(config.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty(Switch).GetBoolean());
        Assert.True(AppContext.TryGetSwitch(Switch, out var quick));
        Assert.False(quick);
    }
}
