using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire.Text;
using QuantumImprov.Host.Tests.Files;
using QuantumImprov.Host.Tests.Replaying;
using QuantumImprov.Storage.Plugins;
using QuantumImprov.Storage.Repertoires;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Contracts;

/// <summary>The page that scripts are written by says what the program does.</summary>
public sealed class ContractTests
{
    private static readonly ContractPage Page = new();

    public static TheoryData<string> Verbs => [.. FlagTable.Verbs().Keys.Where(verb => verb.Length > 0)];

    public static TheoryData<string> JsonVerbs => [.. FlagTable.Verbs().Where(v => v.Value.Options.Any(o => o.Name == "--json") && v.Key is not ("ports" or "doctor") && !v.Key.StartsWith("measure ", StringComparison.Ordinal)).Select(v => v.Key)];

    [Fact]
    public void The_page_tells_of_every_verb_and_of_no_other() =>
        Assert.Equal(Verbs.Select(row => row.Data).Order(StringComparer.Ordinal), Page.Verbs.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Verbs))]
    public void The_flags_on_the_page_are_those_of_the_program(string verb) =>
        Assert.Equal(string.Join('\n', FlagTable.Rows(FlagTable.Verbs()[verb])), string.Join('\n', Page.Rows(verb)));

    [Fact]
    public void Without_a_verb_the_flags_are_those_of_play() =>
        Assert.Equal(FlagTable.Rows(FlagTable.Verbs()["play"]), FlagTable.Rows(FlagTable.Verbs()[""]));

    [Fact]
    public void Every_verb_but_play_and_the_schema_answers_in_JSON()
    {
        foreach (var (verb, command) in FlagTable.Verbs())
            Assert.Equal(verb is not ("" or "play" or "presets schema"), FlagTable.Flags(command).Count(o => o.Name is "--json" or "--out-json") == 2);
    }

    [Theory]
    [MemberData(nameof(JsonVerbs))]
    public void The_JSON_on_the_page_has_the_keys_that_the_program_prints(string verb)
    {
        using var scratch = new Scratch();
        Check(scratch, verb, server: null);
    }

    /// <summary>Runs the page's command for <paramref name="verb"/> and compares its answer with the page's; the page's "default" server is <paramref name="server"/>.</summary>
    internal static ProgramOutcome Check(Scratch scratch, string verb, string? server)
    {
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        if (verb == "replay") Play(scratch);
        Directory.CreateDirectory(scratch["tunes"]);
        Calls.Write(scratch, "tunes/one.mid", Calls.TwoPhrases());
        Calls.Write(scratch, "tunes/two.mid", Calls.InCMajor());
        scratch.Write("bell.qasm", "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[2]; creg c[2]; h q[0]; cx q[0], q[1]; measure q -> c;");
        scratch.Write("my-preset.json", """{ "version": 1, "name": "mine", "about": "", "answer": { "low": "C9" } }""");
        var learned = ShippedRepertoire.Learn().ToContent();
        RepertoireFile.Save(scratch["evening.repertoire"], learned);
        scratch.Write("song.ardour", $"<chunk>{Convert.ToBase64String(VstPreset.Write(StateEnvelope.Wrap(learned)))}</chunk>");
        var command = Page.Block(verb, "sh");
        Assert.NotNull(command);
        var words = command.Split(' ');
        Assert.Equal("quantumimprov " + verb, string.Join(' ', words.Take(verb.Split(' ').Length + 1)));
        var outcome = ProgramRun.Run(scratch, words.Skip(1).Select(word => word == "default" && server is not null ? server : word));
        var example = Page.Block(verb, "json");
        Assert.NotNull(example);
        Assert.Equal(verb == "presets check" ? 1 : 0, outcome.Code);
        Assert.StartsWith("{", outcome.Output, StringComparison.Ordinal);
        Assert.Empty(new JsonShape(outcome.Output).DifferencesFrom(new JsonShape(example)));
        return outcome;
    }

    private static void Play(Scratch scratch)
    {
        using var concert = new RecordedConcert(scratch);
        concert.Play("C4 E4 G4 E4 D4 C4");
        concert.Rest(4);
        concert.Close();
        File.Copy(concert.Path, scratch["session.journal"]);
    }
}
