using System.Text.Json;
using QuantumImprov.Host.Stage.Protocol;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

/// <summary>Messages held to the schema.</summary>
internal static class StageContract
{
    private static readonly JsonSchema Schema = new(StageSchema.Write());

    /// <summary>Fails unless <paramref name="message"/> is one that the host may say.</summary>
    public static void AssertFromHost(JsonElement message)
    {
        var faults = Schema.Faults("fromHost." + message.GetProperty("type").GetString(), message);
        Assert.True(faults.Count == 0, string.Join("; ", faults));
    }

    /// <summary>What of <paramref name="message"/> is not as a page may say it.</summary>
    public static IReadOnlyList<string> FaultsFromPage(JsonElement message) =>
        message.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? Schema.Faults("fromPage." + type.GetString(), message) : ["there is no type"];
}
