using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Qpu.Fake.Vendors;

/// <summary>IBM Quantum Platform as far as the sampler goes: IAM tokens, one device of 20 qubits with a row and three side arms, programs checked against its gates and pairs, five jobs a minute.</summary>
internal sealed partial class FakeIbm(FakeCloudOptions options, FakeJobs jobs, FaultScript faults) : IFakeVendor
{
    internal const string Device = "fake_row";

    private const int Qubits = 20;

    private static readonly HashSet<string> Basis = ["cz", "rz", "sx", "x"];
    private static readonly HashSet<(int, int)> Pairs = [.. Enumerable.Range(0, 15).Select(q => (q, q + 1)), (3, 16), (16, 17), (8, 18), (12, 19)];

    private readonly Dictionary<string, DateTimeOffset> _tokens = [];
    private int _tokenNumber;

    public string Prefix => "ibm";

    public IEnumerable<(string Name, string Value)> Variables(string root, string key) =>
    [
        ("QISKIT_IBM_TOKEN", key), ("QISKIT_IBM_INSTANCE", $"crn:v1:bluemix:public:quantum-computing:us-east:a/{key}-account::"), ("QUANTUMIMPROV_IBM_URL", $"{root}/api/v1"), ("QUANTUMIMPROV_IBM_IAM_URL", $"{root}/identity/token"),
    ];

    public FakeResponse Answer(FakeRequest request)
    {
        if (request.Path == "/identity/token") return Token(request);
        var token = request.Header("Authorization").Replace("Bearer ", "", StringComparison.Ordinal);
        lock (_tokens)
        {
            if (!_tokens.TryGetValue(token, out var until) || jobs.Now >= until) return Error(401, "1200", "The token is not valid, or not any more.");
        }

        if (request.Header("Service-CRN").Length == 0) return Error(400, "1201", "Service-CRN is missing.");
        if (request.Header("IBM-API-Version").Length == 0) return FakeResponse.Json(new JsonObject { ["devices"] = new JsonArray(Device) });
        return (request.Method, request.Parts) switch
        {
            ("GET", ["api", "v1", "backends"]) => FakeResponse.Json(new JsonObject { ["devices"] = new JsonArray(new JsonObject { ["name"] = Device, ["status"] = new JsonObject { ["name"] = "online" }, ["is_simulator"] = false, ["qubits"] = Qubits, ["queue_length"] = 3 }) }),
            ("GET", ["api", "v1", "backends", Device, "configuration"]) => Configuration(),
            ("GET", ["api", "v1", "backends", Device, "properties"]) => Properties(),
            ("GET", ["api", "v1", "backends", Device, "status"]) => FakeResponse.Json(new JsonObject { ["state"] = true, ["status"] = "active", ["message"] = "", ["length_queue"] = 3, ["backend_version"] = "1.0.0" }),
            ("POST", ["api", "v1", "jobs"]) => Submit(request),
            ("GET", ["api", "v1", "jobs"]) => List(request),
            ("GET", ["api", "v1", "jobs", var id]) => jobs.Find(Prefix, id) is { } job ? FakeResponse.Json(Details(job)) : Missing(id),
            ("GET", ["api", "v1", "jobs", var id, "results"]) => jobs.Find(Prefix, id) is { } job ? Results(job) : Missing(id),
            ("GET", ["api", "v1", "jobs", var id, "metrics"]) => jobs.Find(Prefix, id) is { } job ? Metrics(job) : Missing(id),
            ("POST", ["api", "v1", "jobs", var id, "cancel"]) => jobs.Find(Prefix, id) is not { } job ? Missing(id) : jobs.Cancel(job) ? FakeResponse.Empty(204) : Error(409, "1291", "The job cannot be cancelled any more."),
            _ => Error(404, "1291", $"There is no {request.Path}."),
        };
    }

