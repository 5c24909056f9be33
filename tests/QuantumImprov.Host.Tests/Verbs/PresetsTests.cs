using QuantumImprov.Host.Presets;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Verbs;

public sealed class PresetsTests
{
    [Fact]
    public void The_list_has_a_line_for_each()
    {
        using var scratch = new Scratch();
        var outcome = ProgramRun.Run(scratch, "presets", "list");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        var lines = outcome.Output.TrimEnd().Split('\n');
        Assert.True(lines.Length >= 3);
        Assert.Equal(PresetLibrary.All.Select(p => (p.Name, p.Preset.About)), lines.Select(line => line.Split("  ", 2, StringSplitOptions.TrimEntries)).Select(parts => (parts[0], parts[1])));
    }

    [Fact]
    public void What_is_shown_is_a_preset_that_plays_the_same()
    {
        using var scratch = new Scratch();
        var shown = ProgramRun.Run(scratch, "presets", "show", "soft");
        Assert.Equal((0, ""), (shown.Code, shown.Error));
        scratch.Write("mine.json", shown.Output);
        var check = ProgramRun.Run(scratch, "presets", "check", "mine.json");
        Assert.Equal((0, "mine.json: the preset \"soft\" is sound.\n", ""), (check.Code, check.Output, check.Error));
        Files.Calls.Write(scratch, "call.mid", Files.Calls.TwoPhrases());
        Assert.Equal(0, ProgramRun.Run(scratch, "respond", "call.mid", "--out", "a.mid", "--preset", "soft").Code);
        Assert.Equal(0, ProgramRun.Run(scratch, "respond", "call.mid", "--out", "b.mid", "--preset", "mine.json").Code);
        Assert.Equal(File.ReadAllBytes(scratch["a.mid"]), File.ReadAllBytes(scratch["b.mid"]));
    }
}
