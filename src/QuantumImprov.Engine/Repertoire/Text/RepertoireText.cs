using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire.Text;

/// <summary>
/// The inside of a repertoire file, version 1. A phrase's notes are one flat row of numbers, four a note: onset and duration in 1/20160 quarter notes,
/// MIDI pitch, velocity. What a reader does not know, it leaves out.
/// </summary>
public static class RepertoireText
{
    private const int NumbersPerNote = 4;

    // The text is only ever read as JSON, never set into a page.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><paramref name="content"/> as JSON in UTF-8. Allocates.</summary>
    public static ReadOnlyMemory<byte> Write(RepertoireContent content)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartObject();
        json.WriteStartArray("phrases");
        foreach (var phrase in content.Phrases) WritePhrase(json, phrase);
        json.WriteEndArray();
        if (content.Amplitudes is { } table) WriteTable(json, table);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>What <paramref name="text"/>, JSON in UTF-8, holds; its numbers are for <see cref="RepertoireLimits.Fault(RepertoireContent)"/> to judge. Allocates.</summary>
    /// <exception cref="RepertoireFormatException">The text is not a repertoire of the current version.</exception>
    public static RepertoireContent Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var phrases = document.RootElement.GetProperty("phrases");
            var builder = ImmutableArray.CreateBuilder<LearnedPhrase>(phrases.GetArrayLength());
            foreach (var phrase in phrases.EnumerateArray()) builder.Add(ReadPhrase(phrase));
            var table = document.RootElement.TryGetProperty("amplitudes", out var amplitudes) ? ReadTable(amplitudes) : null;
            return new RepertoireContent(builder.MoveToImmutable(), table);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new RepertoireFormatException("has content that is not of the form of a repertoire");
        }
    }

    private static void WritePhrase(Utf8JsonWriter json, LearnedPhrase phrase)
    {
        json.WriteStartObject();
        json.WriteString("source", phrase.Source);
        json.WriteString("metre", phrase.Metre.ToString());
        if (phrase.Favoured) json.WriteBoolean("favoured", true);
        json.WriteStartArray("notes");
        foreach (var note in phrase.Notes)
        {
            json.WriteNumberValue(note.Onset.Ticks);
            json.WriteNumberValue(note.Duration.Ticks);
            json.WriteNumberValue(note.Pitch.Number);
            json.WriteNumberValue(note.Velocity);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static LearnedPhrase ReadPhrase(JsonElement phrase)
    {
        var numbers = phrase.GetProperty("notes");
        var length = numbers.GetArrayLength();
        if (length % NumbersPerNote != 0) throw new FormatException();
        var notes = ImmutableArray.CreateBuilder<LearnedNote>(length / NumbersPerNote);
        var row = numbers.EnumerateArray().GetEnumerator();
        while (row.MoveNext())
        {
            var onset = row.Current.GetInt64();
            var duration = Next(ref row).GetInt64();
            var pitch = Next(ref row).GetInt32();
            if (pitch is < 0 or > 127) throw new RepertoireFormatException($"has a pitch of {pitch}; allowed is 0 to 127");
            notes.Add(new LearnedNote(new Beats(onset), new Beats(duration), new Pitch(pitch), Next(ref row).GetByte()));
        }

        return new LearnedPhrase(notes.MoveToImmutable(), ReadMetre(phrase.GetProperty("metre").GetString()), phrase.GetProperty("source").GetString() ?? throw new FormatException())
        {
            Favoured = phrase.TryGetProperty("favoured", out var favoured) && favoured.GetBoolean(),
        };
    }

    private static JsonElement Next(ref JsonElement.ArrayEnumerator row) => row.MoveNext() ? row.Current : throw new FormatException();

    private static Metre ReadMetre(string? text)
    {
        var parts = text?.Split('/') ?? [];
        return parts.Length == 2 && TryNumber(parts[0], out var numerator) && TryNumber(parts[1], out var denominator) && Metre.IsAllowed(numerator, denominator)
            ? Metre.Of(numerator, denominator)
            : throw new RepertoireFormatException("has a metre that is not 1 to 32 over 1, 2, 4, 8, 16 or 32");
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static void WriteTable(Utf8JsonWriter json, AmplitudeTable table)
    {
        json.WriteStartObject("amplitudes");
        json.WriteStartArray("members");
        foreach (var member in table.Members) json.WriteStringValue(member);
        json.WriteEndArray();
        json.WriteNumber("classes", table.Classes);
        WriteNumbers(json, "weights", table.Weights);
        WriteNumbers(json, "tempers", table.Tempers);
        if (table.Steps.Length > 0) WriteNumbers(json, "steps", table.Steps);
        if (table.Accords.Length > 0) WriteNumbers(json, "accords", table.Accords);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ImmutableArray<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static AmplitudeTable ReadTable(JsonElement table) => new(
        [.. table.GetProperty("members").EnumerateArray().Select(member => member.GetString() ?? throw new FormatException())],
        table.GetProperty("classes").GetInt32(),
        [.. table.GetProperty("weights").EnumerateArray().Select(number => number.GetDouble())],
        [.. table.GetProperty("tempers").EnumerateArray().Select(number => number.GetDouble())],
        table.TryGetProperty("steps", out var steps) ? [.. steps.EnumerateArray().Select(number => number.GetDouble())] : [])
    {
        Accords = table.TryGetProperty("accords", out var accords) ? [.. accords.EnumerateArray().Select(number => number.GetDouble())] : [],
    };
}
