using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Repertoire.Text;
using QuantumImprov.Plugin.Parameters;

namespace QuantumImprov.Plugin.State;

/// <summary>
/// A state as bytes: "QuantumImprov", the version (4 bytes, little-endian), the CRC-32C of all that follows and of the version, then deflated JSON: the parameters by symbol, a choice by its name, and what was learned as in repertoire files.
/// Parameters that a state does not know stand at their defaults; those it knows and this version does not are left out. [any]
/// </summary>
internal static class PluginState
{
    /// <summary>The version written, and the newest that is read.</summary>
    internal const int Version = 1;

    private const int HeaderLength = 13 + 4 + 4;

    private static ReadOnlySpan<byte> Mark => "QuantumImprov"u8;

    /// <summary>The bytes of a state. Allocates.</summary>
    internal static byte[] Write(ParameterValues values, RepertoireContent? content)
    {
        using var packed = new MemoryStream();
        packed.Write(stackalloc byte[HeaderLength]);
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(Json(values, content).Span);
        var state = packed.ToArray();
        Mark.CopyTo(state);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(13), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(state.AsSpan(17), Sum(state));
        return state;
    }

    /// <summary>What <paramref name="state"/> holds. When it cannot be read: a new instance's, and <paramref name="fault"/> says what was found in a sentence.</summary>
    internal static LoadedState Read(ReadOnlySpan<byte> state, out string? fault)
    {
        fault = Fault(state);
        if (fault is null)
        {
            try
            {
                return Parse(Unpack(state[HeaderLength..]));
            }
            catch (Exception damage) when (damage is JsonException or InvalidDataException or InvalidOperationException or FormatException or KeyNotFoundException)
            {
                fault = "The state is damaged: its content is not of the form of a state.";
            }
            catch (RepertoireFormatException damage)
            {
                fault = $"The state's repertoire {damage.Message}.";
            }
        }

        return new LoadedState([.. ParameterTable.All.Select(p => p.Default)], null);
    }

    private static string? Fault(ReadOnlySpan<byte> state)
    {
        if (state.Length < HeaderLength || !state.StartsWith(Mark)) return $"The state of {state.Length} bytes is none of QuantumImprov's.";
        if (BinaryPrimitives.ReadUInt32LittleEndian(state[17..]) != Sum(state)) return "The state is damaged or cut short: its content does not match its checksum.";
        var version = BinaryPrimitives.ReadInt32LittleEndian(state[13..]);
        return version is < 1 or > Version ? $"The state is of version {version}, made by a newer QuantumImprov; this one reads versions 1 to {Version}." : null;
    }

    private static uint Sum(ReadOnlySpan<byte> state) => Crc32C.Of(state[HeaderLength..]) ^ BinaryPrimitives.ReadUInt32LittleEndian(state[13..]) * 0x9E3779B1;

    private static ReadOnlyMemory<byte> Json(ParameterValues values, RepertoireContent? content)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 12);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("parameters");
        foreach (var parameter in ParameterTable.All)
        {
            if (parameter.Kind == ParameterKind.Press) continue;
            if (parameter.Kind == ParameterKind.Choice) json.WriteString(parameter.Symbol, parameter.Choices[(int)parameter.Clean(values[parameter])]);
            else json.WriteNumber(parameter.Symbol, values[parameter]);
        }

        json.WriteEndObject();
        if (content is not null)
        {
            json.WritePropertyName("repertoire");
            json.WriteRawValue(RepertoireText.Write(content).Span, skipInputValidation: true);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        using var deflate = new DeflateStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        using var text = new MemoryStream();
        var chunk = new byte[1 << 16];
        for (int read; (read = deflate.Read(chunk)) > 0;)
        {
            if (text.Length + read > RepertoireLimits.MostTextBytes) throw new InvalidDataException();
            text.Write(chunk, 0, read);
        }

        return text.ToArray();
    }

    private static LoadedState Parse(byte[] text)
    {
        using var document = JsonDocument.Parse(text);
        var parameters = document.RootElement.GetProperty("parameters");
        double[] values = [.. ParameterTable.All.Select(p => p.Default)];
        for (var i = 0; i < values.Length; i++)
        {
            if (parameters.TryGetProperty(ParameterTable.All[i].Symbol, out var value)) values[i] = Value(ParameterTable.All[i], value);
        }

        if (!document.RootElement.TryGetProperty("repertoire", out var repertoire)) return new LoadedState([.. values], null);
        var content = RepertoireText.Read(System.Text.Encoding.UTF8.GetBytes(repertoire.GetRawText()));
        return RepertoireLimits.Fault(content) is { } fault ? throw new RepertoireFormatException(fault) : new LoadedState([.. values], content);
    }

    private static double Value(Parameter parameter, JsonElement value)
    {
        if (parameter.Kind != ParameterKind.Choice) return parameter.Clean(value.GetDouble());
        var choice = parameter.Choices.IndexOf(value.GetString() ?? "");
        return choice < 0 ? parameter.Default : choice;
    }
}
