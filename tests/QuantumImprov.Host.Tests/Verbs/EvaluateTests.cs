using System.Text.Json;
using QuantumImprov.Host.Tests.Files;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Verbs;

public sealed class EvaluateTests
{
    [Fact]
    public void Laws_are_written_before_the_notes_and_the_bits_follow_from_them()
    {
        using var scratch = new Scratch();
        Fill(scratch, 4);
        var outcome = ProgramRun.Run(scratch, "evaluate", "tunes", "--folds", "2", "--models", "council", "--laws", "laws.tsv", "--json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal((4, 4 * 8), (json.RootElement.GetProperty("melodies").GetInt32(), json.RootElement.GetProperty("notes").GetInt32()));

        var lines = File.ReadAllLines(scratch["laws.tsv"]);
        var alphabet = lines[0].Split('\t')[1..].Select(int.Parse).ToArray();
        Assert.Equal(alphabet.Order(), alphabet);
        Assert.Equal(4 * 8, lines.Length - 1);
        var bits = lines[1..].Select(line => line.Split('\t')).GroupBy(f => f[0]).Select(fold => fold.Average(f => -Math.Log2(double.Parse(f[3 + Array.IndexOf(alphabet, Pitch(f[1], int.Parse(f[2])))], System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(bits.Average(), json.RootElement.GetProperty("models").GetProperty("council").GetProperty("bits").GetDouble(), 1e-9);
    }

    [Fact]
    public void Curves_drawn_melodies_and_a_picture_come_with_the_table()
    {
        using var scratch = new Scratch();
        Fill(scratch, 4);
        // Enough notes for the dials to be calibrated on.
        for (var i = 0; i < 4; i++) Calls.Write(scratch, $"tunes/{(char)('e' + i)}.mid", new ScriptedPerformance().Play(string.Join(' ', Enumerable.Repeat($"{Tunes[i]} {Tunes[(i + 1) % 4]}", 8))).Rest(4).ToPerformance());
        var outcome = ProgramRun.Run(scratch, "evaluate", "tunes", "--folds", "2", "--models", "order1,council", "--curve", "--generate", "--plot", "plot.svg", "--json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        using var json = JsonDocument.Parse(outcome.Output);
        var root = json.RootElement;
        var novelty = root.GetProperty("dials").GetProperty("novelty").EnumerateArray().ToList();
        Assert.Equal((11, 0.0, 1.0), (novelty.Count, novelty[0].GetProperty("variation").GetDouble(), novelty[10].GetProperty("dial").GetDouble()));
        Assert.True(novelty[10].GetProperty("variation").GetDouble() > .1);
        Assert.Equal([0, .25, .5, .75, 1], root.GetProperty("coherence").EnumerateArray().Select(c => c.GetProperty("dial").GetDouble()));
        Assert.InRange(root.GetProperty("generate").GetProperty("human").GetProperty("pitch_class_entropy").GetDouble(), 1, 3);
        Assert.InRange(root.GetProperty("generate").GetProperty("models").GetProperty("council").GetProperty("distinct_4").GetDouble(), .01, 1);
        var picture = System.Xml.Linq.XDocument.Load(scratch["plot.svg"]).ToString();
        foreach (var title in new[] { "Learning curves", "Coherence curve", "Dials" }) Assert.Contains(title, picture, StringComparison.Ordinal);
    }

    [Fact]
    public void The_full_view_tells_onsets_and_durations_as_well()
    {
        using var scratch = new Scratch();
        Fill(scratch, 4);
        var outcome = ProgramRun.Run(scratch, "evaluate", "tunes", "--folds", "2", "--models", "order1,council,hidden", "--view", "full", "--laws", "laws.tsv", "--json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal("full", json.RootElement.GetProperty("view").GetString());
        var council = json.RootElement.GetProperty("models").GetProperty("council");
        // All notes are quarters, one after the other: little is left to tell.
        Assert.InRange(council.GetProperty("onset").GetDouble(), 0, .8);
        Assert.InRange(council.GetProperty("duration").GetDouble(), 0, .8);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("models").GetProperty("hidden").GetProperty("onset").ValueKind);
        Assert.Equal(4 * 8, File.ReadAllLines(scratch["laws.tsv"]).Length - 1);
    }

    [Theory]
    [InlineData("nowhere/p.svg cannot be written: there is no such folder.", "evaluate", "tunes", "--folds", "2", "--plot", "nowhere/p.svg")]
    [InlineData("empty cannot be written: it is a folder.", "evaluate", "tunes", "--folds", "2", "--out-json", "empty")]
    [InlineData("there is no such folder", "evaluate", "nowhere")]
    [InlineData("holds no note in a .mid file", "evaluate", "empty")]
    [InlineData("tunes holds 3 melodies for 10 folds; at least as many as folds are needed.", "evaluate", "tunes")]
    [InlineData("--models holds \"magic\"; allowed are uniform, order0", "evaluate", "tunes", "--models", "order1,magic")]
    [InlineData("--view was given \"wide\"; allowed", "evaluate", "tunes", "--view", "wide")]
    [InlineData("nowhere/laws.tsv cannot be written: there is no such folder.", "evaluate", "tunes", "--folds", "2", "--models", "council-0", "--laws", "nowhere/laws.tsv")]
    public void What_cannot_be_done_is_one_sentence(string sentence, params string[] asked)
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["empty"]);
        Fill(scratch, 3);
        var outcome = ProgramRun.Run(scratch, asked);
        Assert.NotEqual(0, outcome.Code);
        Assert.Contains(sentence, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.Trim().Split('\n'));
    }

    [Fact]
    public void A_file_that_is_no_music_is_left_out_and_told()
    {
        using var scratch = new Scratch();
        Fill(scratch, 3);
        scratch.Write("tunes/torn.mid", "not at all");
        var outcome = ProgramRun.Run(scratch, "evaluate", "tunes", "--folds", "3", "--models", "order0", "--json");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("torn.mid", outcome.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(3, json.RootElement.GetProperty("melodies").GetInt32());
    }

    // Two voices on two tracks; a chord counts from below, the shorter note first.
    [Fact]
    public void All_notes_of_all_tracks_are_one_sequence_by_onset_duration_and_pitch()
    {
        var performance = new ScriptedPerformance().Play("C4 E4 G4").Rest(4).ToPerformance();
        var lower = performance.Messages.Where(m => m.Message.IsNoteOn || m.Message.IsNoteOff).Select(m => m with { Track = 1, Message = m.Message.IsNoteOn ? Engine.Music.ShortMessage.NoteOn(9, m.Message.Data1 - 12, 70) : Engine.Music.ShortMessage.NoteOff(9, m.Message.Data1 - 12) });
        var both = performance with { Messages = [.. performance.Messages.Concat(lower).OrderBy(m => m.At)] };
        Assert.Equal([48, 60, 52, 64, 55, 67], Host.Files.MelodyFiles.Notes(both));
    }

    private static readonly string[] Tunes = ["C4 D4 E4 F4 G4 A4 B4 C5", "C5 B4 A4 G4 F4 E4 D4 C4", "C4 E4 G4 C5 G4 E4 C4 C4", "D4 D4 E4 F4 D4 E4 F4 F4"];

    private static int Pitch(string name, int index) => Engine.Music.Pitch.TryParse(Tunes[name[0] - 'a'].Split(' ')[index], out var pitch) ? pitch.Number : -1;

    private static void Fill(Scratch scratch, int count)
    {
        Directory.CreateDirectory(scratch["tunes"]);
        for (var i = 0; i < count; i++) Calls.Write(scratch, $"tunes/{(char)('a' + i)}.mid", new ScriptedPerformance().Play(Tunes[i]).Rest(4).ToPerformance());
    }
}
