using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Qpu.Secrets;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.IonQ;

/// <summary>
/// IonQ, API v0.4: one job of many circuits, each a child of its own; shots in the order taken where the vendor keeps them, else shares. Jobs carry our tag as metadata, so that one whose acceptance was not heard is found among the recent ones.
/// </summary>
public sealed class IonQBackend : VendorBackend
{
    /// <summary>The variable of the key.</summary>
    public const string KeyVariable = "IONQ_API_KEY";

    private const int PagesSearched = 4;

    private readonly Uri _address;
    private readonly Secret _key;
    private readonly string? _noise;
    private readonly bool _native;

    /// <summary>Reads the key.</summary>
    /// <param name="options">Clock, secrets and patience.</param>
    /// <param name="device">Such as <c>simulator</c>, <c>simulator+aria-1</c> (the simulator with a noise model) or <c>qpu.aria-1</c>; null: the simulator.</param>
    /// <exception cref="QpuException">The key is not set, or the address is no address.</exception>
    public IonQBackend(WireOptions options, string? device = null)
        : base(options, new DeviceProfile("ionq", device ?? "simulator", 29)
        {
            IsSimulator = (device ?? "simulator").StartsWith("simulator", StringComparison.Ordinal), MostCircuits = 100, MostShots = 10_000, JobsAMinute = 20, JobsOpen = 3, Recovery = Recovery.Find,
        })
    {
        _key = options.Secrets.Find(KeyVariable) ?? throw new QpuException($"IonQ needs {KeyVariable} in the environment.");
        _address = WireClient.Address(options.Secrets.Plain("IONQ_API_URL") ?? "https://api.ionq.co/v0.4", "IONQ_API_URL");
        var plus = Device.Name.IndexOf('+', StringComparison.Ordinal);
        _noise = plus < 0 ? null : Device.Name[(plus + 1)..];
        _native = Device.Name.StartsWith("qpu.aria", StringComparison.Ordinal);
        // Until the vendor has said what it asks, nothing is taken for free but the simulator.
        if (!Device.IsSimulator) Device = Device with { Pricing = new Pricing { Least = 100 } };
    }

    private string Target => _noise is null ? Device.Name : "simulator";

