using CsCheck;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.CommandLine;

/// <summary>Who asks wrongly is told in one line of our own words what was wrong and what is allowed; exit code 2.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("fly", "\"fly\" is not a verb; allowed are play, demo, respond, compose, replay, circuit, presets, ports, doctor, measure, chain-study, evaluate, judge, plugin, qpu.")]
    [InlineData("--fly", "the flag \"--fly\" is not understood here.")]
    [InlineData("-x", "the flag \"-x\" is not understood here.")]
    [InlineData("play now", "the word \"now\" is not understood here.")]
    [InlineData("play --tempo", "--tempo needs a value.")]
    [InlineData("play --tempo fast", "--tempo was given \"fast\"; allowed is a number from 20 to 400.")]
    [InlineData("play --tempo 19.9", "--tempo was given \"19.9\"; allowed is a number from 20 to 400.")]
    [InlineData("play --tempo NaN", "--tempo was given \"NaN\"; allowed is a number from 20 to 400.")]
    [InlineData("play --tempo 90 --tempo 91", "--tempo was given more than once.")]
    [InlineData("--tempo 1e9", "--tempo was given \"1e9\"; allowed is a number from 20 to 400.")]
    [InlineData("play --meter 4", "--meter was given \"4\"; allowed is a metre such as 4/4, 3/4 or 6/8 (1 to 32 over 1, 2, 4, 8, 16 or 32).")]
    [InlineData("play --meter 5/5", "--meter was given \"5/5\"; allowed is a metre such as 4/4, 3/4 or 6/8 (1 to 32 over 1, 2, 4, 8, 16 or 32).")]
    [InlineData("play --seed -1", "--seed was given \"-1\"; allowed is a whole number from 0 to 18446744073709551615.")]
    [InlineData("play --seed 18446744073709551616", "--seed was given \"18446744073709551616\"; allowed is a whole number from 0 to 18446744073709551615.")]
    [InlineData("play --stage-port 65536", "--stage-port was given \"65536\"; allowed is a whole number from 0 to 65535.")]
    [InlineData("play --for soon", "--for was given \"soon\"; allowed is a number from 0 to 1000000.")]
    [InlineData("play --preset", "--preset needs a value.")]
    [InlineData("play --preset a --preset b", "--preset was given more than once.")]
    [InlineData("play --midi-in", "--midi-in needs a value.")]
    [InlineData("respond --out x.mid", "IN.mid is missing.")]
    [InlineData("respond a.mid", "--out must be given.")]
    [InlineData("respond a.mid b.mid --out c.mid", "the word \"b.mid\" is not understood here.")]
    [InlineData("respond a.mid --out", "--out needs a value.")]
    [InlineData("compose --bars 4", "--learn and --out must be given.")]
    [InlineData("compose --bars 4 --out c.mid", "--learn must be given.")]
    [InlineData("compose --learn", "--learn needs a value.")]
    [InlineData("compose --learn a --bars 0 --out c.mid", "--bars was given \"0\"; allowed is a whole number from 1 to 10000.")]
    [InlineData("compose --learn a --bars 1.5 --out c.mid", "--bars was given \"1.5\"; allowed is a whole number from 1 to 10000.")]
    [InlineData("compose --learn a --bars 4 --out c.mid --variations 1001", "--variations was given \"1001\"; allowed is a whole number from 1 to 1000.")]
    [InlineData("presets", "a verb is missing; allowed are list, show, check, schema.")]
    [InlineData("presets shwo", "\"shwo\" is not a verb; allowed are list, show, check, schema.")]
    [InlineData("presets show", "NAME|FILE is missing.")]
    [InlineData("presets check", "FILE is missing.")]
    [InlineData("measure", "a verb is missing; allowed are planned, thru, follow, trade, calibrate.")]
    [InlineData("measure calibrate --notes 20", "--notes was given \"20\"; allowed is a whole number from 21 to 10000.")]
    [InlineData("measure calibrate --output synth:in", "--output was given alone; allowed are --output and --input together, or neither.")]
    [InlineData("measure calibrate --input synth:out", "--input was given alone; allowed are --output and --input together, or neither.")]
    [InlineData("play --latency 251", "--latency was given \"251\"; allowed is a number from 0 to 250.")]
    [InlineData("measure planned --notes many", "--notes was given \"many\"; allowed is a whole number from 1 to 1000000.")]
    [InlineData("circuit --after H9", "--after holds \"H9\"; allowed are note names such as C4 or F#3 (C4 = 60), or numbers from 0 to 127.")]
    [InlineData("doctor --out-json", "--out-json needs a value.")]
    public void One_line_says_what_was_wrong(string asked, string sentence)
    {
        var (code, output, error) = Asking.Ask(asked.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"quantumimprov: {sentence}", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        if (!asked.StartsWith("circuit", StringComparison.Ordinal)) Assert.Matches(@" See 'quantumimprov ([a-z ]+ )?--help'\.\r?\n$", error);
    }

    [Fact]
    public void Any_wrong_words_get_one_line_in_our_own_words() =>
        Gen.Select(
            One("", "play", "respond", "compose", "circuit", "presets", "presets show", "measure planned", "demo"),
            One("--seed", "--tempo", "--meter", "--bars", "--out", "--for", "--nope", "-", "--", "stray", "--json=maybe", "--variations", "@file").Array[1, 4],
            One("", "-1", "x", "NaN", "1/0", "99999999999999999999", "\u0000", "ä", "--out").Array[0, 3])
            .Sample(
                (verb, flags, values) =>
                {
                    string[] words = [.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. flags.Zip(values.Concat(flags)).SelectMany(pair => new[] { pair.First, pair.Second })];
                    // Only what is wrong: the rest would run.
                    if (QuantumImprov.Host.Verbs.Verbs.Root().Parse(words).Errors.Count == 0) return true;
                    var (code, output, error) = Asking.Ask(words);
                    return code == 2 && output.Length == 0 && error.TrimEnd().Split('\n').Length == 1 && error.StartsWith("quantumimprov: ", StringComparison.Ordinal)
                        && !error.Contains("System.", StringComparison.Ordinal) && !error.Contains("Exception", StringComparison.Ordinal) && !error.Contains("argument", StringComparison.Ordinal)
                        && !error.Contains("Option '", StringComparison.Ordinal) && !error.Contains("Required", StringComparison.Ordinal);
                },
                iter: 2_000);

    [Fact]
    public void The_built_program_ends_with_2_and_leaves_nothing()
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, "respond", "a.mid", "--out", "b.mid", "--seed", "minus one");
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Equal(["quantumimprov: --seed was given \"minus one\"; allowed is a whole number from 0 to 18446744073709551615. See 'quantumimprov respond --help'."], outcome.ErrorLines);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Path));
    }

    private static Gen<string> One(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);
}
