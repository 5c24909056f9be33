using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace QuantumImprov.Qpu.Fake;

/// <summary>What a fake vendor answers.</summary>
internal sealed record FakeResponse(int Status, byte[] Body, string ContentType = "application/json")
{
    internal Dictionary<string, string> Headers { get; } = [];

    internal static FakeResponse Json(JsonNode? json, int status = 200) => new(status, Encoding.UTF8.GetBytes(json?.ToJsonString() ?? ""));

    internal static FakeResponse Empty(int status) => new(status, []);

    internal FakeResponse With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