    private FakeResponse Token(FakeRequest request)
    {
        var form = HttpUtility.ParseQueryString(request.Body);
        if (form["grant_type"] != "urn:ibm:params:oauth:grant-type:apikey" || form["apikey"] != options.Key)
            return FakeResponse.Json(new JsonObject { ["errorCode"] = "BXNIM0415E", ["errorMessage"] = $"Provided API key {form["apikey"]} could not be found." }, 400);
        lock (_tokens)
        {
            var token = $"fake-token-{options.Key}-{++_tokenNumber}";
            _tokens[token] = jobs.Now + options.TokenLife;
            return FakeResponse.Json(new JsonObject { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = (int)options.TokenLife.TotalSeconds, ["expiration"] = (jobs.Now + options.TokenLife).ToUnixTimeSeconds() });
        }
    }

    private static FakeResponse Configuration() => FakeResponse.Json(new JsonObject
    {
        ["backend_name"] = Device, ["n_qubits"] = Qubits, ["basis_gates"] = new JsonArray("cz", "id", "rz", "sx", "x"), ["max_shots"] = 100_000, ["max_experiments"] = 300, ["default_rep_delay"] = 250.0, ["simulator"] = false,
        ["coupling_map"] = new JsonArray([.. Pairs.SelectMany(p => (JsonNode[])[new JsonArray(p.Item1, p.Item2), new JsonArray(p.Item2, p.Item1)])]),
    });

    // Pair 4-5 is out of order, so that a row must not go through it.
    private static FakeResponse Properties()
    {
        var gates = new JsonArray([.. Pairs.Select(p => (JsonNode)new JsonObject { ["gate"] = "cz", ["qubits"] = new JsonArray(p.Item1, p.Item2), ["parameters"] = new JsonArray(Parameter("gate_error", p == (4, 5) ? 1 : .003 + (.0001 * p.Item1))) })]);
        var qubits = new JsonArray([.. Enumerable.Range(0, Qubits).Select(q => (JsonNode)new JsonArray(Parameter("T1", 170), Parameter("readout_error", .01 + (.001 * (q % 5)))))]);
        return FakeResponse.Json(new JsonObject { ["backend_name"] = Device, ["qubits"] = qubits, ["gates"] = gates });
    }

    private static JsonObject Parameter(string name, double value) => new() { ["name"] = name, ["value"] = value, ["unit"] = "" };

    private FakeResponse Submit(FakeRequest request)
    {
        if (request.Json() is not JsonObject body || body["program_id"]?.ToString() != "sampler" || body["params"]?["pubs"] is not JsonArray pubs || pubs.Count == 0) return Error(400, "1211", "A sampler job with PUBs is needed.");
        if (body["backend"]?.ToString() != Device) return Error(404, "1207", "There is no such backend.");
        var circuits = ImmutableArray.CreateBuilder<Circuit>();
        var shots = 0;
        foreach (var pub in pubs)
        {
            if (pub is not JsonArray { Count: > 0 } pubParts || pubParts[0] is not { } text) return Error(400, "1211", "A PUB is [program, parameters, shots].");
            if (Read(text.ToString(), out var fault) is not { } circuit) return Error(400, "1517", fault);
            circuits.Add(circuit);
            shots = pubParts.Count > 2 ? (int)pubParts[2]! : 4096;
        }

        if (shots is < 1 or > 100_000 || (long)shots * circuits.Count > 10_000_000) return Error(400, "1212", "Too many executions.");
        var tag = body["tags"]?[0]?.ToString() ?? "";
        return jobs.Add(Prefix, tag, circuits.ToImmutable(), shots, perMinute: options.JobsAMinute) is { } job ? FakeResponse.Json(new JsonObject { ["id"] = job.Id, ["backend"] = Device })
            : Error(429, "1202", $"Too many jobs requests received: the limit is {options.JobsAMinute} per minute").With("Retry-After", "1");
    }

