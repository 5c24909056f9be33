using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using QuantumImprov.Engine.Presets;

namespace QuantumImprov.Engine.Session.Control;

/// <summary>Reads and writes controller profiles as strict JSON; docs/control.md has the format.</summary>
public static class ControlText
{
    /// <summary>The version of the format.</summary>
    public const int FormatVersion = 1;

    /// <summary>The most bindings a profile can have.</summary>
    public const int MostBindings = 1024;

    private const int LongestName = 200, MostValue = 1_000_000;
    private static readonly string[] Fields = ["version", "name", "programs", "light", "bindings"], LightFields = ["controller", "channel"], BindingFields = ["controller", "note", "channel", "does", "how", "value"];

    /// <summary>The profile that <paramref name="json"/> describes, or one sentence on the first fault in it.</summary>
    public static ControlMap? Read(string json, [NotNullWhen(false)] out string? fault)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
            fault = Read(document.RootElement, out var map);
            return map;
        }
        catch (JsonException e)
        {
            fault = $"Found text that is not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; allowed is one JSON object.";
        }
        catch (InvalidOperationException)
        {
            fault = "Found text with half a character in it; allowed is Unicode.";
        }

        return null;
    }

    /// <summary>The text of <paramref name="map"/>; reading it gives the same profile.</summary>
    public static string Write(ControlMap map)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", FormatVersion);
            json.WriteString("name", map.Name);
            json.WriteBoolean("programs", map.Programs);
            if (map.Light is { } light)
            {
                json.WriteStartObject("light");
                json.WriteNumber("controller", light.Controller);
                json.WriteNumber("channel", light.Channel);
                json.WriteEndObject();
            }

            json.WriteStartArray("bindings");
            foreach (var binding in map.Bindings)
            {
                json.WriteStartObject();
                json.WriteNumber(binding.Source.IsNote ? "note" : "controller", binding.Source.Number);
                if (binding.Source.Channel > 0) json.WriteNumber("channel", binding.Source.Channel);
                json.WriteString("does", binding.Target.Name);
                if (binding.Form != binding.Target.Form) json.WriteString("how", Word(binding.Form));
                if (binding.Value != binding.Target.Value) json.WriteNumber("value", binding.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static string? Read(JsonElement root, out ControlMap? map)
    {
        map = null;
        if (root.ValueKind != JsonValueKind.Object) return "Found no JSON object; allowed is one.";
        if (StrictFields.Unknown(root, Fields) is { } stranger) return stranger;
        if (Whole(root, "version", FormatVersion, FormatVersion) is null) return $"version: allowed is {FormatVersion}.";
        if (!root.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String || name.GetString() is not { Length: > 0 and <= LongestName } text) return $"name: allowed is text of 1 to {LongestName} characters.";
        var programs = !root.TryGetProperty("programs", out var selects) || selects.ValueKind == JsonValueKind.True;
        if (!programs && selects.ValueKind != JsonValueKind.False) return "programs: allowed is true or false.";
        StateLight? light = null;
        if (root.TryGetProperty("light", out var lit))
        {
            if (lit.ValueKind != JsonValueKind.Object) return "light: allowed is a JSON object.";
            if (StrictFields.Unknown(lit, LightFields) is { } more) return $"light: {more}";
            if (Whole(lit, "controller", 0, ControlSource.LastController) is not { } controller || Whole(lit, "channel", 1, 16) is not { } channel)
                return $"light: allowed is a controller from 0 to {ControlSource.LastController} and a channel from 1 to 16.";
            light = new StateLight((int)controller, (int)channel);
        }

        if (!root.TryGetProperty("bindings", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostBindings) return $"bindings: allowed is an array of up to {MostBindings}.";
        var bindings = ImmutableArray.CreateBuilder<ControlBinding>();
        foreach (var element in list.EnumerateArray())
        {
            var place = $"bindings[{bindings.Count}]";
            if (element.ValueKind != JsonValueKind.Object) return $"{place}: allowed is a JSON object.";
            if (ReadBinding(element, out var binding) is { } fault) return $"{place}: {fault}";
            if (bindings.Any(b => b.Source == binding!.Source)) return $"{place}: found {binding!.Source} a second time; allowed is once.";
            bindings.Add(binding!);
        }

        map = new ControlMap(text, bindings.ToImmutable(), programs) { Light = light };
        return null;
    }

    private static string? ReadBinding(JsonElement element, out ControlBinding? binding)
    {
        binding = null;
        if (StrictFields.Unknown(element, BindingFields) is { } stranger) return stranger;
        var (isNote, isController) = (element.TryGetProperty("note", out _), element.TryGetProperty("controller", out _));
        if (isNote == isController) return "allowed is either a controller or a note.";
        var most = isNote ? 127 : ControlSource.LastController;
        if (Whole(element, isNote ? "note" : "controller", 0, most) is not { } number) return $"{(isNote ? "note" : "controller")}: allowed is a whole number from 0 to {most}.";
        var channel = element.TryGetProperty("channel", out _) ? Whole(element, "channel", 1, 16) : 0;
        if (channel is null) return "channel: allowed is a whole number from 1 to 16, or none for any.";
        if (!element.TryGetProperty("does", out var does) || does.ValueKind != JsonValueKind.String || ControlTarget.Find(does.GetString()) is not { } target) return $"does: allowed is {ControlTarget.Names}.";
        if (isNote && target.Form == ControlForm.Dial) return $"does: a note cannot turn {target.Name}; allowed is a controller.";
        var form = target.Form;
        if (element.TryGetProperty("how", out var how))
        {
            var found = target.Forms.Where(f => how.ValueKind == JsonValueKind.String && Word(f) == how.GetString()).ToArray();
            if (found.Length == 0) return $"how: allowed for {target.Name} is {string.Join(" or ", target.Forms.Select(Word))}.";
            form = found[0];
        }

        var value = element.TryGetProperty("value", out _) ? Whole(element, "value", 0, MostValue) : target.Value;
        if (value is null) return $"value: allowed is a whole number from 0 to {MostValue}.";
        binding = new ControlBinding(new ControlSource(isNote, (int)number, (int)channel), target, form, value.Value);
        return null;
    }

    private static double? Whole(JsonElement element, string name, int least, int most) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most ? number : null;

    private static string Word(ControlForm form) => form.ToString().ToLowerInvariant();
}
