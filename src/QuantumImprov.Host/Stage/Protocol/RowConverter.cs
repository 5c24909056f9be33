using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuantumImprov.Host.Stage.Protocol;

/// <summary>Writes records that are marked as rows as arrays of their values.</summary>
internal sealed class RowConverter : JsonConverter<object>
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeToConvert.GetCustomAttribute<RowAttribute>() is not null;

    /// <summary>Never: rows are only written.</summary>
    public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Rows are only written.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var property in value.GetType().GetProperties()) JsonSerializer.Serialize(writer, property.GetValue(value), property.PropertyType, options);
        writer.WriteEndArray();
    }
}
