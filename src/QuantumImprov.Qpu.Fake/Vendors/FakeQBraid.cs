using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Qpu.Fake.Vendors;

/// <summary>qBraid v2: OpenQASM 3, counts, a conflict while results are not ready.</summary>
internal sealed class FakeQBraid(FakeCloudOptions options, FakeJobs jobs, FaultScript faults) : IFakeVendor
{
    public string Prefix => "qbraid";

    public IEnumerable<(string Name, string Value)> Variables(string root, string key) => [("QBRAID_API_KEY", key), ("QUANTUMIMPROV_QBRAID_URL", $"{root}/api/v1")];

    public FakeResponse Answer(FakeRequest request)
    {
        if (request.Header("X-API-KEY") != options.Key) return Error(401, $"The key {request.Header("X-API-KEY")} is not known.");
        return (request.Method, request.Parts) switch
        {
            ("POST", ["api", "v1", "jobs"]) => Submit(request),
            ("GET", ["api", "v1", "jobs", var id]) => jobs.Find(Prefix, id) is { } job ? Good(new JsonObject { ["jobQrn"] = id, ["status"] = Word(job), ["statusMsg"] = null, ["queuePosition"] = null }) : Error(404, "There is no such job."),
            ("GET", ["api", "v1", "jobs", var id, "result"]) => jobs.Find(Prefix, id) is not { } job ? Error(404, "There is no such job.") : job.State(jobs.Now) != JobState.Done ? Error(409, "The results are not ready.") : Result(job),
            ("POST", ["api", "v1", "jobs", var id, "cancel"]) => jobs.Find(Prefix, id) is not { } job ? Error(404, "There is no such job.") : jobs.Cancel(job) ? FakeResponse.Json(new JsonObject { ["success"] = true, ["data"] = new JsonObject { ["status"] = "CANCELLING" } }, 202) : Error(409, "The job has ended."),
            _ => Error(404, "There is no such path."),
        };
    }

    private FakeResponse Submit(FakeRequest request)
    {
        if (request.Json() is not JsonObject body || body["program"]?["format"]?.ToString() != "qasm3") return Error(422, "A program in qasm3 is needed.");
        try
        {
            var job = jobs.Add(Prefix, body["name"]?.ToString() ?? "", [OpenQasmReader.Read(body["program"]!["data"]!.ToString())], (int)body["shots"]!)!;
            return FakeResponse.Json(new JsonObject { ["success"] = true, ["data"] = new JsonObject { ["jobQrn"] = job.Id, ["status"] = "INITIALIZING" } }, 201);
        }
        catch (CircuitTextException e)
        {
            return Error(422, e.Message);
        }
    }

    private FakeResponse Result(FakeJob job)
    {
        var results = jobs.Results(job, native: false);
        var counts = results.Length == 0 ? [] : results[0].ByBits.Select(c => KeyValuePair.Create<string, JsonNode?>(Convert.ToString((long)c.Key, 2).PadLeft(job.Circuits[0].Bits, '0'), c.Value));
        return Good(new JsonObject { ["status"] = "COMPLETED", ["cost"] = 0, ["resultData"] = new JsonObject { ["measurementCounts"] = new JsonObject(counts) } });
    }

    private string Word(FakeJob job) => faults.Take(FaultKind.UnknownState) ? "PONDERING" : job.State(jobs.Now) switch { JobState.Queued => "QUEUED", JobState.Running => "RUNNING", JobState.Done => "COMPLETED", _ => "CANCELLED" };

    private static FakeResponse Good(JsonObject data) => FakeResponse.Json(new JsonObject { ["success"] = true, ["data"] = data });

    private static FakeResponse Error(int status, string message) => FakeResponse.Json(new JsonObject { ["success"] = false, ["message"] = message }, status);
}
