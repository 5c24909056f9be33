using System.Text.Json;
using QuantumImprov.Simulators.Microsoft;
using Xunit;

namespace QuantumImprov.Simulators.Tests.Microsoft;

/// <summary><c>circuit --backend microsoft</c>, as a user calls it, with the stand-in for the library.</summary>
public sealed class CircuitOnMicrosoftTests
{
    [Theory]
    [InlineData("answer")]
    [InlineData("echo")]
    [InlineData("wander")]
    [InlineData("qubit")]
    public void Its_shares_follow_the_exact_law_of_every_chain(string preset)
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, "circuit", "--after", "C4 E4 G4", "--preset", preset, "--backend", "microsoft", "--backend-library", StandIn.File(), "--json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        using var json = JsonDocument.Parse(outcome.Output);
        var candidates = json.RootElement.GetProperty("candidates").EnumerateArray().ToList();
        var samples = json.RootElement.GetProperty("samples").GetInt32();
        var law = candidates.Select(c => c.GetProperty("probability").GetDouble()).ToArray();
        var counts = candidates.Select(c => (int)Math.Round(c.GetProperty("share").GetDouble() * samples)).ToArray();
        Assert.Equal(samples, counts.Sum());
        // Four presets; the family fails by chance once in 10,000.
        ChiSquare.AssertFollows(law, counts, 1e-4 / 4);
    }

    [Fact]
    public void Without_the_library_it_is_refused_with_what_to_do()
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, "circuit", "--backend", "microsoft", "--backend-library", scratch["none.so"]);
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Contains(SimulatorLibrary.FileVariable, Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_backend_that_nobody_knows_is_refused_with_those_that_are()
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, "circuit", "--backend", "abacus");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("local", Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }
}
