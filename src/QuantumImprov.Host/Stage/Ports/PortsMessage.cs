using System.Text.Json;

namespace QuantumImprov.Host.Stage.Ports;

/// <summary>The ports as the pages get them; once for all pages. [any]</summary>
internal static class PortsMessage
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    public static byte[] Of(StagePorts ports) => JsonSerializer.SerializeToUtf8Bytes(new { type = "ports", ports.Says, ports.Ends, ports.Routes }, Plain);
}
