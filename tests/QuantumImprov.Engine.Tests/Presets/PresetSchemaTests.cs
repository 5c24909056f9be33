using System.Text.Json;
using QuantumImprov.Engine.Presets;
using Xunit;

namespace QuantumImprov.Engine.Tests.Presets;

public class PresetSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(PresetSchema.Write()).RootElement;

    [Fact]
    public void It_is_a_schema_of_draft_2020_12_for_a_closed_object()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", Schema.GetProperty("$schema").GetString());
        Assert.Equal("object", Schema.GetProperty("type").GetString());
        Assert.False(Schema.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void It_holds_every_field_of_the_table_with_its_range_and_nothing_else()
    {
        foreach (var field in PresetFields.All)
        {
            var at = Schema;
            foreach (var part in field.Path.Split('.')) at = at.GetProperty("properties").GetProperty(part);
            Assert.Equal(field.Help, at.GetProperty("description").GetString());
            switch (field.Kind)
            {
                case PresetFieldKind.Whole or PresetFieldKind.Number:
                    Assert.Equal(field.Kind == PresetFieldKind.Whole ? "integer" : "number", at.GetProperty("type").GetString());
                    Assert.Equal((field.Least, field.Most), (at.GetProperty("minimum").GetDouble(), at.GetProperty("maximum").GetDouble()));
                    Assert.Equal(field.Get(new Preset()), at.GetProperty("default").GetDouble());
                    break;
                case PresetFieldKind.Choice:
                    Assert.Equal(field.Choices, at.GetProperty("enum").EnumerateArray().Select(c => c.GetString()!));
                    break;
                default:
                    Assert.Equal("string", at.GetProperty("type").GetString());
                    break;
            }
        }

        Assert.Equal(PresetFields.All.Length, Leaves(Schema));
        Assert.Equal(PresetFields.All.Where(f => f.Required).Select(f => f.Path), Schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
    }

    private static int Leaves(JsonElement element) =>
        element.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Sum(p => Leaves(p.Value)) : 1;
}