    /// <summary>An ISA program on physical qubits as a circuit of as many qubits as it uses; null with the fault when it does not match the target.</summary>
    internal static Circuit? Read(string text, out string fault)
    {
        fault = "";
        var used = Physical().Matches(text).Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order().ToList();
        if (used.Count is 0 or > 20 || used[^1] >= Qubits)
        {
            fault = "The program uses no physical qubits, or some that the device does not have.";
            return null;
        }

        var renamed = Physical().Replace(text, m => $"q[{used.IndexOf(int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))}]");
        renamed = renamed.Replace("include \"stdgates.inc\";", $"include \"stdgates.inc\"; qubit[{used.Count}] q;", StringComparison.Ordinal);
        Circuit circuit;
        try
        {
            circuit = OpenQasmReader.Read(renamed);
        }
        catch (CircuitTextException e)
        {
            fault = e.Message;
            return null;
        }

        foreach (var operation in circuit.Operations.Where(o => o.Gate.IsUnitary))
        {
            if (!Basis.Contains(operation.Gate.Name)) fault = $"The instruction {operation.Gate.Name} is not supported by the target system.";
            if (operation.Qubits.Length == 2 && !Pairs.Contains((used[operation.Qubits[0]], used[operation.Qubits[1]])) && !Pairs.Contains((used[operation.Qubits[1]], used[operation.Qubits[0]])))
                fault = $"The instruction {operation.Gate.Name} on qubits ({used[operation.Qubits[0]]}, {used[operation.Qubits[1]]}) is not supported by the target system.";
        }

        return fault.Length == 0 ? circuit : null;
    }

    private FakeResponse List(FakeRequest request)
    {
        var tag = request.Query["tags"].ToString();
        var found = jobs.All.Where(j => j.Vendor == Prefix && (tag.Length == 0 || j.Tag == tag)).Reverse().Take(200).ToList();
        return FakeResponse.Json(new JsonObject { ["jobs"] = new JsonArray([.. found.Select(j => (JsonNode)Details(j))]), ["count"] = found.Count, ["limit"] = 200, ["offset"] = 0 });
    }

    private JsonObject Details(FakeJob job)
    {
        var word = faults.Take(FaultKind.UnknownState) ? "Pondering" : job.State(jobs.Now) switch { JobState.Queued => "Queued", JobState.Running => "Running", JobState.Done => "Completed", _ => "Cancelled" };
        return new JsonObject
        {
            ["id"] = job.Id, ["backend"] = Device, ["state"] = new JsonObject { ["status"] = word }, ["status"] = word, ["program"] = new JsonObject { ["id"] = "sampler" }, ["created"] = job.At.ToString("O"), ["tags"] = new JsonArray(job.Tag),
            ["usage"] = new JsonObject { ["seconds"] = 0 },
        };
    }

    private FakeResponse Results(FakeJob job)
    {
        if (job.State(jobs.Now) != JobState.Done) return Error(400, "1220", "The job has no results yet.");
        var results = jobs.Results(job, native: true);
        return FakeResponse.Json(new JsonObject
        {
            ["results"] = new JsonArray([.. results.Select((r, i) => (JsonNode)new JsonObject
            {
                ["data"] = new JsonObject { ["c"] = new JsonObject { ["samples"] = new JsonArray([.. r.Shots.Select(s => (JsonNode)$"0x{s:x}")]), ["num_bits"] = job.Circuits[i].Bits } }, ["metadata"] = new JsonObject(),
            })]),
            ["metadata"] = new JsonObject { ["version"] = 2 },
        });
    }

    private FakeResponse Metrics(FakeJob job) => FakeResponse.Json(new JsonObject { ["usage"] = new JsonObject { ["quantum_seconds"] = Math.Round(1 + (260e-6 * job.Shots * job.Circuits.Length), 3) }, ["position_in_queue"] = job.State(jobs.Now) == JobState.Queued ? 1 : null });

    private static FakeResponse Missing(string id) => Error(404, "1291", $"Job {id} not found.");

    private static FakeResponse Error(int status, string code, string message) =>
        FakeResponse.Json(new JsonObject { ["trace"] = "fake", ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message, ["more_info"] = "" }) }, status);

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Physical();
}
