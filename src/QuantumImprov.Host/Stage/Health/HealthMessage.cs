using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuantumImprov.Host.Stage.Health;

/// <summary>Health and concert as the pages get them; once for all pages. [any]</summary>
internal static class HealthMessage
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.Strict };

    public static byte[] Of(StageHealth health, StageConcert? concert) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type = "health", ends = LatencyHistogram.Ends, health, concert }, Plain);
}
