using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Presets;

/// <summary>Reads and writes presets as strict JSON. Reading finds all faults at once; a preset is only made when there is none.</summary>
public static class PresetText
{
    /// <summary>The preset that <paramref name="json"/> describes, or null and every fault in it.</summary>
    public static Preset? Read(string json, out ImmutableArray<PresetFault> faults)
    {
        var found = ImmutableArray.CreateBuilder<PresetFault>();
        var preset = new Preset();
        try
        {
            // As bytes, since half a surrogate pair has no encoding: it is read as the replacement character, as from a file.
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
            var seen = new HashSet<string>(StringComparer.Ordinal);
            if (document.RootElement.ValueKind == JsonValueKind.Object) ReadObject(document.RootElement, "", ref preset, seen, found);
            else found.Add(new PresetFault("", Show(document.RootElement), "a JSON object"));
            foreach (var field in PresetFields.All.Where(f => f.Required && !seen.Contains(f.Path))) found.Add(new PresetFault(field.Path, "nothing", field.Allowed));
        }
        catch (JsonException e)
        {
            found.Add(new PresetFault("", $"text that is not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}", "one JSON object"));
        }

        CheckTogether(preset, found);
        faults = found.ToImmutable();
        return faults.IsEmpty ? preset : null;
    }

    /// <summary>The text of <paramref name="preset"/>; reading it gives an equal preset.</summary>
    public static string Write(Preset preset)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            var group = "";
            foreach (var field in PresetFields.All)
            {
                var (parent, name) = Split(field.Path);
                if (parent != group)
                {
                    if (group.Length > 0) json.WriteEndObject();
                    if (parent.Length > 0) json.WriteStartObject(parent);
                    group = parent;
                }

                switch (field.Get(preset))
                {
                    case double number: json.WriteNumber(name, number); break;
                    case string text: json.WriteString(name, text); break;
                }
            }

            if (group.Length > 0) json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void ReadObject(JsonElement element, string prefix, ref Preset preset, HashSet<string> seen, ImmutableArray<PresetFault>.Builder faults)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (Text(() => property.Name) is not { } name)
            {
                faults.Add(new PresetFault(prefix.TrimEnd('.'), "a field name with half a character in it", "one of " + string.Join(", ", Siblings(prefix))));
                continue;
            }

            var path = prefix + name;
            var field = PresetFields.All.FirstOrDefault(f => f.Path == path);
            var isGroup = prefix.Length == 0 && PresetFields.All.Any(f => f.Path.StartsWith(path + ".", StringComparison.Ordinal));
            if (!seen.Add(path)) faults.Add(new PresetFault(path, "the field twice", "each field once"));
            else if (isGroup && property.Value.ValueKind == JsonValueKind.Object) ReadObject(property.Value, path + ".", ref preset, seen, faults);
            else if (isGroup) faults.Add(new PresetFault(path, Show(property.Value), "a JSON object"));
            else if (field is null) faults.Add(new PresetFault(path, "an unknown field", "one of " + string.Join(", ", Siblings(prefix))));
            else if (TryRead(field, property.Value) is { } value) preset = field.Set(preset, value);
            else faults.Add(new PresetFault(path, Show(property.Value), field.Allowed));
        }
    }

    private static IEnumerable<string> Siblings(string prefix) =>
        PresetFields.All.Where(f => f.Path.StartsWith(prefix, StringComparison.Ordinal)).Select(f => f.Path[prefix.Length..].Split('.')[0]).Distinct();

    private static object? TryRead(PresetField field, JsonElement value)
    {
        if (field.Kind is PresetFieldKind.Whole or PresetFieldKind.Number)
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number)) return null;
            return number >= field.Least && number <= field.Most && (field.Kind == PresetFieldKind.Number || number == Math.Floor(number)) ? number : null;
        }

        if (value.ValueKind != JsonValueKind.String || Text(() => value.GetString()) is not { } text) return null;
        return field.Kind switch
        {
            PresetFieldKind.Choice => field.Choices.Contains(text) ? text : null,
            PresetFieldKind.Pitch => Pitch.TryParse(text, out _) ? text : null,
            _ => text.Length >= field.Least && text.Length <= 200 ? text : null,
        };
    }

    // JSON can spell half a surrogate pair ("\ud800"), which no text can hold.
    private static string? Text(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void CheckTogether(Preset preset, ImmutableArray<PresetFault>.Builder faults)
    {
        if (preset.MostBars < preset.LeastBars && AreSound(faults, "answer.leastBars", "answer.mostBars"))
            faults.Add(new PresetFault("answer.mostBars", $"{preset.MostBars}", $"at least answer.leastBars, which is {preset.LeastBars}"));
        if (preset.HeardHigh.Number < preset.HeardLow.Number && AreSound(faults, "listening.low", "listening.high"))
            faults.Add(new PresetFault("listening.high", $"\"{preset.HeardHigh}\"", $"at least listening.low, which is \"{preset.HeardLow}\""));
        if (preset.High.Number - preset.Low.Number < 12 && AreSound(faults, "answer.low", "answer.high"))
            faults.Add(new PresetFault("answer.high", $"\"{preset.High}\"", $"at least an octave above answer.low, which is \"{preset.Low}\""));
        for (var voice = 2; voice <= VoiceRules.Most; voice++)
        {
            var rules = preset.Voice(voice);
            if (rules.High.Number - rules.Low.Number < 12 && AreSound(faults, $"voice{voice}.low", $"voice{voice}.high"))
                faults.Add(new PresetFault($"voice{voice}.high", $"\"{rules.High}\"", $"at least an octave above voice{voice}.low, which is \"{rules.Low}\""));
        }
    }

    // A field that could not be read holds its default here, which nobody wrote.
    private static bool AreSound(ImmutableArray<PresetFault>.Builder faults, string field, string other) =>
        !faults.Any(f => f.Path == field || f.Path == other);

    private static (string Parent, string Name) Split(string path) => path.IndexOf('.') is >= 0 and var dot ? (path[..dot], path[(dot + 1)..]) : ("", path);

    private static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : text[..57] + "...";
    }
}
