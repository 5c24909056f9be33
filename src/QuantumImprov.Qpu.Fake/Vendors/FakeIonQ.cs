using System.Collections.Immutable;
using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Qpu.Fake.Vendors;

/// <summary>IonQ v0.4: multi-circuit jobs with children, both forms of results, no unknown fields, prices. The simulator is ideal and reports shares only, unless a noise model is asked for.</summary>
internal sealed class FakeIonQ(FakeCloudOptions options, FakeJobs jobs, FaultScript faults) : IFakeVendor, IKnowsItsRoot
{
    private static readonly HashSet<string> Allowed = ["type", "name", "metadata", "shots", "backend", "settings", "noise", "input", "dry_run", "session_id"];
    private static readonly (string Name, int Qubits)[] Devices = [("simulator", 29), ("qpu.aria-1", 25), ("qpu.forte-1", 36)];

    private readonly Dictionary<string, (bool Ideal, string Backend)> _about = [];

    public string Prefix => "ionq";

    public string Root { get; set; } = "";

    public IEnumerable<(string Name, string Value)> Variables(string root, string key) => [("IONQ_API_KEY", key), ("IONQ_API_URL", $"{root}/v0.4")];

    public FakeResponse Answer(FakeRequest request)
    {
        if (request is { Method: "GET", Parts: ["v0.4", "backends"] })
            return FakeResponse.Json(new JsonArray([.. Devices.Select(d => (JsonNode)new JsonObject { ["backend"] = d.Name, ["status"] = "available", ["qubits"] = d.Qubits, ["average_queue_time"] = 612, ["degraded"] = false })]));
        if (request.Header("Authorization") != $"apiKey {options.Key}") return Error(401, "Unauthorized", $"Invalid key provided: {request.Header("Authorization")}");
        return (request.Method, request.Parts) switch
        {
            ("POST", ["v0.4", "jobs"]) => Submit(request),
            ("GET", ["v0.4", "jobs", "estimate"]) => FakeResponse.Json(new JsonObject
            {
                ["estimated_cost"] = 1.5, ["cost_unit"] = "usd", ["estimated_execution_time"] = 10, ["current_predicted_queue_time"] = 12,
                ["rate_information"] = new JsonObject { ["job_cost_minimum"] = 1.0, ["cost_1q_gate"] = .000001, ["cost_2q_gate"] = .00001 },
            }),
            ("GET", ["v0.4", "jobs"]) => FakeResponse.Json(new JsonObject { ["jobs"] = new JsonArray([.. jobs.All.Where(j => j.Vendor == Prefix).Reverse().Take(50).Select(j => (JsonNode)Parent(j))]), ["next"] = null }),
            ("GET", ["v0.4", "jobs", var id, "cost"]) => Of(id, out _) is { } job ? Cost(job) : Missing(id),
            ("PUT", ["v0.4", "jobs", var id, "status", "cancel"]) => Of(id, out _) is not { } job ? Missing(id) : jobs.Cancel(job) ? FakeResponse.Json(new JsonObject { ["id"] = id, ["status"] = "canceled" }) : Error(409, "Conflict", "The job has ended."),
            ("GET", ["v0.4", "jobs", var id]) => Of(id, out var child) is { } job ? FakeResponse.Json(child < 0 ? Parent(job) : Child(job, child)) : Missing(id),
            ("GET", ["v0.4", "jobs", var id, "results", var kind]) => Of(id, out var child) is { } job && child >= 0 ? Results(job, child, kind) : Missing(id),
            ("GET", ["v0.4", "jobs", var id, "artifacts", var kind]) => Of(id, out var child) is { } job && child >= 0 ? Results(job, child, kind) : Missing(id),
            _ => Error(404, "NotFound", "There is no such path."),
        };
    }

