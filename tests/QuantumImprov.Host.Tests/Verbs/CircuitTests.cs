using System.Text.Json;
using QuantumImprov.Host.Tests.Files;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Verbs;

public sealed class CircuitTests
{
    /// <summary>Standard deviations of a one-sided test whose false-alarm rate is 1e-6; the seeds are fixed, so that a pass stays a pass.</summary>
    private const double Deviations = 4.753;

    [Theory]
    [InlineData(null, "answer", 1)]
    [InlineData("C4 E4 G4", "answer", 2)]
    [InlineData("G4 F4 E4 D4", "daring", 3)]
    [InlineData("60,64,67,72", "bass", 4)]
    public void The_law_is_a_law_and_the_samples_follow_it(string? after, string preset, int seed)
    {
        using var scratch = new Scratch();
        string[] notes = after is null ? [] : ["--after", after];
        var outcome = ProgramRun.Run(scratch, ["circuit", "--json", "--preset", preset, "--seed", $"{seed}", .. notes]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        using var json = JsonDocument.Parse(outcome.Output);
        var candidates = json.RootElement.GetProperty("candidates").EnumerateArray().ToList();
        var law = candidates.Select(c => c.GetProperty("probability").GetDouble()).ToArray();
        var shares = candidates.Select(c => c.GetProperty("share").GetDouble()).ToArray();
        Assert.Equal(1, law.Sum(), 1e-9);
        Assert.Equal(1, shares.Sum(), 1e-9);
        Assert.All(law, p => Assert.InRange(p, 0, 1));
        Assert.Equal(4096, json.RootElement.GetProperty("samples").GetInt32());
        Assert.Equal(after is null ? 0 : 4 - (after.Contains("C4 E4 G4", StringComparison.Ordinal) ? 1 : 0), json.RootElement.GetProperty("after").GetArrayLength());
        AssertFollows(law, shares, 4096);
    }

    [Fact]
    public void A_tune_that_is_learned_changes_the_law()
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "tune.mid", new ScriptedPerformance().Play("C4 F#4 C4 F#4 C4 F#4 C4 F#4 C4 F#4 C4 F#4 C4 F#4").Rest(4).ToPerformance());
        // Without it an augmented fourth is in the tail that is cut.
        Assert.True(Of(72 - 6, "--learn", "tune.mid") > .05 + 3 * Of(72 - 6));

        double Of(int pitch, params string[] learn)
        {
            using var json = JsonDocument.Parse(ProgramRun.Run(scratch, ["circuit", "--after", "C4", "--json", .. learn]).Output);
            return json.RootElement.GetProperty("candidates").EnumerateArray().Where(c => c.GetProperty("pitch").GetInt32() == pitch).Sum(c => c.GetProperty("probability").GetDouble());
        }
    }

    [Fact]
    public void The_circuit_is_printed_as_OpenQASM_and_nothing_else()
    {
        using var scratch = new Scratch();
        var qasm = ProgramRun.Run(scratch, "circuit", "--after", "C4 E4", "--qasm");
        Assert.Equal((0, ""), (qasm.Code, qasm.Error));
        Assert.StartsWith("OPENQASM 3", qasm.Output, StringComparison.Ordinal);
        Assert.Contains("measure q[0]", qasm.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(ProgramRun.Run(scratch, "circuit", "--after", "C4 E4", "--qasm", "--json").Output);
        Assert.Equal(qasm.Output, json.RootElement.GetProperty("qasm").GetString());
    }

    [Fact]
    public void In_words_it_draws_the_circuit_and_both_columns()
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, "circuit", "--after", "C4 E4 G4");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.StartsWith("The note after C4 E4 G4:", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("4096 shots", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("q0", outcome.Output.Replace("[", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    // Candidates expected fewer than five times are counted as one. Wilson and Hilferty's normal approximation of chi-square.
    private static void AssertFollows(double[] law, double[] shares, int samples)
    {
        var chi = 0.0;
        var (classes, rareLaw, rareSeen) = (0, 0.0, 0.0);
        for (var i = 0; i < law.Length; i++)
        {
            if (law[i] * samples < 5)
            {
                (rareLaw, rareSeen) = (rareLaw + law[i], rareSeen + shares[i]);
                continue;
            }

            chi += samples * (shares[i] - law[i]) * (shares[i] - law[i]) / law[i];
            classes++;
        }

        if (rareLaw * samples >= 1)
        {
            chi += samples * (rareSeen - rareLaw) * (rareSeen - rareLaw) / rareLaw;
            classes++;
        }
        else Assert.True(rareSeen * samples < 12, $"{rareSeen * samples} samples of what is next to impossible.");

        var free = classes - 1;
        Assert.True(free >= 4, $"Only {classes} classes: the test would say little.");
        var deviation = (Math.Cbrt(chi / free) - (1 - 2.0 / (9 * free))) / Math.Sqrt(2.0 / (9 * free));
        Assert.True(deviation < Deviations, $"Chi-square {chi:0.0} with {free} degrees of freedom.");
    }
}
