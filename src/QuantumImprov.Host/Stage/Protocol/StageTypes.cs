using System.Text;
using System.Text.Json.Nodes;

namespace QuantumImprov.Host.Stage.Protocol;

/// <summary>The messages of <c>/live</c> as TypeScript declares them, for the comments of the page's modules: made from the schema, and so from the records. [any]</summary>
public static class StageTypes
{
    private const string Head = "// What is said at /live, made from the records of Stage/Protocol as docs/stage.schema.json is; a test keeps it so. The page's comments import it, the page does not load it.\n";

    /// <summary>The declarations: the types <c>FromHost</c> and <c>FromPage</c>, whichever message it is, and in namespaces of the same names one of each message.</summary>
    public static string Write()
    {
        var definitions = JsonNode.Parse(StageSchema.Write())!["$defs"]!.AsObject();
        var text = new StringBuilder(Head);
        Side(text, definitions, "FromHost", FromHost.Messages);
        Side(text, definitions, "FromPage", FromPage.Messages);
        return text.ToString();
    }

    private static void Side(StringBuilder text, JsonObject definitions, string side, IEnumerable<Type> messages)
    {
        text.Append($"\nexport type {side} = {string.Join(" | ", messages.Select(m => $"{side}.{m.Name}"))};\n\nexport namespace {side} {{\n");
        foreach (var message in messages)
        {
            var schema = definitions[$"{char.ToLowerInvariant(side[0])}{side[1..]}.{StageJson.TypeOf(message)}"]!.AsObject();
            text.Append($"  /** {schema["description"]} */\n  interface {message.Name} {Members(schema, "  ")}\n");
        }

        text.Append("}\n");
    }

    private static string Members(JsonObject schema, string indent)
    {
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        var members = schema["properties"]!.AsObject().Select(p => $"{indent}  {p.Key}{(required.Contains(p.Key) ? "" : "?")}: {TypeOf(p.Value!, indent + "  ")};\n");
        return $"{{\n{string.Concat(members)}{indent}}}";
    }

    private static string TypeOf(JsonNode node, string indent)
    {
        if (node is not JsonObject schema) return "unknown";
        if (schema["const"] is { } only) return Literal(only);
        if (schema["enum"] is JsonArray names) return string.Join(" | ", names.Select(Literal));
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray either) return string.Join(" | ", either.Select(e => TypeOf(e!, indent)).Distinct());
        string[] types = schema["type"] is JsonArray several ? [.. several.Select(t => (string)t!)] : [(string?)schema["type"] ?? ""];
        return string.Join(" | ", types.Select(type => type switch
        {
            "object" => Members(schema, indent),
            "array" when schema["prefixItems"] is JsonArray places => $"[{string.Join(", ", places.Select(p => (p!["title"] is { } name ? $"{name}: " : "") + TypeOf(p, indent)))}]",
            "array" => Wrapped(TypeOf(schema["items"]!, indent)) + "[]",
            "number" or "integer" => "number",
            "string" or "boolean" or "null" => type,
            _ => "unknown",
        }).Distinct());
    }

    // A union, unless all its bars stand within brackets.
    private static string Wrapped(string type)
    {
        var depth = 0;
        foreach (var c in type)
        {
            depth += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
            if (c == '|' && depth == 0) return $"({type})";
        }

        return type;
    }

    private static string Literal(JsonNode? value) => value is null ? "null" : $"'{value}'";
}
