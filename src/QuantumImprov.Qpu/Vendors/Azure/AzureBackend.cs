using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Qpu.Secrets;
using QuantumImprov.Qpu.Wire;
using QuantumImprov.Qpu.Vendors.IonQ;

namespace QuantumImprov.Qpu.Vendors.Azure;

/// <summary>
/// Azure Quantum by API key: IonQ's JSON for its devices, OpenQASM 2 for Quantinuum's. One circuit a job; its id is our own, made from the tag, so that a job can be sent again without being taken twice. Of IonQ's devices shares are reported, which are
/// counts of real shots on a QPU; their order is drawn here.
/// </summary>
public sealed class AzureBackend : VendorBackend
{
    private const string Version = "2026-01-15-preview";

    private readonly AzureConnection _connection;
    private readonly string _provider;

    /// <summary>Reads the connection.</summary>
    /// <param name="options">Clock, secrets and patience.</param>
    /// <param name="device">The target, such as <c>ionq.simulator</c> or <c>quantinuum.qpu.h2-1</c>; null: ionq.simulator.</param>
    /// <exception cref="QpuException">The connection string is not set or not whole, or the target is of another provider.</exception>
    public AzureBackend(WireOptions options, string? device = null)
        : base(options, new DeviceProfile("azure", device ?? "ionq.simulator", 29)
        {
            IsSimulator = (device ?? "ionq.simulator").Contains("sim", StringComparison.Ordinal), MostCircuits = 1, MostShots = 10_000, JobsAMinute = 60, JobsOpen = 4, Recovery = Recovery.Repeat,
        })
    {
        _connection = AzureConnection.Read(options.Secrets);
        _provider = Device.Name.Split('.')[0];
        if (_provider is not ("ionq" or "quantinuum")) throw new QpuException($"The Azure target is \"{Device.Name}\"; targets of ionq and quantinuum are known here.");
        // Prices are told with a job only.
        if (!Device.IsSimulator) Device = Device with { Pricing = new Pricing { Least = 100 } };
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply?> DescribeAsync(CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Get, "/providerStatus", null, stop).ConfigureAwait(false);
        if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json() is not { } json) return Failure(reply, Message(reply));
        var targets = json.Field("value")?.Items().SelectMany(p => p.Field("targets")?.Items() ?? []).ToList() ?? [];
        var found = targets.FirstOrDefault(t => t.Text("id") == Device.Name);
        if (found.ValueKind != JsonValueKind.Object) return new Refused($"The workspace has no target {Device.Name}; it has {string.Join(", ", targets.Select(t => t.Text("id")))}.");
        Device = Device with { IsOnline = found.Text("currentAvailability") is "Available" or "Degraded" or null };
        return null;
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> SubmitAsync(JobRequest request, CancellationToken stop = default)
    {
        if (Fault(request) is { } fault) return new Refused(fault);
        var id = Id(request.Tag);
        var container = $"job-{id}";
        var granted = await AskAsync(HttpMethod.Post, "/storage/sasUri", new JsonObject { ["containerName"] = container }.ToJsonString(), stop).ConfigureAwait(false);
        if (granted is not WireReply.Answer { IsGood: true } grant || grant.Json()?.Text("sasUri") is not { } sas || !Uri.TryCreate(sas, UriKind.Absolute, out var address)) return Before(granted);
        var (input, format, output) = Input(request);
        var blob = new Uri($"{address.GetLeftPart(UriPartial.Path)}/inputData{address.Query}");
        var stored = await Wire.SendAsync(
            () =>
            {
                var put = new HttpRequestMessage(HttpMethod.Put, blob) { Content = new StringContent(input, Encoding.UTF8, "application/json") };
                put.Headers.Add("x-ms-blob-type", "BlockBlob");
                return put;
            },
            true, stop).ConfigureAwait(false);
        if (stored is not WireReply.Answer { IsGood: true }) return Before(stored);
        var body = new JsonObject
        {
            ["itemType"] = "Job", ["id"] = id, ["name"] = "qimprov", ["providerId"] = _provider, ["target"] = Device.Name, ["containerUri"] = sas,
            ["inputDataUri"] = $"{address.GetLeftPart(UriPartial.Path)}/inputData", ["inputDataFormat"] = format, ["outputDataFormat"] = output,
            ["inputParams"] = new JsonObject { ["shots"] = request.Shots }, ["tags"] = new JsonArray(request.Tag),
        };
        var reply = await AskAsync(HttpMethod.Put, $"/jobs/{id}", body.ToJsonString(), stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } ? new Accepted(id) : SubmitFailure(reply, Message(reply));
    }

