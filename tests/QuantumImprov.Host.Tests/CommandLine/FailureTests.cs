using QuantumImprov.Host.Tests.Files;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.CommandLine;

/// <summary>What cannot be done is told in one sentence, with exit code 1, and leaves nothing half done.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("missing.mid", "there is no such file", false)]
    [InlineData("folder", "This is a folder", false)]
    [InlineData("text.mid", "a Standard MIDI File begins with the letters MThd", false)]
    [InlineData("empty.mid", "The file is empty", false)]
    [InlineData("header.mid", "at least one is needed", false)]
    [InlineData("silent.mid", "holds no note", false)]
    [InlineData("bad.tune", "line 2", false)]
    [InlineData("missing.tune", "there is no such file", false)]
    [InlineData("", "cannot be read", false)]
    [InlineData("missing.mid", "there is no such file", true)]
    [InlineData("folder", "holds no .mid and no .tune file", true)]
    [InlineData("text.mid", "a Standard MIDI File begins with the letters MThd", true)]
    [InlineData("silent.mid", "holds no note", true)]
    public void An_input_that_does_not_serve_gets_one_sentence(string input, string reason, bool learned)
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["folder"]);
        scratch.Write("text.mid", "do re mi");
        scratch.Write("empty.mid", "");
        scratch.Write("bad.tune", "title: x\nmetre: 5/5\n");
        scratch.Write("header.mid", Calls.WithoutTempo().AsSpan(0, 18));
        scratch.Write("silent.mid", [.. Calls.WithoutTempo()[..18], 0, 0, 0, 4, 0, 0xFF, 0x2F, 0]);
        var before = Directory.GetFileSystemEntries(scratch.Path).Length;
        var outcome = learned
            ? ProgramRun.Run(scratch, "compose", "--learn", input, "--bars", "4", "--out", "out.mid", "--json")
            : ProgramRun.Run(scratch, "respond", input, "--out", "out.mid", "--wav", "out.wav", "--json");
        AssertRefused(outcome, reason);
        Assert.Equal(before, Directory.GetFileSystemEntries(scratch.Path).Length);
    }

    [Fact]
    public void A_file_that_is_cut_off_is_played_as_far_as_it_goes_and_that_is_said()
    {
        using var scratch = new Scratch();
        var whole = File.ReadAllBytes(Calls.Write(scratch, "whole.mid", Calls.TwoPhrases()));
        scratch.Write("cut.mid", whole.AsSpan(0, whole.AsSpan().LastIndexOf("MTrk"u8) - 60));
        var outcome = ProgramRun.Run(scratch, "respond", "cut.mid", "--out", "out.mid", "--json");
        Assert.Equal(0, outcome.Code);
        Assert.StartsWith("{", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(outcome.ErrorLines, line => line.Contains("Track 1 stops at byte", StringComparison.Ordinal));
        Assert.NotEmpty(Calls.Notes(Calls.Read(scratch["out.mid"]), 1));
    }

    [Theory]
    [InlineData("--out", "nowhere/out.mid", "its folder does not exist")]
    [InlineData("--out", "call.mid/out.mid", "its folder does not exist")]
    [InlineData("--out", "folder", "This is a folder")]
    [InlineData("--out", "/dev/full", "the disk is full")]
    [InlineData("--wav", "nowhere/out.wav", "there is no folder")]
    [InlineData("--wav", "folder", "folder")]
    [InlineData("--out-json", "nowhere/out.json", "there is no such folder")]
    [InlineData("--out-json", "folder", "it is a folder")]
    public void An_output_that_cannot_be_written_gets_one_sentence(string flag, string path, string reason)
    {
        Assert.SkipWhen(path == "/dev/full" && !OperatingSystem.IsLinux(), "/dev/full is Linux's.");
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        var before = File.ReadAllBytes(scratch["call.mid"]);
        Directory.CreateDirectory(scratch["folder"]);
        string[] output = flag == "--out" ? [] : ["--out", "fine.mid"];
        AssertRefused(ProgramRun.Run(scratch, ["respond", "call.mid", flag, path, .. output]), reason);
        Assert.Equal(before, File.ReadAllBytes(scratch["call.mid"]));
        Assert.Empty(Directory.GetFileSystemEntries(scratch["folder"]));
        Assert.Equal(flag == "--out" ? 2 : 3, Directory.GetFileSystemEntries(scratch.Path).Length);
    }

    [Theory]
    [InlineData("respond", "call.mid", "--out", "small/out.mid")]
    [InlineData("respond", "call.mid", "--out", "fine.mid", "--wav", "small/out.wav")]
    [InlineData("compose", "--learn", "call.mid", "--bars", "4", "--out", "small/out.mid")]
    [InlineData("demo", "--out", "small")]
    public void A_full_disk_gets_one_sentence_and_keeps_no_part(params string[] asked)
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        using var small = SmallDisk.Mount(scratch["small"]);
        small.Fill(leave: asked[0] == "demo" ? 40_000 : 0);
        var before = Directory.GetFileSystemEntries(scratch["small"]);
        AssertRefused(ProgramRun.Run(scratch, asked), "the disk is full");
        // The demo's MIDI file fits and is whole; its sound does not.
        string[] allowed = asked[0] == "demo" ? [.. before, scratch["small/demo.mid"]] : before;
        Assert.Empty(Directory.GetFileSystemEntries(scratch["small"]).Except(allowed));
        if (File.Exists(scratch["small/demo.mid"])) Calls.Read(scratch["small/demo.mid"]);
    }

    [Theory]
    [InlineData("respond", "call.mid", "--out", "out.mid", "--preset", "loud")]
    [InlineData("compose", "--learn", "call.mid", "--bars", "2", "--out", "out.mid", "--preset", "loud")]
    [InlineData("circuit", "--preset", "loud")]
    [InlineData("presets", "show", "loud")]
    [InlineData("play", "--no-stage", "--for", "0", "--preset", "loud")]
    public void A_preset_that_does_not_exist_gets_one_sentence(params string[] asked)
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        AssertRefused(ProgramRun.Run(scratch, asked), "there is no preset \"loud\"; allowed are answer, bass, beside, combo, daring, echo, fours, pulse, quartet, qubit, soft, thirds, understudy, wander, or a preset file.");
        Assert.False(File.Exists(scratch["out.mid"]));
    }

    [Theory]
    [InlineData("--thru was given \"0\"; allowed is \"all\" or a channel from 1 to 16, and after a colon the channel it goes to.", "--thru", "0")]
    [InlineData("--thru was given \"1:17\"; allowed is \"all\" or a channel from 1 to 16, and after a colon the channel it goes to.", "--thru", "2", "--thru", "1:17")]
    [InlineData("--thru was given \"1:2:3\"; allowed is \"all\" or a channel from 1 to 16, and after a colon the channel it goes to.", "--thru", "1:2:3")]
    [InlineData("--thru was given 5 times; allowed is 4 times.", "--thru", "1", "--thru", "2", "--thru", "3", "--thru", "4", "--thru", "all:5")]
    public void A_way_through_that_does_not_exist_gets_one_sentence(string sentence, params string[] asked)
    {
        using var scratch = new Scratch();
        AssertRefused(ProgramRun.Run(scratch, ["play", "--no-stage", "--for", "0", .. asked]), sentence);
    }

    [Fact]
    public void An_impossible_preset_is_told_all_its_faults_at_once()
    {
        using var scratch = new Scratch();
        scratch.Write("bad.json", """
            { "version": 1, "name": "bad", "about": "x", "answer": { "leastBars": 0, "loud": 3 }, "chain": { "kind": "magic", "coherence": 7 }, "sound": { "gain": "high" } }
            """);
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        var outcome = ProgramRun.Run(scratch, "respond", "call.mid", "--out", "out.mid", "--preset", "bad.json");
        foreach (var path in new[] { "answer.leastBars: found 0;", "answer.loud: found an unknown field;", "chain.kind: found \"magic\";", "chain.coherence: found 7;", "sound.gain: found \"high\";" })
            AssertRefused(outcome, path);
        Assert.False(File.Exists(scratch["out.mid"]));
    }

    [Fact]
    public void A_preset_that_is_not_JSON_gets_one_sentence()
    {
        using var scratch = new Scratch();
        scratch.Write("bad.json", "{ \"version\": 1,\n  name }");
        AssertRefused(ProgramRun.Run(scratch, "presets", "show", "bad.json"), "text that is not JSON at line 2");
    }

    [Fact]
    public void A_missing_SoundFont_is_told_and_the_built_in_synth_plays()
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        scratch.Write("font.json", """{ "version": 1, "name": "font", "about": "x", "sound": { "synth": "fluid", "soundFont": "/nowhere/a.sf2" } }""");
        var outcome = ProgramRun.Run(scratch, "respond", "call.mid", "--out", "out.mid", "--wav", "out.wav", "--preset", "font.json");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("The built-in synth plays instead.", Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
        Assert.True(WavSound.Read(scratch["out.wav"]).Loudness > .005);
    }

    [Theory]
    [InlineData("missing.repertoire", "there is no such repertoire")]
    [InlineData("folder", "is a folder")]
    [InlineData("text.repertoire", "is not a repertoire")]
    [InlineData("damaged.repertoire", "damaged")]
    public void A_repertoire_that_does_not_serve_gets_one_sentence(string repertoire, string reason)
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "call.mid", Calls.TwoPhrases());
        Directory.CreateDirectory(scratch["folder"]);
        scratch.Write("text.repertoire", "la la la");
        var content = QuantumImprov.Engine.Pipeline.ShippedRepertoire.Learn().ToContent();
        Assert.IsType<QuantumImprov.Storage.Repertoires.RepertoireSave.Saved>(QuantumImprov.Storage.Repertoires.RepertoireFile.Save(scratch["damaged.repertoire"], content));
        var bytes = File.ReadAllBytes(scratch["damaged.repertoire"]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(scratch["damaged.repertoire"], bytes);
        AssertRefused(ProgramRun.Run(scratch, "respond", "call.mid", "--out", "out.mid", "--repertoire", repertoire), reason);
        AssertRefused(ProgramRun.Run(scratch, "circuit", "--repertoire", repertoire), reason);
        Assert.False(File.Exists(scratch["out.mid"]));
        Assert.Equal(bytes, File.ReadAllBytes(scratch["damaged.repertoire"]));
    }

    private static void AssertRefused(ProgramOutcome outcome, string reason)
    {
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        var line = Assert.Single(outcome.ErrorLines);
        Assert.StartsWith("quantumimprov: ", line, StringComparison.Ordinal);
        Assert.EndsWith(".", line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        Assert.DoesNotContain("should not have happened", line, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", line, StringComparison.Ordinal);
    }
}
