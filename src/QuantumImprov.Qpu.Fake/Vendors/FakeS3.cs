using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Qpu.Fake.Vendors;

/// <summary>The bucket where Braket leaves its results.</summary>
internal sealed class FakeS3(FakeCloudOptions options, FakeJobs jobs) : IFakeVendor
{
    public string Prefix => "s3";

    public IEnumerable<(string Name, string Value)> Variables(string root, string key) => [("QUANTUMIMPROV_S3_URL", root)];

    public FakeResponse Answer(FakeRequest request)
    {
        if (FakeBraket.Refusal(request, options, "s3") is { } refusal) return refusal;
        if (request.Parts is not [FakeBraket.Bucket, "qimprov", var tag, "results.json"] || jobs.ByTag("braket", tag) is not { } job || job.State(jobs.Now) != JobState.Done) return FakeResponse.Empty(403);
        var results = jobs.Results(job, native: false);
        if (job.Circuits.Length == 1) return FakeResponse.Json(Executable(results[0], job.Circuits[0], "gate_model_task_result"));
        return FakeResponse.Json(new JsonObject
        {
            ["braketSchemaHeader"] = new JsonObject { ["name"] = "braket.task_result.program_set_task_result", ["version"] = "1" },
            ["programResults"] = new JsonArray([.. results.Select((r, i) => (JsonNode)new JsonObject { ["executableResults"] = new JsonArray(Executable(r, job.Circuits[i], "program_set_executable_result")) })]),
        });
    }

    // Column k is qubit k, whatever bit it is read into.
    private static JsonObject Executable(Counts counts, Circuit circuit, string name)
    {
        var bits = circuit.Operations.Where(o => o.Gate.Shape == GateShape.Measurement).OrderBy(o => o.Qubits[0]).ToList();
        return new JsonObject
        {
            ["braketSchemaHeader"] = new JsonObject { ["name"] = $"braket.task_result.{name}", ["version"] = "1" },
            ["measurements"] = new JsonArray([.. counts.Shots.Select(s => (JsonNode)new JsonArray([.. bits.Select(b => (JsonNode)(int)(s >> b.Bit & 1))]))]), ["measuredQubits"] = new JsonArray([.. bits.Select(b => (JsonNode)b.Qubits[0])]),
        };
    }
}
