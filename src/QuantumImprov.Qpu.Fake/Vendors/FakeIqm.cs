using System.Collections.Immutable;
using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Qpu.Fake.Vendors;

/// <summary>IQM: a star of a row, prx and cz in either dialect, long polls that end at once, no list of jobs.</summary>
internal sealed class FakeIqm(FakeCloudOptions options, FakeJobs jobs, FaultScript faults) : IFakeVendor
{
    private const int Qubits = 16;

    public string Prefix => "iqm";

    public IEnumerable<(string Name, string Value)> Variables(string root, string key) => [("IQM_TOKEN", key), ("IQM_SERVER_URL", $"{root}/api/v1")];

    public FakeResponse Answer(FakeRequest request)
    {
        if (request.Header("Authorization") != $"Bearer {options.Key}") return Error(401, "unauthorized", $"{request.Header("Authorization")} is not known.");
        return (request.Method, request.Parts) switch
        {
            ("GET", ["api", "v1", "calibration-sets", _, "default", "dynamic-quantum-architecture"]) => Architecture(),
            ("GET", ["api", "v1", "quantum-computers", _, "health"]) => FakeResponse.Json(new JsonObject { ["healthy"] = true }),
            ("GET", ["api", "v1", "quantum-computers", _, "limits"]) => FakeResponse.Json(new JsonObject { ["max_executions_per_job"] = 20_000 }),
            ("POST", ["api", "v1", "jobs", _, "circuit"]) => Submit(request),
            ("GET", ["api", "v1", "jobs", var id]) => jobs.Find(Prefix, id) is { } job ? About(job) : Missing(id),
            ("GET", ["api", "v1", "jobs", var id, "artifacts", "measurements"]) => jobs.Find(Prefix, id) is { } job && job.State(jobs.Now) == JobState.Done ? Measurements(job) : Missing(id),
            ("POST", ["api", "v1", "jobs", var id, "cancel"]) => jobs.Find(Prefix, id) is not { } job ? Missing(id) : jobs.Cancel(job) ? FakeResponse.Empty(200) : Error(409, "invalid_state", "The job has ended."),
            _ => Error(404, "not_found", "There is no such path."),
        };
    }

    private static FakeResponse Architecture() => FakeResponse.Json(new JsonObject
    {
        ["qubits"] = new JsonArray([.. Enumerable.Range(1, Qubits).Select(q => (JsonNode)$"QB{q}")]), ["computational_resonators"] = new JsonArray(),
        ["gates"] = new JsonObject
        {
            ["prx"] = new JsonObject { ["implementations"] = new JsonObject() },
            ["cz"] = new JsonObject { ["implementations"] = new JsonObject { ["crf"] = new JsonObject { ["loci"] = new JsonArray([.. Enumerable.Range(1, Qubits - 1).Select(q => (JsonNode)new JsonArray($"QB{q}", $"QB{q + 1}"))]) } } },
        },
    });

    private FakeResponse Submit(FakeRequest request)
    {
        if (request.Json()?["circuits"] is not JsonArray list || list.Count == 0) return Error(400, "invalid_request", "Circuits are needed.");
        var circuits = ImmutableArray.CreateBuilder<Circuit>();
        foreach (var circuit in list)
        {
            if (Read(circuit!["instructions"]!.AsArray()) is not { } read) return Error(400, "invalid_circuit", "An instruction is not known, or on a pair that is none.");
            circuits.Add(read);
        }

        var job = jobs.Add(Prefix, request.Query["tag"].ToString(), circuits.ToImmutable(), (int)request.Json()!["shots"]!)!;
        return FakeResponse.Json(new JsonObject { ["id"] = job.Id, ["type"] = "circuit", ["status"] = "waiting", ["tag"] = job.Tag }, 201);
    }

    // Bit k is the k-th qubit of the measurement.
    private static Circuit? Read(JsonArray instructions)
    {
        var circuit = new CircuitBuilder(Qubits, Qubits);
        foreach (var instruction in instructions)
        {
            var turns = instruction!["qubits"] is not null;
            int[] locus = [.. (instruction[turns ? "qubits" : "locus"] as JsonArray ?? []).Select(q => int.Parse(q!.ToString()[2..], System.Globalization.CultureInfo.InvariantCulture) - 1)];
            switch (instruction["name"]?.ToString())
            {
                case "prx":
                    var scale = turns ? 2 * Math.PI : 1;
                    circuit.Gate("prx", [scale * (double)instruction["args"]![turns ? "angle_t" : "angle"]!, scale * (double)instruction["args"]![turns ? "phase_t" : "phase"]!], locus);
                    break;
                case "cz" when Math.Abs(locus[0] - locus[1]) == 1:
                    circuit.Gate("cz", locus);
                    break;
                case "measure":
                    for (var k = 0; k < locus.Length; k++) circuit.Measure(locus[k], k);
                    break;
                case "barrier":
                    break;
                default:
                    return null;
            }
        }

        return circuit.Build();
    }

    private FakeResponse About(FakeJob job)
    {
        var state = job.State(jobs.Now);
        var response = FakeResponse.Json(new JsonObject
        {
            ["id"] = job.Id, ["type"] = "circuit", ["tag"] = job.Tag, ["errors"] = new JsonArray(),
            ["status"] = faults.Take(FaultKind.UnknownState) ? "pondering" : state switch { JobState.Queued => "waiting", JobState.Running => "processing", JobState.Done => "completed", _ => "cancelled" },
            ["artifacts"] = state == JobState.Done ? new JsonArray(new JsonObject { ["type"] = "measurements" }) : new JsonArray(),
        });
        return state is JobState.Queued or JobState.Running ? response.With("IQM-Long-Poll-Timed-Out", "true") : response;
    }

    private FakeResponse Measurements(FakeJob job)
    {
        var results = jobs.Results(job, native: true);
        return FakeResponse.Json(new JsonArray([.. results.Select((r, i) =>
        {
            var width = job.Circuits[i].Operations.Count(o => o.Gate.Shape == GateShape.Measurement);
            return (JsonNode)new JsonObject { ["m"] = new JsonArray([.. r.Shots.Select(s => (JsonNode)new JsonArray([.. Enumerable.Range(0, width).Select(k => (JsonNode)(int)(s >> k & 1))]))]) };
        })]));
    }

    private static FakeResponse Missing(string id) => Error(404, "not_found", $"Job {id} was not found.");

    private static FakeResponse Error(int status, string code, string message) => FakeResponse.Json(new JsonObject { ["error_code"] = code, ["message"] = message, ["request_id"] = "fake" }, status);
}
