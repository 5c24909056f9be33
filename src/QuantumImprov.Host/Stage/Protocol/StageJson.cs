using System.Buffers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace QuantumImprov.Host.Stage.Protocol;

/// <summary>Writes the records of messages. Not for what goes out many times a second: it looks at each by reflection. [any]</summary>
internal static class StageJson
{
    private static readonly JsonSerializerOptions Writing = OptionsWith(new RowConverter());

    /// <summary>How records become JSON: names and enumerations in camel case, nothing for what a record <see cref="LeavesOutAttribute">leaves out</see>.</summary>
    public static JsonSerializerOptions OptionsWith(params IEnumerable<JsonConverter> more)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(LeaveOut),
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        foreach (var converter in more) options.Converters.Add(converter);
        return options;
    }

    /// <summary>The type of the message that <paramref name="record"/> describes.</summary>
    public static string TypeOf(Type record) => record.Name.ToLowerInvariant();

    /// <summary><paramref name="message"/>, one of <see cref="FromHost.Messages"/>, with its type before everything else.</summary>
    public static byte[] Write(object message)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, TypeOf(message.GetType()));
            foreach (var property in Writing.GetTypeInfo(message.GetType()).Properties)
            {
                var value = property.Get!(message);
                if (property.ShouldSerialize?.Invoke(message, value) == false) continue;
                json.WritePropertyName(property.Name);
                JsonSerializer.Serialize(json, value, property.PropertyType, Writing);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void LeaveOut(JsonTypeInfo type)
    {
        if (type.Type.GetCustomAttribute<LeavesOutAttribute>() is null) return;
        foreach (var property in type.Properties) property.ShouldSerialize = static (_, value) => value is not null;
    }
}
