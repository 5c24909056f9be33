using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>A file of latencies that cannot be read costs nothing but the compensation.</summary>
public sealed class DamagedLatenciesTests
{
    private const string Torn = """{"version":1,"outputs":[{"output":"synth:in","ms":""";

    [Fact]
    public void It_is_told_and_left_alone()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.Home);
        var path = scratch.Write("home/latencies.json", Torn);
        var told = $"{path} does not tell the latencies of outputs. Found text that is not JSON at line 1, byte {Torn.Length + 1}; allowed is one JSON object.";
        var calibrate = ProgramRun.Run(scratch, "measure", "calibrate", "--jack-server", "qi-nobody");
        Assert.Equal((1, ""), (calibrate.Code, calibrate.Output));
        Assert.Equal([$"quantumimprov: {told} It was left as it is; move it away first."], calibrate.ErrorLines);
        Assert.Contains($"missing  latencies: {told}\n", ProgramRun.Run(scratch, "doctor").Output, StringComparison.Ordinal);
        Assert.Equal(Torn, File.ReadAllText(path));
    }
}
