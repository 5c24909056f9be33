using QuantumImprov.Engine.Presets;
using Xunit;

namespace QuantumImprov.Engine.Tests.Presets;

public class PresetPagesTests
{
    [Fact]
    public void The_schema_file_is_the_one_the_table_gives() => Assert.Equal(PresetSchema.Write(), Read("docs/preset.schema.json"));

    [Fact]
    public void The_manual_has_a_row_for_every_field_with_its_meaning()
    {
        var manual = Read("docs/presets.md");
        foreach (var field in PresetFields.All)
        {
            Assert.Contains($"| `{field.Path}` |", manual, StringComparison.Ordinal);
            Assert.Contains($"| {field.Help} |", manual, StringComparison.Ordinal);
        }
    }

    private static string Read(string file)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "QuantumImprov.sln"))) return File.ReadAllText(Path.Combine(at.FullName, file));
        }

        Assert.Skip("the sources are not here");
        return "";
    }
}
