using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Qpu.Fake.Vendors;

/// <summary>The blobs of Azure jobs, by signature.</summary>
internal sealed class FakeBlobs(FakeCloudOptions options, ConcurrentDictionary<string, byte[]> blobs) : IFakeVendor
{
    public string Prefix => "azure-blob";

    public IEnumerable<(string Name, string Value)> Variables(string root, string key) => [];

    public FakeResponse Answer(FakeRequest request)
    {
        if (request.Query["sig"].ToString() != options.Key) return FakeResponse.Empty(403);
        var name = string.Join('/', request.Parts);
        if (request.Method == "PUT")
        {
            if (request.Header("x-ms-blob-type") != "BlockBlob") return FakeResponse.Empty(400);
            blobs[name] = Encoding.UTF8.GetBytes(request.Body);
            return FakeResponse.Empty(201);
        }

        return blobs.TryGetValue(name, out var bytes) ? new FakeResponse(200, bytes) : FakeResponse.Empty(404);
    }
}
