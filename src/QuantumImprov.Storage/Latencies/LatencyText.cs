using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Presets;

namespace QuantumImprov.Storage.Latencies;

/// <summary>Reads and writes the latencies of outputs as strict JSON; docs/time.md has the format.</summary>
internal static class LatencyText
{
    internal const int FormatVersion = 1, MostOutputs = 256;

    private static readonly string[] Fields = ["version", "outputs"], OutputFields = ["output", "ms", "velocities"], PointFields = ["velocity", "ms"];

    /// <summary>What <paramref name="json"/> says; false, with one sentence on the first fault in it.</summary>
    internal static bool TryRead(ReadOnlyMemory<byte> json, out ImmutableArray<OutputLatency> outputs, [NotNullWhen(false)] out string? fault)
    {
        outputs = [];
        try
        {
            using var document = JsonDocument.Parse(json);
            fault = Read(document.RootElement, out outputs);
        }
        catch (JsonException e)
        {
            fault = $"Found text that is not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; allowed is one JSON object.";
        }
        catch (InvalidOperationException)
        {
            fault = "Found text with half a character in it; allowed is Unicode.";
        }

        return fault is null;
    }

    /// <summary>The text of <paramref name="outputs"/>; reading it gives the same.</summary>
    internal static ReadOnlyMemory<byte> Write(IEnumerable<OutputLatency> outputs)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", FormatVersion);
            json.WriteStartArray("outputs");
            foreach (var (output, table) in outputs)
            {
                json.WriteStartObject();
                json.WriteString("output", output);
                json.WriteNumber("ms", table.Ms);
                json.WriteStartArray("velocities");
                foreach (var (velocity, ms) in table.Points)
                {
                    json.WriteStartObject();
                    json.WriteNumber("velocity", velocity);
                    json.WriteNumber("ms", ms);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static string? Read(JsonElement root, out ImmutableArray<OutputLatency> outputs)
    {
        outputs = [];
        if (root.ValueKind != JsonValueKind.Object) return "Found no JSON object; allowed is one.";
        if (StrictFields.Unknown(root, Fields) is { } stranger) return stranger;
        if (!root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != FormatVersion) return $"version: allowed is {FormatVersion}.";
        if (!root.TryGetProperty("outputs", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostOutputs) return $"outputs: allowed is an array of up to {MostOutputs}.";
        var read = ImmutableArray.CreateBuilder<OutputLatency>();
        foreach (var element in list.EnumerateArray())
        {
            var place = $"outputs[{read.Count}]";
            if (element.ValueKind != JsonValueKind.Object) return $"{place}: allowed is a JSON object.";
            if (ReadOutput(element, out var output) is { } fault) return $"{place}: {fault}";
            if (read.Any(o => o.Output == output!.Output)) return $"{place}: found {output!.Output} a second time; allowed is once.";
            read.Add(output!);
        }

        outputs = read.ToImmutable();
        return null;
    }

    private static string? ReadOutput(JsonElement element, out OutputLatency? output)
    {
        output = null;
        if (StrictFields.Unknown(element, OutputFields) is { } stranger) return stranger;
        if (!element.TryGetProperty("output", out var name) || name.ValueKind != JsonValueKind.String || name.GetString() is not { Length: > 0 and <= OutputLatency.LongestName } text)
            return $"output: allowed is text of 1 to {OutputLatency.LongestName} characters.";
        if (!TryNumber(element, out var ms)) return $"ms: allowed is a number from 0 to {LatencyTable.MostMs}.";
        var points = ImmutableArray.CreateBuilder<LatencyPoint>();
        if (element.TryGetProperty("velocities", out var list))
        {
            if (list.ValueKind != JsonValueKind.Array) return $"velocities: allowed is an array of up to {LatencyTable.MostPoints}.";
            foreach (var point in list.EnumerateArray())
            {
                var place = $"velocities[{points.Count}]";
                if (point.ValueKind != JsonValueKind.Object) return $"{place}: allowed is a JSON object.";
                if (StrictFields.Unknown(point, PointFields) is { } other) return $"{place}: {other}";
                if (!point.TryGetProperty("velocity", out var at) || at.ValueKind != JsonValueKind.Number || !at.TryGetInt32(out var velocity)) return $"{place}: velocity: allowed is a whole number from 1 to 127.";
                if (!TryNumber(point, out var added)) return $"{place}: ms: allowed is a number from 0 to {LatencyTable.MostMs}.";
                points.Add(new LatencyPoint(velocity, added));
            }
        }

        if (LatencyTable.TryMake(ms, points.ToImmutable(), out var fault) is not { } table) return fault;
        output = new OutputLatency(text, table);
        return null;
    }

    private static bool TryNumber(JsonElement element, out double ms)
    {
        ms = 0;
        return element.TryGetProperty("ms", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out ms);
    }
}