    /// <inheritdoc/>
    public override async ValueTask<BackendReply?> DescribeAsync(CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Get, "/backends", null, stop).ConfigureAwait(false);
        if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json() is not { } json) return Failure(reply, Message(reply));
        var list = json.ValueKind == JsonValueKind.Array ? json : json.Field("backends") ?? default;
        var found = list.Items().FirstOrDefault(b => b.Text("backend") == Target);
        if (found.ValueKind != JsonValueKind.Object) return new Refused($"ionq has no device {Target}; it has {string.Join(", ", list.Items().Select(b => b.Text("backend")))}.");
        Device = Device with { Qubits = (int)(found.Number("qubits") ?? Device.Qubits), IsOnline = found.Text("status") is "available" or "running" or null };
        if (Device.IsSimulator) return null;
        var asked = await AskAsync(HttpMethod.Get, $"/jobs/estimate?backend={Uri.EscapeDataString(Target)}&type=ionq.circuit.v1&qubits=6&shots=1000&1q_gates=100&2q_gates=60&error_mitigation=false", null, stop).ConfigureAwait(false);
        if (asked is not WireReply.Answer { IsGood: true } estimated || estimated.Json() is not { } estimate) return Failure(asked, Message(asked));
        var rates = estimate.Field("rate_information");
        Device = Device with
        {
            Pricing = new Pricing(estimate.Text("cost_unit")?.ToUpperInvariant() ?? "USD")
            {
                Least = Money(rates?.Number("job_cost_minimum")), AGate = (Money(rates?.Number("cost_1q_gate")), Money(rates?.Number("cost_2q_gate"))),
            },
        };
        return null;
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> SubmitAsync(JobRequest request, CancellationToken stop = default)
    {
        if (Fault(request) is { } fault) return new Refused(fault);
        var circuits = new JsonArray();
        foreach (var circuit in request.Circuits) circuits.Add((JsonNode)new JsonObject { ["name"] = $"c{circuits.Count}", ["circuit"] = IonQCircuit.Write(circuit, _native).Gates });
        var body = new JsonObject
        {
            ["type"] = "ionq.multi-circuit.v1", ["name"] = "qimprov", ["metadata"] = new JsonObject { ["tag"] = request.Tag }, ["shots"] = request.Shots, ["backend"] = Target,
            ["settings"] = new JsonObject { ["error_mitigation"] = new JsonObject { ["debiasing"] = false } },
        };
        if (_noise is not null) body["noise"] = new JsonObject { ["model"] = _noise, ["seed"] = (int)(Seed(request.Tag) & 0x7FFFFFFF) };
        body["input"] = new JsonObject { ["qubits"] = request.Circuits.Max(c => c.Qubits), ["gateset"] = _native ? "native" : "qis", ["circuits"] = circuits };
        var reply = await AskAsync(HttpMethod.Post, "/jobs", body.ToJsonString(), stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } answer ? answer.Json()?.Text("id") is { Length: > 0 } id ? new Accepted(id) : new Late() : SubmitFailure(reply, Message(reply));
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> FindAsync(string tag, CancellationToken stop = default)
    {
        string? next = null;
        for (var page = 0; page < PagesSearched; page++)
        {
            var reply = await AskAsync(HttpMethod.Get, "/jobs?limit=50" + (next is null ? "" : $"&next={Uri.EscapeDataString(next)}"), null, stop).ConfigureAwait(false);
            if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json()?.Field("jobs") is not { } jobs) return new Late();
            if (jobs.Items().FirstOrDefault(j => j.Field("metadata")?.Text("tag") == tag && j.Text("parent_job_id") is null).Text("id") is { } id) return new Accepted(id);
            if ((next = answer.Json()?.Text("next")) is null) break;
        }

        return new Refused($"ionq has no recent job tagged {tag}.");
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> PollAsync(string job, CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Get, $"/jobs/{Uri.EscapeDataString(job)}", null, stop).ConfigureAwait(false);
        if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json() is not { } json) return reply is WireReply.Answer { Status: 404 } ? Failure(reply, Message(reply)) : new Late();
        var expected = (json.Number("predicted_wait_time_ms") ?? 0) + (json.Number("predicted_execution_duration_ms") ?? 0);
        var failure = json.Field("failure");
        return new Waiting(State(json.Text("status") ?? ""), expected > 0 ? TimeSpan.FromMilliseconds(Math.Min(expected, 1e9)) : null)
        {
            Remark = failure is null ? "" : Options.Secrets.Redactor.Clean($"{failure.Value.Text("message")} ({failure.Value.Text("code")})"),
        };
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> ResultsAsync(string job, JobRequest request, CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Get, $"/jobs/{Uri.EscapeDataString(job)}", null, stop).ConfigureAwait(false);
        if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json() is not { } parent) return Failure(reply, Message(reply));
        var children = parent.Field("child_job_ids")?.Items().Select(c => c.AsText() ?? "").ToList() ?? [job];
        if (children.Count != request.Circuits.Length) return new Refused($"The ionq job {job} has {children.Count} children; {request.Circuits.Length} were expected.");
        var counts = ImmutableArray.CreateBuilder<Counts>();
        var random = new Xoshiro(Seed(request.Tag));
        for (var i = 0; i < children.Count; i++)
        {
            var child = children[i] == job ? parent : (JsonElement?)null;
            if (child is null)
            {
                var asked = await AskAsync(HttpMethod.Get, $"/jobs/{Uri.EscapeDataString(children[i])}", null, stop).ConfigureAwait(false);
                if (asked is not WireReply.Answer { IsGood: true } told || told.Json() is not { } about) return Failure(asked, Message(asked));
                child = about;
            }

            var (shots, failure) = await ShotsAsync(children[i], child.Value, request.Shots, random, stop).ConfigureAwait(false);
            if (failure is not null) return failure;
            var bits = Readout.Bits(IonQCircuit.Write(request.Circuits[i], _native).Written);
            if (shots is null || Readout.Words(shots.Value, bits, request.Circuits.Max(c => c.Qubits)) is not { } words || Readout.Checked(words, request.Circuits[i], request.Shots) is not { } read) return new Refused($"The results of the ionq job {children[i]} cannot be read.");
            counts.Add(read);
        }

        var priced = await AskAsync(HttpMethod.Get, $"/jobs/{Uri.EscapeDataString(job)}/cost", null, stop).ConfigureAwait(false);
        var cost = (priced as WireReply.Answer)?.Json() is { } money ? money.Field("cost")?.Number("value") ?? money.Field("estimated_cost")?.Number("value") : null;
        return new Finished(counts.ToImmutable()) { Cost = cost is >= 0 and < 1e9 ? Money(cost) : null };
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> CancelAsync(string job, CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Put, $"/jobs/{Uri.EscapeDataString(job)}/status/cancel", null, stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } ? new Accepted(job) : Failure(reply, Message(reply));
    }

    internal static JobState State(string word) => word.ToLowerInvariant() switch
    {
        "submitted" or "ready" => JobState.Queued,
        "started" or "running" => JobState.Running,
        "completed" => JobState.Done,
        "failed" => JobState.Failed,
        "canceled" or "cancelled" => JobState.Cancelled,
        _ => JobState.Unknown,
    };

    // Shots first, in either form of the list of results; else counts or shares.
    private async ValueTask<(ImmutableArray<ulong>? Shots, BackendReply? Failure)> ShotsAsync(string job, JsonElement about, int shots, Xoshiro random, CancellationToken stop)
    {
        var results = about.Field("results") ?? default;
        foreach (var kind in (string[])["shots", "histogram", "probabilities"])
        {
            if (PathOf(job, results, kind) is not { } path) continue;
            var reply = await AskAsync(HttpMethod.Get, path, null, stop).ConfigureAwait(false);
            if (reply is WireReply.Answer { Status: 404 }) continue;
            if (reply is not WireReply.Answer { IsGood: true } answer) return (null, Failure(reply, Message(reply)));
            if (answer.Json() is not { } json) return (null, null);
            return kind == "shots" ? (IonQResults.Shots(json), null) : (IonQResults.Table(json) is { } table ? IonQResults.FromTable(table, shots, random) : null, null);
        }

        return (null, null);
    }

    // The key goes to the vendor's own host only. (a) results.shots.url, relative to the host; (b) a descriptor under ionq.result.shots.json.v1, fetched as an artifact.
    private string? PathOf(string job, JsonElement results, string kind)
    {
        if (results.Field(kind)?.Text("url") is { } url) return Uri.TryCreate(_address, url, out var full) && full.Scheme == _address.Scheme && full.Authority == _address.Authority ? full.AbsoluteUri : null;
        var named = results.Fields().Where(f => f.Name.StartsWith($"ionq.result.{kind}.json.", StringComparison.Ordinal)).OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Value.Text("id")).FirstOrDefault(id => id is not null);
        return named is null ? null : $"/jobs/{Uri.EscapeDataString(job)}/artifacts/{Uri.EscapeDataString(named)}";
    }

    private ValueTask<WireReply> AskAsync(HttpMethod method, string path, string? body, CancellationToken stop) => Wire.SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(method, new Uri(path.StartsWith('/') ? _address + path : path));
            request.Headers.Authorization = new AuthenticationHeaderValue("apiKey", _key.Reveal());
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            return request;
        },
        method != HttpMethod.Post,
        stop);

    private ulong Seed(string tag)
    {
        var hash = 14695981039346656037UL ^ Options.Seed;
        foreach (var c in tag) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    private static decimal Money(double? amount) => amount is { } value and >= 0 and < 1e12 ? (decimal)value : 0;

    // {error, message}, {code, message} or {error:{type, message}}.
    private static string? Message(WireReply reply) =>
        reply is WireReply.Answer answer && answer.Json() is { } json ? json.Text("message") ?? json.Field("error")?.Text("message") ?? json.Text("error") : null;
}
