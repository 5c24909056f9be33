using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Qpu.Fake.Vendors;

/// <summary>Azure Quantum: containers by shared access signature, jobs under the sender's own id, IonQ's and Quantinuum's formats.</summary>
internal sealed class FakeAzure(FakeCloudOptions options, FakeJobs jobs, FaultScript faults, ConcurrentDictionary<string, byte[]> blobs) : IFakeVendor, IKnowsItsRoot
{
    private readonly ConcurrentDictionary<string, string> _targets = [];

    public string Prefix => "azure";

    public string Root { get; set; } = "";

    public IEnumerable<(string Name, string Value)> Variables(string root, string key) =>
        [("AZURE_QUANTUM_CONNECTION_STRING", $"SubscriptionId=00000000-0000-0000-0000-000000000001;ResourceGroupName=fake;WorkspaceName=fake;ApiKey={key};QuantumEndpoint={root}")];

    public FakeResponse Answer(FakeRequest request)
    {
        if (request.Header("x-ms-quantum-api-key") != options.Key) return Error(401, "Unauthorized", $"The key {request.Header("x-ms-quantum-api-key")} is not known.");
        if (request.Query["api-version"].Count == 0) return Error(400, "MissingApiVersion", "api-version is missing.");
        if (request.Parts is not ["subscriptions", _, "resourceGroups", "fake", "providers", "Microsoft.Quantum", "workspaces", "fake", .. var rest]) return Error(404, "NotFound", "There is no such workspace.");
        return (request.Method, rest) switch
        {
            ("GET", ["providerStatus"]) => FakeResponse.Json(new JsonObject
            {
                ["value"] = new JsonArray(new JsonObject
                {
                    ["id"] = "ionq", ["targets"] = new JsonArray([.. new[] { "ionq.simulator", "ionq.qpu.aria-1", "quantinuum.sim.h2-1e" }.Select(t => (JsonNode)new JsonObject { ["id"] = t, ["currentAvailability"] = "Available", ["averageQueueTime"] = 12 })]),
                }),
            }),
            ("POST", ["storage", "sasUri"]) => FakeResponse.Json(new JsonObject { ["sasUri"] = Sas(request.Json()!["containerName"]!.ToString(), request.Json()!["blobName"]?.ToString()) }),
            ("PUT", ["jobs", var id]) => Submit(id, request),
            ("GET", ["jobs", var id]) => jobs.Find(Prefix, id) is { } job ? FakeResponse.Json(About(job)) : Error(404, "NotFound", "There is no such job."),
            ("POST", ["jobs", var id]) when id.EndsWith(":cancel", StringComparison.Ordinal) => jobs.Find(Prefix, id[..^7]) is not { } job ? Error(404, "NotFound", "There is no such job.") : jobs.Cancel(job) ? FakeResponse.Empty(204) : Error(409, "Conflict", "The job has ended."),
            _ => Error(404, "NotFound", "There is no such path."),
        };
    }

    private string Sas(string container, string? blob) => $"{Root}/azure-blob/{container}{(blob is null ? "" : "/" + blob)}?sv=2024-01-01&se={Uri.EscapeDataString((jobs.Now + TimeSpan.FromHours(1)).ToString("O"))}&sig={options.Key}";

    private FakeResponse Submit(string id, FakeRequest request)
    {
        if (request.Json() is not JsonObject body || body["target"]?.ToString() is not { } target) return Error(400, "InvalidJob", "A job is needed.");
        if (jobs.Find(Prefix, id) is { } known) return FakeResponse.Json(About(known));
        if (blobs.GetValueOrDefault($"job-{id}/inputData") is not { } input) return Error(400, "InvalidInput", "The input is not there.");
        Circuit? circuit;
        try
        {
            var text = Encoding.UTF8.GetString(input);
            circuit = body["inputDataFormat"]?.ToString() == "honeywell.openqasm.v1" ? OpenQasmReader.Read(text) : FakeIonQ.Read(JsonNode.Parse(text)!["circuit"]!.AsArray(), (int)JsonNode.Parse(text)!["qubits"]!, native: false);
        }
        catch (Exception e) when (e is CircuitTextException or System.Text.Json.JsonException)
        {
            circuit = null;
        }

        if (circuit is null) return Error(400, "InvalidInput", "The input cannot be read.");
        _targets[id] = target;
        return FakeResponse.Json(About(jobs.Add(Prefix, body["tags"]?[0]?.ToString() ?? "", [circuit], (int)body["inputParams"]!["shots"]!, id)!), 201);
    }

    private JsonObject About(FakeJob job)
    {
        var state = job.State(jobs.Now);
        var json = new JsonObject
        {
            ["itemType"] = "Job", ["id"] = job.Id, ["target"] = _targets[job.Id],
            ["status"] = faults.Take(FaultKind.UnknownState) ? "Pondering" : state switch { JobState.Queued => "Waiting", JobState.Running => "Executing", JobState.Done => "Succeeded", _ => "Cancelled" },
        };
        if (state != JobState.Done) return json;
        blobs[$"job-{job.Id}/rawOutputData"] = Encoding.UTF8.GetBytes(Output(job).ToJsonString());
        // Without a signature: one has to be asked for.
        json["outputDataUri"] = $"{Root}/azure-blob/job-{job.Id}/rawOutputData";
        json["costEstimate"] = new JsonObject { ["currencyCode"] = "USD", ["estimatedTotal"] = 0 };
        return json;
    }

    private JsonObject Output(FakeJob job)
    {
        var target = _targets[job.Id];
        if (target == "ionq.simulator")
        {
            var law = FakeJobs.IdealLaw(job.Circuits[0]);
            return new JsonObject { ["histogram"] = new JsonObject(Enumerable.Range(0, law.Length).Where(w => law[w] > 1e-12).Select(w => KeyValuePair.Create<string, JsonNode?>($"{w}", law[w]))) };
        }

        var results = jobs.Results(job, native: false);
        ImmutableArray<ulong> shots = results.Length == 0 ? [] : results[0].Shots;
        if (target.StartsWith("ionq", StringComparison.Ordinal))
            return new JsonObject { ["histogram"] = new JsonObject(shots.GroupBy(s => s).Select(g => KeyValuePair.Create<string, JsonNode?>($"{g.Key}", g.Count() / (double)job.Shots))) };
        return new JsonObject { ["c"] = new JsonArray([.. shots.Select(s => (JsonNode)Convert.ToString((long)s, 2).PadLeft(job.Circuits[0].Bits, '0'))]), ["access_token"] = options.Key };
    }

    private static FakeResponse Error(int status, string code, string message) => FakeResponse.Json(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }, status);
}
