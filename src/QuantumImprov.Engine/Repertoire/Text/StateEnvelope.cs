using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace QuantumImprov.Engine.Repertoire.Text;

/// <summary>
/// What the plugin gives a host to keep in its project: "QuantumImprov", the version (4 bytes, little-endian), the CRC-32C of all that follows and of the version, then deflated JSON: the parameters by symbol, and what was learned as in
/// repertoire files, or nothing of it. [any]
/// </summary>
public static class StateEnvelope
{
    /// <summary>The version written, and the newest that is read.</summary>
    public const int Version = 1;

    private const int HeaderLength = 13 + 4 + 4;

    /// <summary>What every state begins with.</summary>
    public static ReadOnlySpan<byte> Mark => "QuantumImprov"u8;

    /// <summary>The state whose JSON, in UTF-8, is <paramref name="text"/>. Allocates.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> text)
    {
        using var packed = new MemoryStream();
        packed.Write(stackalloc byte[HeaderLength]);
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(text);
        var state = packed.ToArray();
        Mark.CopyTo(state);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(13), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(state.AsSpan(17), Sum(state));
        return state;
    }

    /// <summary>A state that knows <paramref name="content"/> and has its parameters where a new instance has them. Allocates.</summary>
    public static byte[] Wrap(RepertoireContent content)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 12);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("parameters");
        json.WriteEndObject();
        Write(json, content);
        json.WriteEndObject();
        json.Flush();
        return Wrap(buffer.WrittenSpan);
    }

    /// <summary>Writes what was learned into an open object of a state.</summary>
    public static void Write(Utf8JsonWriter json, RepertoireContent content)
    {
        json.WritePropertyName("repertoire");
        json.WriteRawValue(RepertoireText.Write(content).Span, skipInputValidation: true);
    }

    /// <summary>The repertoire in <paramref name="state"/>; null: what a fresh install knows, or <paramref name="fault"/> says in a sentence why it cannot be read. Allocates.</summary>
    public static RepertoireContent? ReadRepertoire(ReadOnlySpan<byte> state, out string? fault) => Read(state, RepertoireOf, out fault);

    /// <summary>What <paramref name="read"/> makes of a state's JSON; default when the state cannot be read, and <paramref name="fault"/> says why in a sentence. Allocates.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> state, Func<JsonElement, T?> read, out string? fault)
    {
        fault = Fault(state);
        if (fault is not null) return default;
        try
        {
            using var document = JsonDocument.Parse(Unpack(state[HeaderLength..]));
            return read(document.RootElement);
        }
        catch (Exception damage) when (damage is JsonException or InvalidDataException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            fault = "The state is damaged: its content is not of the form of a state.";
        }
        catch (RepertoireFormatException damage)
        {
            fault = $"The state's repertoire {damage.Message}.";
        }

        return default;
    }

    /// <summary>The repertoire in a state's JSON; null where there is none.</summary>
    /// <exception cref="RepertoireFormatException">It is not of the form of one.</exception>
    public static RepertoireContent? RepertoireOf(JsonElement state)
    {
        if (!state.TryGetProperty("repertoire", out var repertoire)) return null;
        var content = RepertoireText.Read(Encoding.UTF8.GetBytes(repertoire.GetRawText()));
        return RepertoireLimits.Fault(content) is { } fault ? throw new RepertoireFormatException(fault) : content;
    }

    private static string? Fault(ReadOnlySpan<byte> state)
    {
        if (state.Length < HeaderLength || !state.StartsWith(Mark)) return $"The state of {state.Length} bytes is none of QuantumImprov's.";
        if (BinaryPrimitives.ReadUInt32LittleEndian(state[17..]) != Sum(state)) return "The state is damaged or cut short: its content does not match its checksum.";
        var version = BinaryPrimitives.ReadInt32LittleEndian(state[13..]);
        return version is < 1 or > Version ? $"The state is of version {version}, made by a newer QuantumImprov; this one reads versions 1 to {Version}." : null;
    }

    private static uint Sum(ReadOnlySpan<byte> state) => Crc32C.Of(state[HeaderLength..]) ^ BinaryPrimitives.ReadUInt32LittleEndian(state[13..]) * 0x9E3779B1;

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
}
