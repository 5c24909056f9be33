using System.Globalization;
using System.Text.Json;

namespace QuantumImprov.Qpu.Wire;

/// <summary>Reads vendors' JSON with patience: unknown fields are passed over, numbers may be strings, what is missing is null.</summary>
internal static class JsonReading
{
    extension(JsonElement json)
    {
        /// <summary>A field of an object; null when there is none, or it is null.</summary>
        internal JsonElement? Field(string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

        /// <summary>A field of a field.</summary>
        internal JsonElement? Field(string name, params ReadOnlySpan<string> deeper)
        {
            var at = json.Field(name);
            foreach (var step in deeper) at = at?.Field(step);
            return at;
        }

        /// <summary>A text, or a number as text.</summary>
        internal string? Text(string name) => json.Field(name) is { } value ? value.AsText() : null;

        internal string? AsText() => json.ValueKind switch
        {
            JsonValueKind.String => json.GetString(),
            JsonValueKind.Number => json.GetRawText(),
            _ => null,
        };

        /// <summary>A number, also when it is a string.</summary>
        internal double? Number(string name) => json.Field(name) is { } value ? value.AsNumber() : null;

        internal double? AsNumber() => json.ValueKind switch
        {
            JsonValueKind.Number => json.GetDouble(),
            JsonValueKind.String when double.TryParse(json.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            _ => null,
        };

        /// <summary>The elements of an array; none when it is no array.</summary>
        internal IEnumerable<JsonElement> Items() => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : [];

        /// <summary>The fields of an object; none when it is no object.</summary>
        internal IEnumerable<JsonProperty> Fields() => json.ValueKind == JsonValueKind.Object ? json.EnumerateObject() : [];
    }
}
