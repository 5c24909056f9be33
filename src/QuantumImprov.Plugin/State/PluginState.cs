using System.Buffers;
using System.Text.Json;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Repertoire.Text;
using QuantumImprov.Plugin.Parameters;

namespace QuantumImprov.Plugin.State;

/// <summary>
/// A state as bytes (see <see cref="StateEnvelope"/>): the parameters by symbol, a choice by its name, and what was learned. Parameters that a state does not know stand at their defaults; those it knows and this version does not are
/// left out. [any]
/// </summary>
internal static class PluginState
{
    /// <summary>The bytes of a state. Allocates.</summary>
    internal static byte[] Write(ParameterValues values, RepertoireContent? content)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 12);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("parameters");
        foreach (var parameter in ParameterTable.All)
        {
            if (parameter.Kind == ParameterKind.Press || parameter.IsMeter) continue;
            if (parameter.Kind == ParameterKind.Choice) json.WriteString(parameter.Symbol, parameter.Choices[(int)parameter.Clean(values[parameter])]);
            else json.WriteNumber(parameter.Symbol, values[parameter]);
        }

        json.WriteEndObject();
        if (content is not null) StateEnvelope.Write(json, content);
        json.WriteEndObject();
        json.Flush();
        return StateEnvelope.Wrap(buffer.WrittenSpan);
    }

    /// <summary>What <paramref name="state"/> holds. When it cannot be read: a new instance's, and <paramref name="fault"/> says what was found in a sentence.</summary>
    internal static LoadedState Read(ReadOnlySpan<byte> state, out string? fault) =>
        StateEnvelope.Read(state, Parse, out fault) ?? new LoadedState([.. ParameterTable.All.Select(p => p.Default)], null);

    private static LoadedState Parse(JsonElement state)
    {
        var parameters = state.GetProperty("parameters");
        double[] values = [.. ParameterTable.All.Select(p => p.Default)];
        for (var i = 0; i < values.Length; i++)
        {
            if (!ParameterTable.All[i].IsMeter && parameters.TryGetProperty(ParameterTable.All[i].Symbol, out var value)) values[i] = Value(ParameterTable.All[i], value);
        }

        return new LoadedState([.. values], StateEnvelope.RepertoireOf(state));
    }

    private static double Value(Parameter parameter, JsonElement value)
    {
        if (parameter.Kind != ParameterKind.Choice) return parameter.Clean(value.GetDouble());
        var choice = parameter.Choices.IndexOf(value.GetString() ?? "");
        return choice < 0 ? parameter.Default : choice;
    }
}
