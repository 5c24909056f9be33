using System.Globalization;
using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Qpu.Fake.Vendors;

/// <summary>The random numbers of ANU, out of a generator: lengths are strings, as theirs are.</summary>
internal sealed class FakeAnu(FakeCloudOptions options) : IFakeVendor
{
    private readonly Xoshiro _random = new(Xoshiro.Derive(options.Seed, 3));

    public string Prefix => "anu";

    public IEnumerable<(string Name, string Value)> Variables(string root, string key) => [("QRANDOM_API_KEY", key), ("QUANTUMIMPROV_ANU_URL", root)];

    public FakeResponse Answer(FakeRequest request)
    {
        if (request.Header("x-api-key") != options.Key) return FakeResponse.Json(new JsonObject { ["message"] = "Forbidden" }, 403);
        if (!int.TryParse(request.Query["length"], CultureInfo.InvariantCulture, out var length) || length is < 1 or > 1024 || request.Query["type"] != "hex16" || !int.TryParse(request.Query["size"], CultureInfo.InvariantCulture, out var size) || size is < 1 or > 10)
            return FakeResponse.Json(new JsonObject { ["success"] = false, ["message"] = "A length of 1 to 1024, the type hex16 and a size of 1 to 10 are needed." });
        lock (_random)
        {
            var data = new JsonArray([.. Enumerable.Range(0, length).Select(_ => (JsonNode)string.Concat(Enumerable.Range(0, size).Select(_ => (_random.NextBits() & 0xFFFF).ToString("x4", CultureInfo.InvariantCulture))))]);
            return FakeResponse.Json(new JsonObject { ["success"] = true, ["type"] = "hex16", ["length"] = $"{length}", ["data"] = data });
        }
    }
}
