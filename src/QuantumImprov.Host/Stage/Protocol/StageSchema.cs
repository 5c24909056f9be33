using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Host.Stage.Ports;

namespace QuantumImprov.Host.Stage.Protocol;

/// <summary>The JSON schema of everything that is said at <c>/live</c>, made from the records of <see cref="FromHost"/> and <see cref="FromPage"/>. [any]</summary>
public static class StageSchema
{
    private static readonly JsonSerializerOptions Options = StageJson.OptionsWith();

    private static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    private static readonly Lazy<string> Text = new(Make);

    /// <summary>The schema as indented JSON (draft 2020-12), ending in a line feed. Each message is one of its <c>$defs</c>: <c>fromHost.TYPE</c> or <c>fromPage.TYPE</c>.</summary>
    public static string Write() => Text.Value;

    private static string Make()
    {
        var definitions = new JsonObject { ["fromHost"] = OneOf("fromHost", FromHost.Messages), ["fromPage"] = OneOf("fromPage", FromPage.Messages) };
        foreach (var message in FromHost.Messages) definitions["fromHost." + StageJson.TypeOf(message)] = Describe(message);
        foreach (var message in FromPage.Messages) definitions["fromPage." + StageJson.TypeOf(message)] = Describe(message);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:quantumimprov:stage:{PageWriter.Protocol}",
            ["title"] = $"QuantumImprov stage, protocol {PageWriter.Protocol}: what is said at /live",
            ["anyOf"] = new JsonArray(Reference("fromHost"), Reference("fromPage")),
            ["$defs"] = definitions,
        };
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = "#/$defs/" + name };

    private static JsonObject OneOf(string side, IEnumerable<Type> messages) => new() { ["oneOf"] = new JsonArray([.. messages.Select(m => Reference($"{side}.{StageJson.TypeOf(m)}"))]) };

    // The record's own object, with the type before everything else.
    private static JsonObject Describe(Type message)
    {
        var node = Options.GetJsonSchemaAsNode(message, Exporting).AsObject();
        var properties = new JsonObject { ["type"] = new JsonObject { ["const"] = StageJson.TypeOf(message) } };
        foreach (var (name, property) in node["properties"]?.AsObject().ToList() ?? []) properties[name] = property!.DeepClone();
        return new JsonObject
        {
            ["description"] = message.GetCustomAttribute<DescriptionAttribute>()!.Description,
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray(["type", .. node["required"]?.AsArray().Select(r => r!.DeepClone()) ?? []]),
            ["additionalProperties"] = false,
        };
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema) return node;
        schema.Remove("default");
        if (context.TypeInfo.Type.GetCustomAttribute<RowAttribute>() is not null) return Row(schema);
        if (schema["properties"] is JsonObject properties)
        {
            schema["additionalProperties"] = false;
            // Within a message nothing is left out, but by a record that says so.
            if (!context.Path.IsEmpty && context.TypeInfo.Type.GetCustomAttribute<LeavesOutAttribute>() is null) schema["required"] = new JsonArray([.. properties.Select(p => JsonValue.Create(p.Key))]);
        }

        if (context.PropertyInfo?.DeclaringType.GetCustomAttribute<LeavesOutAttribute>() is not null && schema["type"] is JsonArray types) schema["type"] = types.First(t => (string?)t != "null")!.DeepClone();
        if (context.PropertyInfo?.AssociatedParameter?.AttributeProvider is not { } parameter) return schema;
        foreach (var attribute in parameter.GetCustomAttributes(false)) Restrict(schema, attribute);
        return schema;
    }

    private static JsonObject Row(JsonObject record)
    {
        var places = record["properties"]!.AsObject().Select(p => Named(p.Key, p.Value!)).ToArray();
        return new JsonObject { ["type"] = "array", ["prefixItems"] = new JsonArray(places), ["items"] = false, ["minItems"] = places.Length };
    }

    private static JsonObject Named(string name, JsonNode place)
    {
        var named = new JsonObject { ["title"] = name };
        foreach (var (key, value) in place.AsObject()) named[key] = value?.DeepClone();
        return named;
    }

    private static void Restrict(JsonObject schema, object attribute)
    {
        switch (attribute)
        {
            case RangeAttribute range:
                schema["minimum"] = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
                schema["maximum"] = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
                break;
            case RegularExpressionAttribute pattern:
                schema["pattern"] = pattern.Pattern;
                break;
            case LengthAttribute length:
                schema["minLength"] = length.MinimumLength;
                schema["maxLength"] = length.MaximumLength;
                break;
            case MinLengthAttribute least:
                schema["minItems"] = least.Length;
                break;
            case MaxLengthAttribute most:
                schema["maxLength"] = most.Length;
                break;
            case ChannelMessageAttribute:
                // Two lengths: programs and channel pressure have one data byte, everything else two.
                schema.Clear();
                schema["oneOf"] = new JsonArray(Bytes([Byte(0xC0, 0xDF)], 1), Bytes([Byte(0x80, 0xBF), Byte(0xE0, 0xEF)], 2));
                break;
            case NamesAttribute { Table: var table } when schema["additionalProperties"] is JsonObject each:
                schema["properties"] = new JsonObject(NamesOf(table).Select(name => KeyValuePair.Create<string, JsonNode?>(name, each.DeepClone())));
                schema["required"] = new JsonArray([.. NamesOf(table).Select(name => JsonValue.Create(name))]);
                schema["additionalProperties"] = false;
                break;
            case NamesAttribute { Table: var table }:
                var names = NamesOf(table).Select(name => (JsonNode?)JsonValue.Create(name));
                var nullable = schema["type"] is JsonArray;
                schema["enum"] = new JsonArray([.. names, .. nullable ? new JsonNode?[] { null } : []]);
                break;
        }
    }

    private static JsonObject Byte(int least, int most) => new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };

    private static JsonObject Bytes(JsonNode[] status, int data) => new()
    {
        ["type"] = "array",
        ["prefixItems"] = new JsonArray([status.Length == 1 ? status[0] : new JsonObject { ["anyOf"] = new JsonArray(status) }, .. Enumerable.Range(0, data).Select(_ => Byte(0, 127))]),
        ["items"] = false,
        ["minItems"] = 1 + data,
    };

    private static IEnumerable<string> NamesOf(NameTable table) => table switch
    {
        NameTable.Dials => Dial.All.Select(d => d.Name),
        NameTable.Actions => ControlTarget.All.Where(t => t.Form != ControlForm.Dial).Select(t => t.Name),
        NameTable.Targets => ControlTarget.All.Select(t => t.Name),
        _ => StageEnd.Names,
    };
}
