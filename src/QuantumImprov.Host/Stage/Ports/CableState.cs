using System.Text.Json.Serialization;

namespace QuantumImprov.Host.Stage.Ports;

/// <summary>How one of our ports and another stand to each other.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CableState>))]
public enum CableState
{
    /// <summary>They are not connected.</summary>
    [JsonStringEnumMemberName("apart")]
    Apart,

    /// <summary>They are connected.</summary>
    [JsonStringEnumMemberName("in")]
    In,

    /// <summary>They are connected as soon as the other is there.</summary>
    [JsonStringEnumMemberName("awaited")]
    Awaited,
}
