using System.Buffers;
using System.Text;
using System.Text.Json;

namespace QuantumImprov.Engine.Presets;

/// <summary>The JSON schema of presets, generated from the table of fields.</summary>
public static class PresetSchema
{
    /// <summary>The schema as indented JSON (draft 2020-12), ending in a line feed.</summary>
    public static string Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "QuantumImprov preset");
            WriteObject(json, "");
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteObject(Utf8JsonWriter json, string prefix)
    {
        var inside = PresetFields.All.Where(f => f.Path.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (var group in inside.GroupBy(f => f.Path[prefix.Length..].Split('.')[0]))
        {
            json.WriteStartObject(group.Key);
            var field = group.First();
            if (field.Path.Length > prefix.Length + group.Key.Length) WriteObject(json, prefix + group.Key + ".");
            else WriteField(json, field);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        var required = inside.Where(f => f.Required).ToList();
        if (required.Count == 0) return;
        json.WriteStartArray("required");
        foreach (var field in required) json.WriteStringValue(field.Path[prefix.Length..]);
        json.WriteEndArray();
    }

    private static void WriteField(Utf8JsonWriter json, PresetField field)
    {
        json.WriteString("description", field.Help);
        switch (field.Kind)
        {
            case PresetFieldKind.Whole or PresetFieldKind.Number:
                json.WriteString("type", field.Kind == PresetFieldKind.Whole ? "integer" : "number");
                json.WriteNumber("minimum", field.Least);
                json.WriteNumber("maximum", field.Most);
                json.WriteNumber("default", (double)field.Get(new Preset()));
                break;
            case PresetFieldKind.Choice:
                json.WriteStartArray("enum");
                foreach (var choice in field.Choices) json.WriteStringValue(choice);
                json.WriteEndArray();
                json.WriteString("default", (string)field.Get(new Preset()));
                break;
            default:
                json.WriteString("type", "string");
                if (field.Kind == PresetFieldKind.Pitch) json.WriteString("pattern", "^[A-Ga-g][#b]*-?[0-9]+$");
                else json.WriteNumber("maxLength", 200);
                if (!field.Required) json.WriteString("default", (string)field.Get(new Preset()));
                break;
        }
    }
}
