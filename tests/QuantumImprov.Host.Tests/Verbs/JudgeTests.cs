using System.Text.Json;
using QuantumImprov.Host.Tests.Files;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Verbs;

public sealed class JudgeTests
{
    private static readonly string[] Figures =
    [
        "ends_on_tonic", "ends_on_strong_beat", "motif_return_4", "out_of_key", "onset_overlap", "grooving_similarity", "rest_share", "pitch_class_entropy", "distinct_4", "copy_8", "mean_interval",
        "response_delay_p90_beats", "false_interruptions",
    ];

    private static readonly string[] Tunes = ["C4 D4 E4 F4 G4 A4 B4 C5 B4 A4 G4 F4 E4 D4 C4 C4", "G4 A4 B4 C5 D5 E5 F#5 G5 F#5 E5 D5 C5 B4 A4 G4 G4", "A4 B4 C5 D5 E5 D5 C5 B4 A4 G#4 A4"];

    [Fact]
    public void A_folder_is_judged_by_itself_the_same_with_the_same_seed()
    {
        using var scratch = new Scratch();
        Fill(scratch, "tunes");
        var (first, again, other) = (Judge(scratch, "tunes", "--self", "--seed", "5", "--jobs", "1"), Judge(scratch, "tunes", "--self", "--seed", "5", "--jobs", "2"), Judge(scratch, "tunes", "--self", "--seed", "6"));
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.NotEqual(first.GetRawText(), other.GetRawText());

        Assert.Equal(3, first.GetProperty("calls").GetInt32());
        foreach (var who in new[] { "human", "partner" })
        {
            Assert.Equal(Figures, first.GetProperty(who).EnumerateObject().Select(p => p.Name));
            foreach (var figure in Figures) Assert.Equal(figure is "response_delay_p90_beats" or "false_interruptions", first.GetProperty(who).GetProperty(figure).ValueKind == JsonValueKind.Null);
        }

        // All three end on their tonics, and are what their rhythm is compared with.
        Assert.Equal((1.0, 1.0, 0.0), (Figure(first, "human", "ends_on_tonic"), Figure(first, "human", "onset_overlap"), Figure(first, "human", "out_of_key")));
        Assert.Equal(0, first.GetProperty("constrained_bits").GetProperty("partner").GetProperty("forbidden").GetDouble());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("turn_taking").ValueKind);
    }

    // The answers are the calls themselves, two bars later: everything returns, nothing is new. One call has no answer.
    [Fact]
    public void Answers_are_paired_with_their_calls_by_their_paths()
    {
        using var scratch = new Scratch();
        Fill(scratch, "calls/deep");
        Directory.CreateDirectory(scratch["answers/deep"]);
        for (var i = 0; i < 2; i++) Calls.Write(scratch, $"answers/deep/{i}.mid", new ScriptedPerformance().Rest(16).Play(Tunes[i], legato: 1).ToPerformance());
        var outcome = ProgramRun.Run(scratch, "judge", "calls", "--answers", "answers", "--json");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("deep/2.mid has no answer below answers. It is left out.", outcome.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(outcome.Output);
        var root = json.RootElement;
        Assert.Equal(2, root.GetProperty("calls").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("human").ValueKind);
        Assert.Equal((1.0, 1.0, 0.0, 1.0, 0.0), (Figure(root, "partner", "ends_on_tonic"), Figure(root, "partner", "motif_return_4"), Figure(root, "partner", "out_of_key"), Figure(root, "partner", "onset_overlap"), Figure(root, "partner", "rest_share")));

        // Sixteen quarters: the last is no strong beat. Without a repertoire there are no copies.
        Assert.Equal(0, Figure(root, "partner", "ends_on_strong_beat"));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("partner").GetProperty("copy_8").ValueKind);
    }

    [Fact]
    public void Of_a_recording_of_both_only_the_partner_is_judged()
    {
        using var scratch = new Scratch();
        Fill(scratch, "calls");
        Directory.CreateDirectory(scratch["answers"]);
        Assert.Equal(0, ProgramRun.Run(scratch, "respond", "calls/1.mid", "--out", "answers/1.mid").Code);
        var answer = Calls.Notes(Calls.Read(scratch["answers/1.mid"]), 1);
        var root = Judge(scratch, "calls", "--answers", "answers");
        Assert.NotEmpty(answer);
        Assert.Equal(answer.Zip(answer.Skip(1), (a, b) => Math.Abs(b.Pitch - a.Pitch)).Average(), Figure(root, "partner", "mean_interval"), 1e-9);
        Assert.Equal(answer[^1].Pitch % 12 == 7 ? 1 : 0, Figure(root, "partner", "ends_on_tonic"));
    }

    [Fact]
    public void Turn_taking_is_measured_at_the_ends_that_are_told()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["calls"]);
        Calls.Write(scratch, "calls/a.mid", Calls.TwoPhrases());
        Calls.Write(scratch, "calls/b.mid", Calls.TwoPhrases());
        scratch.Write("ends.json", """{ "a.mid": [26, 8] }""");
        var outcome = ProgramRun.Run(scratch, "judge", "calls", "--ends", "ends.json", "--json");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("b.mid has no phrase end. It is left out.", outcome.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(outcome.Output);
        var root = json.RootElement;
        Assert.Equal((1, 2), (root.GetProperty("calls").GetInt32(), root.GetProperty("turn_taking").GetProperty("ends").GetInt32()));
        Assert.Equal(0, Figure(root, "partner", "false_interruptions"));
        Assert.InRange(Figure(root, "partner", "response_delay_p90_beats"), 0, 4);
        foreach (var figure in Figures[..^2]) Assert.Equal(JsonValueKind.Null, root.GetProperty("partner").GetProperty(figure).ValueKind);
    }

    [Theory]
    [InlineData(2, "judge needs one of --self, --answers and --ends.", "judge", "tunes")]
    [InlineData(2, "judge needs one of --self, --answers and --ends.", "judge", "tunes", "--self", "--answers", "tunes")]
    [InlineData(1, "nowhere: there is no such folder.", "judge", "nowhere", "--self")]
    [InlineData(1, "nowhere: there is no such folder.", "judge", "tunes", "--answers", "nowhere")]
    [InlineData(1, "empty holds no note in a .mid file; melodies are needed.", "judge", "empty", "--self")]
    [InlineData(1, "short holds 1 melodies, 0 with 6 notes or more in the second half; at least two melodies and one such are needed.", "judge", "short", "--self")]
    [InlineData(1, "empty answers no call of short; .mid files with the same relative paths are needed.", "judge", "short", "--answers", "empty")]
    [InlineData(1, "torn.json holds no JSON; allowed is an object", "judge", "tunes", "--ends", "torn.json")]
    [InlineData(1, "odd.json holds \"soon\" behind \"0.mid\"; allowed is an object of relative paths, each with a list of phrase ends in quarters from the start, above 0.", "judge", "tunes", "--ends", "odd.json")]
    [InlineData(1, "tunes holds no 9.mid; every call with phrase ends is needed.", "judge", "tunes", "--ends", "more.json")]
    [InlineData(1, "none.json cannot be read: there is no such file.", "judge", "tunes", "--ends", "none.json")]
    public void What_cannot_be_done_is_one_sentence(int code, string sentence, params string[] asked)
    {
        using var scratch = new Scratch();
        Fill(scratch, "tunes");
        Directory.CreateDirectory(scratch["empty"]);
        Directory.CreateDirectory(scratch["short"]);
        Calls.Write(scratch, "short/one.mid", new ScriptedPerformance().Play("C4 D4 E4").ToPerformance());
        scratch.Write("torn.json", "{ \"0.mid\": [");
        scratch.Write("odd.json", """{ "0.mid": ["soon"] }""");
        scratch.Write("more.json", """{ "0.mid": [4], "9.mid": [4] }""");
        var outcome = ProgramRun.Run(scratch, asked);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(sentence, outcome.Error.Split('\n')[^2], StringComparison.Ordinal);
    }

    private static JsonElement Judge(Scratch scratch, params string[] asked)
    {
        var outcome = ProgramRun.Run(scratch, ["judge", .. asked, "--json"]);
        Assert.Equal(0, outcome.Code);
        return JsonDocument.Parse(outcome.Output).RootElement;
    }

    private static double Figure(JsonElement root, string who, string figure) => root.GetProperty(who).GetProperty(figure).GetDouble();

    private static void Fill(Scratch scratch, string folder)
    {
        Directory.CreateDirectory(scratch[folder]);
        for (var i = 0; i < Tunes.Length; i++) Calls.Write(scratch, $"{folder}/{i}.mid", new ScriptedPerformance().Play(Tunes[i], legato: 1).Rest(4).ToPerformance());
    }
}
