using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.Ibm;

/// <summary>The one place that knows what a sampler job looks like on the wire, and its results. Pure.</summary>
internal static class SamplerJob
{
    /// <summary>The body of a job: one PUB a circuit, one number of shots for all.</summary>
    internal static JsonObject Body(string device, string tag, IEnumerable<string> programs, int shots, double mostSeconds)
    {
        var pubs = new JsonArray();
        foreach (var program in programs) pubs.Add(new JsonArray(program, null, shots));
        return new JsonObject
        {
            ["program_id"] = "sampler",
            ["backend"] = device,
            ["tags"] = new JsonArray(tag),
            ["cost"] = Math.Max(1, (int)Math.Ceiling(mostSeconds)),
            ["params"] = new JsonObject { ["version"] = 2, ["support_qiskit"] = false, ["pubs"] = pubs, ["options"] = new JsonObject { ["dynamical_decoupling"] = new JsonObject { ["enable"] = true } } },
        };
    }

    /// <summary>Reads results, shot order kept; null when they are not what was asked for. Bit i of a sample is classical bit i.</summary>
    internal static ImmutableArray<Counts>? Read(JsonElement json, JobRequest request)
    {
        var results = (json.Field("results") ?? json).Items().ToList();
        if (results.Count != request.Circuits.Length) return null;
        var counts = ImmutableArray.CreateBuilder<Counts>();
        for (var i = 0; i < results.Count; i++)
        {
            if (Shots(results[i].Field("data") ?? results[i]) is not { } shots || Readout.Checked(shots, request.Circuits[i], request.Shots) is not { } checkedShots) return null;
            counts.Add(checkedShots);
        }

        return counts.ToImmutable();
    }

    // One register, c. A program of several registers would have several keys; ours never has.
    private static ImmutableArray<ulong>? Shots(JsonElement data)
    {
        var register = data.Field("c") ?? (data.Fields().Take(2).ToList() is [var only] ? only.Value : null);
        if (register?.Field("samples") is not { } samples) return null;
        var shots = ImmutableArray.CreateBuilder<ulong>();
        foreach (var sample in samples.Items())
        {
            var text = sample.AsText() ?? "";
            if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || !ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var word)) return null;
            shots.Add(word);
        }

        return shots.ToImmutable();
    }
}
