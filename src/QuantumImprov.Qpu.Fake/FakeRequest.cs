using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace QuantumImprov.Qpu.Fake;

/// <summary>A request as a fake vendor sees it.</summary>
internal sealed record FakeRequest(string Method, string Path, IQueryCollection Query, IHeaderDictionary Headers, string Body, string Host)
{
    /// <summary>The path's parts, decoded.</summary>
    internal string[] Parts { get; } = [.. Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    internal JsonNode? Json()
    {
        try
        {
            return JsonNode.Parse(Body);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    internal string Header(string name) => Headers[name].ToString();
}
