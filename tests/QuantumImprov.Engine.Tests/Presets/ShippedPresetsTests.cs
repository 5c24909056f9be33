using QuantumImprov.Engine.Presets;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Presets;

public class ShippedPresetsTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Repository.Folder("presets"), "*.json").Select(f => Path.GetFileName(f)).Where(f => !f.Contains("schema", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_shipped_preset_is_sound_and_goes_by_the_name_of_its_file(string file)
    {
        var preset = PresetText.Read(File.ReadAllText(Path.Combine(Repository.Folder("presets"), file)), out var faults);
        Assert.Empty(faults);
        PresetVoices.Resolve(preset!, All(), out faults);
        Assert.Empty(faults);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), preset!.Name);
    }

    [Fact]
    public void There_are_at_least_three_and_no_two_play_alike()
    {
        var presets = All().Select(p => p with { Name = "", About = "" }).ToList();
        Assert.True(presets.Count >= 3);
        Assert.Equal(presets.Count, presets.Distinct().Count());
    }

    private static Preset[] All() => [.. Files.Select(f => PresetText.Read(File.ReadAllText(Path.Combine(Repository.Folder("presets"), f.Data)), out _)!)];
}
