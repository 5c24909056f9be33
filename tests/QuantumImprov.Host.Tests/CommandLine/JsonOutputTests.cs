using System.Text.Json;
using QuantumImprov.Host.Tests.Contracts;
using QuantumImprov.Host.Tests.Files;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.CommandLine;

public sealed class JsonOutputTests
{
    [Fact]
    public void Out_json_writes_the_same_object_into_a_file_and_leaves_the_words_on_the_screen()
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        var both = ProgramRun.Run(scratch, "respond", "call.mid", "--out", "out.mid", "--json", "--out-json", "both.json");
        Assert.Equal((0, ""), (both.Code, both.Error));
        Assert.Equal(both.Output, File.ReadAllText(scratch["both.json"]));
        var file = ProgramRun.Run(scratch, "respond", "call.mid", "--out", "out.mid", "--out-json", "file.json");
        Assert.StartsWith("out.mid: 2 phrases answered with ", file.Output, StringComparison.Ordinal);
        Assert.Equal(both.Output, File.ReadAllText(scratch["file.json"]));
    }

    [Fact]
    public void Nothing_but_JSON_is_on_standard_output_whatever_there_is_to_say()
    {
        using var scratch = new Scratch();
        var whole = File.ReadAllBytes(Calls.Write(scratch, "call.mid", Calls.TwoPhrases()));
        Directory.CreateDirectory(scratch["tunes"]);
        scratch.Write("tunes/cut.mid", whole.AsSpan(0, whole.Length - 40));
        scratch.Write("tunes/no.mid", "no");
        scratch.Write("tunes/yes.MID", whole);
        scratch.Write("tunes/readme.txt", "not read");
        var outcome = ProgramRun.Run(scratch, "compose", "--learn", "tunes", "--bars", "2", "--out", "out.mid", "--wav", "out.wav", "--json");
        Assert.Equal(0, outcome.Code);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Contains(outcome.ErrorLines, line => line.Contains("tunes/no.mid", StringComparison.Ordinal) && line.EndsWith("It is left out.", StringComparison.Ordinal));
        Assert.DoesNotContain("readme", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(4, json.RootElement.GetProperty("learned_phrases").GetInt32());
    }

    [Fact]
    public void Presets_check_names_every_fault_in_JSON_and_in_words()
    {
        using var scratch = new Scratch();
        scratch.Write("bad.json", """{ "version": 1, "name": "bad", "about": "", "chain": { "leap": 99 } }""");
        var json = ProgramRun.Run(scratch, "presets", "check", "bad.json", "--json");
        Assert.Equal((1, "quantumimprov: bad.json has 2 faults.\n"), (json.Code, json.Error));
        using var answer = JsonDocument.Parse(json.Output);
        Assert.False(answer.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal(["about", "chain.leap"], answer.RootElement.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("path").GetString()));
        var words = ProgramRun.Run(scratch, "presets", "check", "bad.json");
        Assert.Equal((1, "quantumimprov: bad.json has 2 faults.\n"), (words.Code, words.Error));
        Assert.Equal(["bad.json: about: found \"\"; allowed is text of 1 to 200 characters.", "bad.json: chain.leap: found 99; allowed is a whole number from 1 to 24."], words.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_shape_tells_keys_and_kinds_apart()
    {
        var shape = new JsonShape("""{ "a": 1, "b": [ { "c": null }, { "c": "x" } ], "d": true }""");
        Assert.Empty(shape.DifferencesFrom(new JsonShape("""{ "d": false, "a": 2.5, "b": [ { "c": "y" } ] }""")));
        Assert.Equal(
            ["$.a is number, it was string", "$.b[].c is gone", "$.b[].e is new"],
            new JsonShape("""{ "a": 1, "b": [ { "e": 1 } ], "d": true }""").DifferencesFrom(new JsonShape("""{ "a": "1", "b": [ { "c": "y" } ], "d": true }""")).Order(StringComparer.Ordinal));
    }
}