    private FakeResponse Submit(FakeRequest request)
    {
        if (request.Json() is not JsonObject body) return Error(400, "BadRequest", "No JSON.");
        if (body.FirstOrDefault(f => !Allowed.Contains(f.Key)).Key is { } unknown) return Error(400, "BadRequest", $"\"{unknown}\" is not allowed.");
        if (body["type"]?.ToString() != "ionq.multi-circuit.v1" || body["input"]?["circuits"] is not JsonArray list) return Error(400, "BadRequest", "Only multi-circuit jobs are fake here.");
        if (body["metadata"] is JsonObject metadata && metadata.Any(m => m.Value?.GetValueKind() != System.Text.Json.JsonValueKind.String)) return Error(400, "BadRequest", "Metadata are strings.");
        var (qubits, native) = ((int)body["input"]!["qubits"]!, body["input"]!["gateset"]?.ToString() == "native");
        var circuits = ImmutableArray.CreateBuilder<Circuit>();
        foreach (var circuit in list)
        {
            if (Read(circuit!["circuit"]!.AsArray(), qubits, native) is not { } read) return Error(400, "BadRequest", "A gate is not known.");
            circuits.Add(read);
        }

        var backend = body["backend"]!.ToString();
        var job = jobs.Add(Prefix, body["metadata"]?["tag"]?.ToString() ?? "", circuits.ToImmutable(), (int)body["shots"]!, perMinute: options.JobsAMinute);
        if (job is null) return Error(429, "TooManyRequests", "Slow down.");
        lock (_about) _about[job.Id] = (backend == "simulator" && (body["noise"]?["model"]?.ToString() ?? "ideal") == "ideal", backend);
        return FakeResponse.Json(new JsonObject { ["id"] = job.Id, ["status"] = "submitted", ["session_id"] = null }, 201);
    }

    /// <summary>A list of gates as a circuit that reads all qubits; null when one is not known.</summary>
    internal static Circuit? Read(JsonArray gates, int qubits, bool native)
    {
        var circuit = new CircuitBuilder(qubits, qubits);
        foreach (var gate in gates)
        {
            var name = gate!["gate"]!.ToString();
            int[] targets = gate["target"] is { } one ? [(int)one] : [.. (gate["targets"] as JsonArray ?? []).Select(t => (int)t!)];
            var control = gate["control"] is { } c ? (int)c : -1;
            var known = native ? name switch
            {
                "gpi" or "gpi2" => circuit.Gate(name, [Radians(gate["phase"])], targets),
                "ms" => circuit.Gate("ms", [Radians(gate["phases"]![0]), Radians(gate["phases"]![1]), Radians(gate["angle"] ?? .25)], targets),
                _ => null,
            }
            : name switch
            {
                "x" or "y" or "z" or "h" or "s" or "t" or "swap" => circuit.Gate(name, targets),
                "not" => circuit.X(targets[0]),
                "si" => circuit.Gate("sdg", targets),
                "ti" => circuit.Gate("tdg", targets),
                "v" => circuit.Gate("sx", targets),
                "vi" => circuit.Gate("sxdg", targets),
                "rx" or "ry" or "rz" => circuit.Gate(name, [(double)gate["rotation"]!], targets),
                "cnot" => circuit.CX(control, targets[0]),
                _ => null,
            };
            if (known is null) return null;
        }

        return circuit.MeasureAll().Build();
    }

    private static double Radians(JsonNode? turns) => 2 * Math.PI * (double)turns!;

    // A child's id is its parent's with its number.
    private FakeJob? Of(string id, out int child)
    {
        child = -1;
        var dot = id.LastIndexOf('.');
        if (dot >= 0 && !int.TryParse(id.AsSpan(dot + 1), System.Globalization.CultureInfo.InvariantCulture, out child)) return null;
        var job = jobs.Find(Prefix, dot < 0 ? id : id[..dot]);
        return job is not null && child < job.Circuits.Length ? job : null;
    }

