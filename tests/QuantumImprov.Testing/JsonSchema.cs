using System.Text.Json;
using System.Text.RegularExpressions;

namespace QuantumImprov.Testing;

/// <summary>Holds JSON to a JSON schema (draft 2020-12), as far as our own schemas go. A keyword it does not know is a fault: nothing is passed over.</summary>
public sealed class JsonSchema(string text)
{
    private readonly JsonElement _root = JsonDocument.Parse(text).RootElement;

    /// <summary>What is wrong with <paramref name="value"/> by the definition of that name, one sentence each; none when it is right.</summary>
    public IReadOnlyList<string> Faults(string definition, JsonElement value)
    {
        if (!_root.GetProperty("$defs").TryGetProperty(definition, out var schema)) return [$"there is no {definition}"];
        var faults = new List<string>();
        Check(schema, value, definition, faults);
        return faults;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            if (schema.ValueKind == JsonValueKind.False) faults.Add($"{at} may not be there");
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Holds(schema, keyword, value, at, faults)) faults.Add($"{at} is {Short(value)}, against {keyword.Name} {Short(keyword.Value)}");
        }
    }

    private bool Holds(JsonElement schema, JsonProperty keyword, JsonElement value, string at, List<string> faults)
    {
        var limit = keyword.Value;
        switch (keyword.Name)
        {
            case "description":
            case "title":
                return true;
            case "$ref":
                Check(_root.GetProperty("$defs").GetProperty(limit.GetString()!["#/$defs/".Length..]), value, at, faults);
                return true;
            case "type":
                return limit.ValueKind == JsonValueKind.Array ? limit.EnumerateArray().Any(t => IsOf(t.GetString()!, value)) : IsOf(limit.GetString()!, value);
            case "const":
                return JsonElement.DeepEquals(limit, value);
            case "enum":
                return limit.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value));
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() >= limit.GetDouble();
            case "maximum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() <= limit.GetDouble();
            case "minLength":
                return value.ValueKind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() >= limit.GetInt32();
            case "maxLength":
                return value.ValueKind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() <= limit.GetInt32();
            case "pattern":
                return value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, limit.GetString()!);
            case "minItems":
                return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= limit.GetInt32();
            case "oneOf" or "anyOf":
                var fitting = limit.EnumerateArray().Count(s => Fits(s, value));
                return keyword.Name == "oneOf" ? fitting == 1 : fitting > 0;
            case "prefixItems":
                if (value.ValueKind == JsonValueKind.Array) CheckItems([.. limit.EnumerateArray()], value.EnumerateArray(), 0, at, faults);
                return true;
            case "items":
                var before = schema.TryGetProperty("prefixItems", out var prefix) ? prefix.GetArrayLength() : 0;
                if (value.ValueKind == JsonValueKind.Array) CheckItems([.. value.EnumerateArray().Skip(before).Select(_ => limit)], value.EnumerateArray().Skip(before), before, at, faults);
                return true;
            case "properties":
                if (value.ValueKind != JsonValueKind.Object) return true;
                foreach (var property in limit.EnumerateObject())
                {
                    if (value.TryGetProperty(property.Name, out var found)) Check(property.Value, found, $"{at}.{property.Name}", faults);
                }

                return true;
            case "required":
                if (value.ValueKind == JsonValueKind.Object) faults.AddRange(limit.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at} has no {name}"));
                return true;
            case "additionalProperties":
                if (value.ValueKind != JsonValueKind.Object) return true;
                foreach (var property in value.EnumerateObject())
                {
                    if (!schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(property.Name, out _)) Check(limit, property.Value, $"{at}.{property.Name}", faults);
                }

                return true;
            default:
                faults.Add($"{keyword.Name} of {at} is a keyword that is not known here");
                return true;
        }
    }

    private void CheckItems(JsonElement[] schemas, IEnumerable<JsonElement> items, int from, string at, List<string> faults)
    {
        var i = 0;
        foreach (var item in items.Take(schemas.Length)) Check(schemas[i], item, $"{at}[{from + i++}]", faults);
    }

    private bool Fits(JsonElement schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(schema, value, "", faults);
        return faults.Count == 0;
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() == Math.Floor(value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };

    private static string Short(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length > 80 ? text[..80] + "..." : text;
    }
}
