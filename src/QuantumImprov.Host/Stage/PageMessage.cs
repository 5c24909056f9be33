using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Stage.Ports;

namespace QuantumImprov.Host.Stage;

/// <summary>A message from a page, read and checked; docs/stage-protocol.md has the forms.</summary>
/// <param name="Type">Which it is.</param>
/// <param name="At">Of midi: milliseconds on the stage's clock, or null for now. Of ping: the page's own time, returned untouched.</param>
/// <param name="Midi">Of midi: a channel message.</param>
/// <param name="Command">Of ask: what is asked.</param>
/// <param name="Value">Of ask: its number. Of decision and qasm: which. Of cable and transport: 1 to connect or roll, else 0.</param>
/// <param name="Name">Of preset and of a dial: its name. Of cable: the other's. Of learn: what is learned; empty: nothing any more.</param>
/// <param name="End">Of cable: which of our ports.</param>
internal readonly record struct PageMessage(PageMessageType Type, double? At = null, ShortMessage Midi = default, CommandKind Command = default, double Value = 0, string Name = "", string End = "")
{
    internal const int MostKept = 1_000_000, LongestName = 100, LongestPort = 320;
    internal const long MostDecisions = 1L << 50;
    private const string Types = "midi, ping, panic, act, dial, tempo, preset, store, recall, cable, transport, learn, decision or qasm";
    private static readonly string Actions = string.Join(", ", ControlTarget.All.Where(t => t.Form != ControlForm.Dial).Select(t => t.Name));
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 3 };

    /// <summary>Reads <paramref name="utf8"/>, or says in one sentence what was found and what is allowed.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, out PageMessage message, [NotNullWhen(false)] out string? fault)
    {
        message = default;
        try
        {
            using var document = JsonDocument.Parse(utf8, Shallow);
            fault = document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, out message)
                : $"The message is a JSON {Kind(document.RootElement)}; allowed is an object with a type.";
        }
        catch (JsonException)
        {
            fault = "The message is not JSON, or nests too deeply; allowed is an object with a type.";
        }
        catch (InvalidOperationException)
        {
            // Text with an escape that stands for no character, such as a lone surrogate.
            fault = "The message holds text that is not Unicode; allowed is an object with a type.";
        }

        return fault is null;
    }

    private static string? Read(JsonElement root, out PageMessage message)
    {
        message = default;
        if (!root.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String) return $"The message has no type; allowed is {Types}.";
        switch (type.GetString())
        {
            case "panic":
                message = new PageMessage(PageMessageType.Panic);
                return null;
            case "act":
                if (ControlTarget.Find(ReadText(root, "name")) is not { Form: not ControlForm.Dial } act) return $"The act message has no action's name; allowed is {Actions}.";
                if (ReadTime(root, required: false, out var acted) is { } badAct) return badAct;
                var stated = root.TryGetProperty("value", out _) ? ReadNumber(root, "value", 0, MostKept) : act.Form == ControlForm.Press ? act.Value : -1;
                if (stated is not { } value) return $"The act message has no such value; allowed is a number from 0 to {MostKept}, or none.";
                message = act.Command == CommandKind.Panic ? new PageMessage(PageMessageType.Panic) : new PageMessage(PageMessageType.Ask, acted, Command: act.Command, Value: value);
                return null;
            case "learn":
                if (!root.TryGetProperty("name", out var control) || (control.ValueKind != JsonValueKind.Null && ControlTarget.Find(ReadText(root, "name")) is null)) return $"The learn message has no name; allowed is {ControlTarget.Names}, or null.";
                message = new PageMessage(PageMessageType.Learn, Name: control.GetString() ?? "");
                return null;
            case "dial":
                if (Dial.Find(ReadText(root, "name")) is not { } dial) return $"The dial message has no dial's name; allowed is {Dial.Names}.";
                if (ReadNumber(root, "value", 0, 1) is not { } turned) return "The dial message has no value; allowed is a number from 0 to 1.";
                message = new PageMessage(PageMessageType.Ask, Name: dial.Name, Command: CommandKind.Dial, Value: turned);
                return null;
            case "tempo":
                if (ReadNumber(root, "value", Tempo.Slowest, Tempo.Fastest) is not { } tempo) return $"The tempo message has no value; allowed is a number from {Tempo.Slowest} to {Tempo.Fastest}.";
                message = new PageMessage(PageMessageType.Ask, Command: CommandKind.Tempo, Value: tempo);
                return null;
            case "preset":
                if (ReadText(root, "name") is not { Length: > 0 and <= LongestName } name) return "The preset message has no name; allowed is the name of one of the presets.";
                message = new PageMessage(PageMessageType.Preset, Name: name);
                return null;
            case "store" or "recall":
                message = new PageMessage(type.ValueEquals("store") ? PageMessageType.Store : PageMessageType.Recall);
                return null;
            case "cable":
                if (ReadText(root, "end") is not { } end || !StageEnd.Names.Contains(end)) return $"The cable message has no end; allowed is {string.Join(", ", StageEnd.Names)}.";
                if (ReadText(root, "port") is not { Length: > 0 and <= LongestPort } port) return $"The cable message has no port; allowed is the full name of one, up to {LongestPort} characters.";
                if (ReadSwitch(root, "joined") is not { } joined) return "The cable message has no joined; allowed is true or false.";
                message = new PageMessage(PageMessageType.Cable, Value: joined ? 1 : 0, Name: port, End: end);
                return null;
            case "transport":
                if (ReadSwitch(root, "rolls") is not { } rolls) return "The transport message has no rolls; allowed is true or false.";
                message = new PageMessage(PageMessageType.Transport, Value: rolls ? 1 : 0);
                return null;
            case "decision" or "qasm":
                if (ReadWhole(root, "number", 1, MostDecisions) is not { } number) return "The message has no number of a decision; allowed is a whole number from 1.";
                message = new PageMessage(type.ValueEquals("qasm") ? PageMessageType.Qasm : PageMessageType.Decision, Value: number);
                return null;
            case "ping":
                if (ReadTime(root, required: true, out var sent) is { } badPing) return badPing;
                message = new PageMessage(PageMessageType.Ping, sent);
                return null;
            case "midi":
                if (ReadTime(root, required: false, out var at) is { } badTime) return badTime;
                if (ReadMidi(root, out var midi) is { } badMidi) return badMidi;
                message = new PageMessage(PageMessageType.Midi, at, midi);
                return null;
            case var other:
                return $"The type is \"{(other!.Length > 20 ? other[..20] + "..." : other)}\"; allowed is {Types}.";
        }
    }

    private static long? ReadWhole(JsonElement root, string name, long least, long most) =>
        ReadNumber(root, name, least, most) is { } number && number == Math.Floor(number) ? (long)number : null;

    private static double? ReadNumber(JsonElement root, string name, double least, double most) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number : null;

    private static bool? ReadSwitch(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.ValueKind == JsonValueKind.True : null;

    private static string? ReadText(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? ReadTime(JsonElement root, bool required, out double? at)
    {
        at = null;
        if (!root.TryGetProperty("at", out var value)) return required ? "The ping has no at; allowed is a number of milliseconds." : null;
        if (value.ValueKind != JsonValueKind.Number) return $"The at is a JSON {Kind(value)}; allowed is a number of milliseconds.";
        // What no double can hold becomes infinite, and is out of range like any other far time.
        at = value.TryGetDouble(out var number) && Math.Abs(number) < 1e15 ? number : null;
        return at is null ? "The at is too large; allowed is a number of milliseconds within 1e15." : null;
    }

    private static string? ReadMidi(JsonElement root, out ShortMessage midi)
    {
        const string Allowed = "allowed is a channel message: a status of 128 to 239 and its one or two data bytes of 0 to 127.";
        midi = default;
        if (!root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array) return $"The midi message has no data array; {Allowed}";
        var length = data.GetArrayLength();
        if (length is < 2 or > 3) return $"The data has {length} bytes; {Allowed}";
        Span<byte> bytes = stackalloc byte[3];
        for (var i = 0; i < length; i++)
        {
            if (data[i].ValueKind != JsonValueKind.Number || !data[i].TryGetByte(out bytes[i])) return $"Byte {i + 1} of the data is no byte; {Allowed}";
        }

        var found = new ShortMessage(bytes[0], bytes[1], bytes[2]);
        if (found.Status is < 0x80 or >= 0xF0 || found.Length != length || found.Data1 > 127 || found.Data2 > 127) return $"The data is {data.GetRawText()}; {Allowed}";
        midi = found;
        return null;
    }

    private static string Kind(JsonElement value) => value.ValueKind.ToString().ToLowerInvariant();
}