    private JsonObject Parent(FakeJob job)
    {
        var json = About(job, job.Id);
        json["type"] = "ionq.multi-circuit.v1";
        json["metadata"] = new JsonObject { ["tag"] = job.Tag };
        json["child_job_ids"] = new JsonArray([.. Enumerable.Range(0, job.Circuits.Length).Select(i => (JsonNode)$"{job.Id}.{i}")]);
        return json;
    }

    private JsonObject Child(FakeJob job, int child)
    {
        var json = About(job, $"{job.Id}.{child}");
        json["parent_job_id"] = job.Id;
        json["child_job_ids"] = null;
        var results = new JsonObject();
        foreach (var kind in Ideal(job) ? (string[])["probabilities"] : ["probabilities", "histogram", "shots"])
        {
            if (options.NewShapes) results[$"ionq.result.{kind}.json.v1"] = new JsonObject { ["id"] = kind, ["format"] = $"ionq.result.{kind}.json.v1", ["media_type"] = "application/json" };
            else results[kind] = new JsonObject { ["url"] = $"/ionq/v0.4/jobs/{job.Id}.{child}/results/{kind}" };
        }

        json["results"] = job.State(jobs.Now) == JobState.Done ? results : null;
        return json;
    }

    private JsonObject About(FakeJob job, string id)
    {
        var state = job.State(jobs.Now);
        return new JsonObject
        {
            ["id"] = id, ["status"] = faults.Take(FaultKind.UnknownState) ? "pondering" : state switch { JobState.Queued => "ready", JobState.Running => "started", JobState.Done => "completed", _ => "canceled" }, ["shots"] = job.Shots,
            ["submitted_at"] = job.At.ToString("O"), ["predicted_wait_time_ms"] = state == JobState.Queued ? Math.Min(1e9, (job.Done - jobs.Now).TotalMilliseconds) : null, ["failure"] = null, ["dry_run"] = false,
        };
    }

    private FakeResponse Results(FakeJob job, int child, string kind)
    {
        if (job.State(jobs.Now) != JobState.Done) return Missing(job.Id);
        if (Ideal(job))
        {
            if (kind != "probabilities") return Missing(job.Id);
            var law = FakeJobs.IdealLaw(job.Circuits[child]);
            return FakeResponse.Json(new JsonObject(Enumerable.Range(0, law.Length).Where(w => law[w] > 1e-12).Select(w => KeyValuePair.Create<string, JsonNode?>($"{w}", law[w]))));
        }

        var results = jobs.Results(job, native: false);
        if (child >= results.Length) return Missing(job.Id);
        return kind switch
        {
            "shots" => FakeResponse.Json(new JsonArray([.. results[child].Shots.Select(s => (JsonNode)$"{s}")])),
            "histogram" => FakeResponse.Json(new JsonObject(results[child].ByBits.Select(c => KeyValuePair.Create<string, JsonNode?>($"{c.Key}", c.Value)))),
            "probabilities" => FakeResponse.Json(new JsonObject(results[child].ByBits.Select(c => KeyValuePair.Create<string, JsonNode?>($"{c.Key}", c.Value / (double)job.Shots)))),
            _ => Missing(job.Id),
        };
    }

    private FakeResponse Cost(FakeJob job)
    {
        var cost = Simulated(job) ? 0 : 1.0;
        return FakeResponse.Json(new JsonObject { ["dry_run"] = false, ["estimated_cost"] = new JsonObject { ["value"] = cost, ["unit"] = "usd" }, ["cost"] = new JsonObject { ["value"] = cost, ["unit"] = "usd" } });
    }

    private bool Ideal(FakeJob job)
    {
        lock (_about) return _about[job.Id].Ideal;
    }

    private bool Simulated(FakeJob job)
    {
        lock (_about) return _about[job.Id].Backend == "simulator";
    }

    private static FakeResponse Missing(string id) => Error(404, "NotFound", $"Job {id} was not found.");

    private static FakeResponse Error(int status, string error, string message) => FakeResponse.Json(new JsonObject { ["statusCode"] = status, ["error"] = error, ["message"] = message }, status);
}