    /// <summary>The id follows from the tag, so a job is looked for by asking for it.</summary>
    public override async ValueTask<BackendReply> FindAsync(string tag, CancellationToken stop = default) =>
        await PollAsync(Id(tag), stop).ConfigureAwait(false) is var reply && reply is Waiting ? new Accepted(Id(tag)) : reply;

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> PollAsync(string job, CancellationToken stop = default)
    {
        var (reply, json) = await JobAsync(job, stop).ConfigureAwait(false);
        if (json is not { } about) return reply is WireReply.Answer { Status: 404 } ? Failure(reply, Message(reply)) : new Late();
        var error = about.Field("errorData");
        return new Waiting(State(about.Text("status") ?? "")) { Remark = error is null ? "" : Options.Secrets.Redactor.Clean($"{error.Value.Text("message")} ({error.Value.Text("code")})") };
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> ResultsAsync(string job, JobRequest request, CancellationToken stop = default)
    {
        var (reply, json) = await JobAsync(job, stop).ConfigureAwait(false);
        if (json is not { } about) return Failure(reply, Message(reply));
        if (about.Text("outputDataUri") is not { } text || !Uri.TryCreate(text, UriKind.Absolute, out var address)) return new Refused($"The azure job {job} does not say where its results are.");
        if (!IsOpen(address))
        {
            var name = Uri.UnescapeDataString(address.AbsolutePath.Split('/')[^1]);
            var granted = await AskAsync(HttpMethod.Post, "/storage/sasUri", new JsonObject { ["containerName"] = $"job-{job}", ["blobName"] = name }.ToJsonString(), stop).ConfigureAwait(false);
            if (granted is not WireReply.Answer { IsGood: true } grant || grant.Json()?.Text("sasUri") is not { } sas || !Uri.TryCreate(sas, UriKind.Absolute, out address)) return Failure(granted, Message(granted));
        }

        var fetched = await Wire.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), true, stop).ConfigureAwait(false);
        if (fetched is not WireReply.Answer { IsGood: true } answer || answer.Json() is not { } results) return Failure(fetched, Message(fetched));
        var circuit = request.Circuits[0];
        if (Read(results, circuit, request) is not { } shots || Readout.Checked(shots, circuit, request.Shots) is not { } read) return new Refused($"The results of the azure job {job} cannot be read.");
        var cost = about.Field("costEstimate")?.Number("estimatedTotal");
        return new Finished([read]) { Cost = cost is >= 0 and < 1e9 ? (decimal)cost : null };
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> CancelAsync(string job, CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Post, $"/jobs/{Uri.EscapeDataString(job)}:cancel", "{}", stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } ? new Accepted(job) : Failure(reply, Message(reply));
    }

    internal static JobState State(string word) => word.ToLowerInvariant() switch
    {
        "waiting" or "queued" => JobState.Queued,
        "executing" or "finishing" or "cancellationrequested" or "cancelling" => JobState.Running,
        "succeeded" or "completed" => JobState.Done,
        "failed" => JobState.Failed,
        "cancelled" => JobState.Cancelled,
        _ => JobState.Unknown,
    };

    /// <summary>The id of a job: a GUID made from its tag.</summary>
    internal static string Id(string tag) => new Guid(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(tag)).AsSpan(0, 16)).ToString();

    // What fails before the job itself is sent leaves nothing behind.
    private BackendReply Before(WireReply reply) => SubmitFailure(reply, Message(reply)) is Refused refused ? refused : new Refused("azure did not take the input.");

    private (string Input, string Format, string Output) Input(JobRequest request)
    {
        var circuit = request.Circuits[0];
        if (_provider == "quantinuum") return (OpenQasm.Write2(circuit), "honeywell.openqasm.v1", "honeywell.quantum-results.v1");
        return (new JsonObject { ["qubits"] = circuit.Qubits, ["gateset"] = "qis", ["circuit"] = IonQCircuit.Write(circuit, native: false).Gates }.ToJsonString(), "ionq.circuit.v1", "ionq.quantum-results.v1");
    }

    private ImmutableArray<ulong>? Read(JsonElement json, Circuit circuit, JobRequest request)
    {
        if (json.Field("histogram") is { } histogram)
        {
            var bits = Readout.Bits(circuit);
            return IonQResults.Table(histogram) is { } table && Readout.Words([.. table.Select(r => r.Code)], bits, circuit.Qubits) is { } words
                ? IonQResults.FromTable([.. words.Zip(table, (word, row) => (word, row.Weight))], request.Shots, new Xoshiro(Options.Seed))
                : null;
        }

        // A string a shot, the highest bit first; a letter marks a lost qubit, and the shot is left out.
        if (json.Field("c") is not { ValueKind: JsonValueKind.Array } shots) return null;
        return [.. shots.EnumerateArray().Select(s => Readout.FromString(s.AsText() ?? "")).Where(w => w is not null).Select(w => w!.Value)];
    }

    // Whether the address carries a signature that is good for five minutes yet.
    private bool IsOpen(Uri address)
    {
        var query = address.Query.TrimStart('?').Split('&').Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));
        if (!query.ContainsKey("sig")) return false;
        return !query.TryGetValue("se", out var end) || (DateTimeOffset.TryParse(end, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var until) && until > Options.Time.GetUtcNow() + TimeSpan.FromMinutes(5));
    }

    private async ValueTask<(WireReply Reply, JsonElement? Json)> JobAsync(string job, CancellationToken stop)
    {
        var reply = await AskAsync(HttpMethod.Get, $"/jobs/{Uri.EscapeDataString(job)}", null, stop).ConfigureAwait(false);
        return (reply, reply is WireReply.Answer { IsGood: true } answer ? answer.Json() : null);
    }

    private ValueTask<WireReply> AskAsync(HttpMethod method, string path, string? body, CancellationToken stop) => Wire.SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(method, new Uri($"{_connection.Workspace}{path}?api-version={Version}"));
            request.Headers.Add("x-ms-quantum-api-key", _connection.Key.Reveal());
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            return request;
        },
        true, stop);

    private static string? Message(WireReply reply) => reply is WireReply.Answer answer && answer.Json() is { } json ? json.Field("error")?.Text("message") ?? json.Text("message") : null;
}
