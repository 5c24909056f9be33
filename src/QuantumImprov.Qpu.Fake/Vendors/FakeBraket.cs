using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Qpu.Fake.Vendors;

/// <summary>Amazon Braket: tasks by client token, programs and program sets in its dialect, requests that are signed within five minutes of the server's clock.</summary>
internal sealed partial class FakeBraket(FakeCloudOptions options, FakeJobs jobs, FaultScript faults) : IFakeVendor
{
    internal const string Bucket = "amazon-braket-fake";

    private static readonly (Regex From, string To)[] Words = [.. new[] { ("cnot", "cx"), ("ccnot", "ccx"), ("si", "sdg"), ("ti", "tdg"), ("vi", "sxdg"), ("v", "sx"), ("phaseshift", "p"), ("i", "id") }.Select(w => (new Regex($@"\b{w.Item1}\b(?=[ (])"), w.Item2))];

    public string Prefix => "braket";

    public IEnumerable<(string Name, string Value)> Variables(string root, string key) =>
        [("AWS_ACCESS_KEY_ID", "AKIDFAKE0000"), ("AWS_SECRET_ACCESS_KEY", key), ("AWS_REGION", "us-east-1"), ("QUANTUMIMPROV_BRAKET_BUCKET", Bucket), ("QUANTUMIMPROV_BRAKET_URL", root)];

    public FakeResponse Answer(FakeRequest request)
    {
        if (Refusal(request, options, "braket") is { } refusal) return refusal;
        return (request.Method, request.Parts) switch
        {
            ("GET", ["device", var arn]) => FakeResponse.Json(new JsonObject
            {
                ["deviceArn"] = arn, ["deviceStatus"] = "ONLINE", ["deviceQueueInfo"] = new JsonArray(new JsonObject { ["queue"] = "QUANTUM_TASKS_QUEUE", ["queueSize"] = ">19", ["queuePriority"] = "Normal" }),
            }),
            ("POST", ["quantum-task"]) => Submit(request),
            ("GET", ["quantum-task", var arn]) => jobs.Find(Prefix, arn) is { } job ? FakeResponse.Json(Task(job)) : Error(404, "ResourceNotFoundException", "There is no such task."),
            ("PUT", ["quantum-task", var arn, "cancel"]) => jobs.Find(Prefix, arn) is not { } job ? Error(404, "ResourceNotFoundException", "There is no such task.")
                : jobs.Cancel(job) ? FakeResponse.Json(new JsonObject { ["quantumTaskArn"] = arn, ["cancellationStatus"] = "CANCELLING" }) : Error(409, "ConflictException", "The task has ended."),
            _ => Error(404, "ResourceNotFoundException", "There is no such path."),
        };
    }

    /// <summary>Why a request is not taken for signed; null when it is.</summary>
    internal static FakeResponse? Refusal(FakeRequest request, FakeCloudOptions options, string service)
    {
        var now = options.Time.GetUtcNow() + options.ClockSkew;
        var header = request.Header("Authorization");
        if (!header.StartsWith("AWS4-HMAC-SHA256 Credential=AKIDFAKE0000/", StringComparison.Ordinal) || !header.Contains($"/{service}/aws4_request, SignedHeaders=", StringComparison.Ordinal) || !Signature().IsMatch(header))
            return Error(403, "IncompleteSignatureException", "The request is not signed.");
        if (!DateTimeOffset.TryParseExact(request.Header("X-Amz-Date"), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed) || (now - signed).Duration() > TimeSpan.FromMinutes(5))
            return Error(403, "InvalidSignatureException", "InvalidSignatureException: the signature is not yet current, or not any more.");
        return service == "s3" && request.Header("x-amz-content-sha256").Length != 64 ? Error(400, "InvalidRequest", "x-amz-content-sha256 is missing.") : null;
    }

    private FakeResponse Submit(FakeRequest request)
    {
        if (request.Json() is not JsonObject body || body["action"]?.ToString() is not { } text || JsonNode.Parse(text) is not JsonObject action) return Error(400, "ValidationException", "An action is needed.");
        if (body["clientToken"]?.ToString() is not { Length: >= 1 and <= 64 } token) return Error(400, "ValidationException", "A client token of 1 to 64 characters is needed.");
        if (body["outputS3Bucket"]?.ToString().StartsWith("amazon-braket-", StringComparison.Ordinal) != true) return Error(400, "ValidationException", "The bucket's name begins with amazon-braket-.");
        if (jobs.ByTag(Prefix, token) is { } known) return FakeResponse.Json(new JsonObject { ["quantumTaskArn"] = known.Id }, 201);
        var sources = action["programs"] is JsonArray programs ? programs.Select(p => p!["source"]!.ToString()) : [action["source"]!.ToString()];
        var circuits = ImmutableArray.CreateBuilder<Circuit>();
        foreach (var source in sources)
        {
            try
            {
                circuits.Add(OpenQasmReader.Read(Words.Aggregate(source, (s, w) => w.From.Replace(s, w.To)).Replace("OPENQASM 3.0;", "OPENQASM 3.0; include \"stdgates.inc\";", StringComparison.Ordinal)));
            }
            catch (CircuitTextException e)
            {
                return Error(400, "ValidationException", e.Message);
            }
        }

        var shots = (int)((long)body["shots"]! / circuits.Count);
        var job = jobs.Add(Prefix, token, circuits.ToImmutable(), shots, $"arn:aws:braket:us-east-1:000000000000:quantum-task/{token}")!;
        return FakeResponse.Json(new JsonObject { ["quantumTaskArn"] = job.Id }, 201);
    }

    private JsonObject Task(FakeJob job) => new()
    {
        ["quantumTaskArn"] = job.Id, ["status"] = faults.Take(FaultKind.UnknownState) ? "PONDERING" : job.State(jobs.Now) switch { JobState.Queued => "QUEUED", JobState.Running => "RUNNING", JobState.Done => "COMPLETED", _ => "CANCELLED" },
        ["outputS3Bucket"] = Bucket, ["outputS3Directory"] = $"qimprov/{job.Tag}", ["queueInfo"] = new JsonObject { ["queue"] = "QUANTUM_TASKS_QUEUE", ["position"] = "None" },
    };

    private static FakeResponse Error(int status, string type, string message) => FakeResponse.Json(new JsonObject { ["message"] = message, ["type"] = type }, status).With("x-amzn-errortype", type);

    [GeneratedRegex("Signature=[0-9a-f]{64}$")]
    private static partial Regex Signature();
}
