using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantumImprov.Host.Files;

namespace QuantumImprov.Host.CommandLine;

/// <summary>
/// <c>--json</c> and <c>--out-json FILE</c>: the answer of a verb as one JSON object on standard output, and nothing else with it, or in a file.
/// </summary>
public sealed class JsonFlags
{
    /// <summary>How all JSON of the verbs is written: snake_case keys, indented.</summary>
    public static JsonSerializerOptions Style { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly Option<bool> _json = Flags.Switch("--json", "Print the result as JSON on standard output.");
    private readonly Option<string?> _file = Flags.Text("--out-json", "FILE", "Write the result as JSON into FILE.");

    /// <summary>Adds both flags to <paramref name="command"/>.</summary>
    public JsonFlags(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_file);
    }

    /// <summary>Whether standard output belongs to the JSON.</summary>
    public bool TakesOutput(ParseResult result) => result.GetValue(_json);

    /// <summary>Whether JSON is asked for at all.</summary>
    public bool Asked(ParseResult result) => result.GetValue(_json) || result.GetValue(_file) is not null;

    /// <summary>Refuses a file that could not be written, before the work is done.</summary>
    public void Promise(ParseResult result) => TextFile.Promise(result.GetValue(_file));

    /// <summary>Writes <paramref name="answer"/> where it was asked for.</summary>
    public void Write(ParseResult result, object answer)
    {
        var text = JsonSerializer.Serialize(answer, Style) + "\n";
        if (result.GetValue(_file) is { } path) TextFile.Write(path, text);
        if (result.GetValue(_json)) result.InvocationConfiguration.Output.Write(text);
    }
}
