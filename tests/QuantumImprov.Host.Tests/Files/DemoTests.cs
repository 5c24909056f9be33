using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Files;

public sealed class DemoTests
{
    [Fact]
    public void The_demo_leaves_its_music_and_its_sound_and_shows_both_parts()
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, "demo", "--out", "new/takes", "--seed", "4");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        var demo = Calls.Read(scratch["new/takes/demo.mid"]);
        Assert.Equal(["performer", "partner"], demo.TrackNames);
        Assert.True(Calls.Notes(demo, 0).Count > 20);
        Assert.True(Calls.Notes(demo, 1).Count > 20);
        RespondTests.AssertEveryNoteEnds(demo, 1);
        var sound = WavSound.Read(scratch["new/takes/demo.wav"]);
        Assert.True(sound.Loudness > .005);
        Assert.True(sound.Clipped < 10, $"{sound.Clipped} samples stand at full scale.");
        Assert.Contains('o', outcome.Output);
        Assert.Contains('#', outcome.Output);
        Assert.EndsWith($"Left behind: {Path.GetFullPath(scratch["new/takes/demo.mid"])} and {Path.GetFullPath(scratch["new/takes/demo.wav"])}.\n", outcome.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.Home));

        Assert.Equal(0, ProgramRun.Run(scratch, "demo", "--seed", "4", "--json").Code);
        Assert.Equal(File.ReadAllBytes(scratch["new/takes/demo.mid"]), File.ReadAllBytes(scratch["demo.mid"]));
    }
}
