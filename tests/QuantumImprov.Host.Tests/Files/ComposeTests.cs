using System.Text.Json;
using QuantumImprov.Engine.Music;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Files;

public sealed class ComposeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    public void A_piece_has_the_bars_asked_for_and_ends_at_home(int bars)
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "tune.mid", Calls.InCMajor());
        for (var seed = 1; seed <= 2; seed++)
        {
            Assert.Equal(0, ProgramRun.Run(scratch, "compose", "--learn", "tune.mid", "--bars", $"{bars}", "--out", "piece.mid", "--seed", $"{seed}").Code);
            var piece = Calls.Read(scratch["piece.mid"]);
            Assert.Equal(["performer", "partner"], piece.TrackNames);
            Assert.Equal(bars * 4, piece.End.Quarters);
            var notes = Calls.Notes(piece, 1);
            Assert.All(notes, n => Assert.InRange(n.Quarter, 0, bars * 4 - .01));
            Assert.True(notes[^1].Quarter >= bars * 4 - 4, "Nothing sounds in the last bar.");
            Assert.Equal(0, notes[^1].Pitch % 12);
            Assert.Empty(Calls.Notes(piece, 0));
            RespondTests.AssertEveryNoteEnds(piece, 1);
        }
    }

    [Fact]
    public void Variations_are_numbered_differ_and_can_be_had_again()
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "tune.mid", Calls.InCMajor());
        Directory.CreateDirectory(scratch["a"]);
        Directory.CreateDirectory(scratch["b"]);
        foreach (var folder in new[] { "a", "b" })
        {
            var outcome = ProgramRun.Run(scratch, "compose", "--learn", "tune.mid", "--bars", "4", "--out", $"{folder}/p.mid", "--wav", $"{folder}/p.wav", "--variations", "3", "--seed", "11", "--json");
            Assert.Equal(0, outcome.Code);
            using var json = JsonDocument.Parse(outcome.Output);
            Assert.Equal([$"{folder}/p.mid", $"{folder}/p-2.mid", $"{folder}/p-3.mid"], json.RootElement.GetProperty("pieces").EnumerateArray().Select(p => p.GetProperty("out").GetString()));
            Assert.Equal([11, 12, 13], json.RootElement.GetProperty("pieces").EnumerateArray().Select(p => p.GetProperty("seed").GetInt32()));
        }

        string[] names = ["p.mid", "p-2.mid", "p-3.mid", "p.wav", "p-2.wav", "p-3.wav"];
        Assert.Equal(names.Order(), Directory.GetFiles(scratch["a"]).Select(f => Path.GetFileName(f)).Order());
        foreach (var name in names) Assert.Equal(File.ReadAllBytes(scratch[$"a/{name}"]), File.ReadAllBytes(scratch[$"b/{name}"]));
        Assert.Equal(3, names[..3].Select(name => string.Join(' ', Calls.Notes(Calls.Read(scratch[$"a/{name}"]), 1))).Distinct().Count());
        foreach (var name in names[3..]) Assert.True(WavSound.Read(scratch[$"a/{name}"]).Loudness > .005);

        // A variation is the piece of its own seed.
        Assert.Equal(0, ProgramRun.Run(scratch, "compose", "--learn", "tune.mid", "--bars", "4", "--out", "again.mid", "--seed", "12").Code);
        Assert.Equal(File.ReadAllBytes(scratch["a/p-2.mid"]), File.ReadAllBytes(scratch["again.mid"]));
    }

    [Fact]
    public void A_continued_piece_stays_as_it_was_and_goes_on_at_the_next_bar()
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "tune.mid", Calls.InCMajor());
        Calls.Write(scratch, "head.mid", new ScriptedPerformance(90, 3).Play("C4 E4 G4 F4 D4 B3 C4").ToPerformance());
        Assert.Equal(0, ProgramRun.Run(scratch, "compose", "--learn", "tune.mid", "--bars", "5", "--out", "piece.mid", "--continue", "head.mid", "--tempo", "150").Code);
        var (head, piece) = (Calls.Read(scratch["head.mid"]), Calls.Read(scratch["piece.mid"]));
        Assert.Equal(head.Messages, piece.Messages.Where(m => m.Track == 0));
        Assert.Equal((90.0, Metre.Of(3, 4)), Calls.Opening(piece));
        var notes = Calls.Notes(piece, 1);
        Assert.InRange(notes[0].Quarter, 9, 11.99);
        Assert.Equal(9 + 5 * 3, piece.End.Quarters);
        Assert.Equal(0, notes[^1].Pitch % 12);
    }

    [Fact]
    public void Tempo_and_metre_are_the_flags_or_the_first_files()
    {
        using var scratch = new Scratch();
        Calls.Write(scratch, "waltz.mid", new ScriptedPerformance(100, 3).Play("C4 E4 G4 C5:2 G4 E4 D4 B3 C4:3").Rest(3).ToPerformance());
        Assert.Equal(0, ProgramRun.Run(scratch, "compose", "--learn", "waltz.mid", "--bars", "4", "--out", "own.mid").Code);
        Assert.Equal(0, ProgramRun.Run(scratch, "compose", "--learn", "waltz.mid", "--bars", "4", "--out", "asked.mid", "--tempo", "70", "--meter", "6/8").Code);
        var (own, asked) = (Calls.Read(scratch["own.mid"]), Calls.Read(scratch["asked.mid"]));
        Assert.Equal(((100.0, Metre.Of(3, 4)), 12), (Calls.Opening(own), own.End.Quarters));
        Assert.Equal(((70.0, Metre.Of(6, 8)), 12), (Calls.Opening(asked), asked.End.Quarters));
    }
}
