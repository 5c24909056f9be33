using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Qpu.Secrets;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.QBraid;

/// <summary>
/// qBraid, API v2: OpenQASM 3, one circuit a job. Counts only, so the order of shots is drawn here. Which end of its strings is qubit 0 is not told anywhere; the highest is taken to stand first, as in Qiskit, unless QUANTUMIMPROV_QBRAID_ORDER says
/// <c>first</c>: <c>qpu run</c> of a circuit that flips qubit 0 on the free simulator shows it.
/// </summary>
public sealed class QBraidBackend : VendorBackend
{
    /// <summary>The variable of the key.</summary>
    public const string KeyVariable = "QBRAID_API_KEY";

    private readonly Uri _address;
    private readonly Secret _key;
    private readonly bool _firstIsQubit0;

    /// <summary>Reads the key.</summary>
    /// <param name="options">Clock, secrets and patience.</param>
    /// <param name="device">A QRN; null: the free simulator.</param>
    /// <exception cref="QpuException">The key is not set, or the address is no address.</exception>
    public QBraidBackend(WireOptions options, string? device = null)
        : base(options, new DeviceProfile("qbraid", device ?? "qbraid:qbraid:sim:qir-sv", 30)
        {
            IsSimulator = (device ?? ":sim:").Contains(":sim:", StringComparison.Ordinal), MostCircuits = 1, MostShots = 10_000, JobsAMinute = 30, JobsOpen = 4, Recovery = Recovery.None,
        })
    {
        _key = options.Secrets.Find(KeyVariable) ?? throw new QpuException($"qBraid needs {KeyVariable} in the environment.");
        _address = WireClient.Address(options.Secrets.Plain("QUANTUMIMPROV_QBRAID_URL") ?? "https://api-v2.qbraid.com/api/v1", "QUANTUMIMPROV_QBRAID_URL");
        _firstIsQubit0 = options.Secrets.Plain("QUANTUMIMPROV_QBRAID_ORDER") == "first";
        // Credits; what a job will cost is told after it was taken.
        if (!Device.IsSimulator) Device = Device with { Pricing = new Pricing("credits") { Least = 1000 } };
    }

    /// <summary>Devices are not described: circuits are compiled there.</summary>
    public override ValueTask<BackendReply?> DescribeAsync(CancellationToken stop = default) => ValueTask.FromResult<BackendReply?>(null);

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> SubmitAsync(JobRequest request, CancellationToken stop = default)
    {
        if (Fault(request) is { } fault) return new Refused(fault);
        var body = new JsonObject
        {
            ["shots"] = request.Shots, ["deviceQrn"] = Device.Name, ["program"] = new JsonObject { ["format"] = "qasm3", ["data"] = OpenQasm.Write3(request.Circuits[0]) },
            ["name"] = request.Tag, ["tags"] = new JsonObject { ["qimprov"] = request.Tag }, ["runtimeOptions"] = new JsonObject(),
        };
        var reply = await AskAsync(HttpMethod.Post, "/jobs", body.ToJsonString(), false, stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } answer ? answer.Json()?.Field("data")?.Text("jobQrn") is { Length: > 0 } id ? new Accepted(id) : new Late() : SubmitFailure(reply, Message(reply));
    }

    /// <summary>There is no call for it.</summary>
    public override ValueTask<BackendReply> FindAsync(string tag, CancellationToken stop = default) => ValueTask.FromResult<BackendReply>(new Late());

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> PollAsync(string job, CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Get, $"/jobs/{Uri.EscapeDataString(job)}", null, true, stop).ConfigureAwait(false);
        if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json()?.Field("data") is not { } data) return reply is WireReply.Answer { Status: 404 } ? Failure(reply, Message(reply)) : new Late();
        return new Waiting(State(data.Text("status") ?? "")) { Remark = Options.Secrets.Redactor.Clean(data.Text("statusMsg") ?? "") };
    }

    /// <summary>The results; a conflict says that they are not ready yet.</summary>
    public override async ValueTask<BackendReply> ResultsAsync(string job, JobRequest request, CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Get, $"/jobs/{Uri.EscapeDataString(job)}/result", null, true, stop).ConfigureAwait(false);
        if (reply is WireReply.Answer { Status: 409 }) return new Late();
        if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json()?.Field("data") is not { } data) return Failure(reply, Message(reply));
        var (circuit, counts) = (request.Circuits[0], new List<(ulong, int)>());
        foreach (var field in data.Field("resultData", "measurementCounts")?.Fields() ?? [])
        {
            var text = _firstIsQubit0 ? new string([.. field.Name.Reverse()]) : field.Name;
            if (Readout.FromString(text) is not { } word || field.Value.AsNumber() is not { } count || count < 0 || count > request.Shots) return new Refused($"The results of the qbraid job {job} cannot be read.");
            counts.Add((word, (int)count));
        }

        if (Readout.Checked(Readout.Shuffled(counts, new Xoshiro(Options.Seed)), circuit, request.Shots) is not { } read) return new Refused($"The results of the qbraid job {job} cannot be read.");
        return new Finished([read]) { Cost = data.Number("cost") is { } cost and >= 0 and < 1e9 ? (decimal)cost : null };
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> CancelAsync(string job, CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Post, $"/jobs/{Uri.EscapeDataString(job)}/cancel", "{}", true, stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } ? new Accepted(job) : Failure(reply, Message(reply));
    }

    internal static JobState State(string word) => word.ToUpperInvariant() switch
    {
        "INITIALIZING" or "QUEUED" => JobState.Queued,
        "RUNNING" or "CANCELLING" => JobState.Running,
        "COMPLETED" => JobState.Done,
        "FAILED" => JobState.Failed,
        "CANCELLED" => JobState.Cancelled,
        _ => JobState.Unknown,
    };

    private ValueTask<WireReply> AskAsync(HttpMethod method, string path, string? body, bool safe, CancellationToken stop) => Wire.SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(method, new Uri(_address.ToString().TrimEnd('/') + path));
            request.Headers.Add("X-API-KEY", _key.Reveal());
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            return request;
        },
        safe, stop);

    private static string? Message(WireReply reply) => reply is WireReply.Answer answer && answer.Json() is { } json ? json.Text("message") ?? json.Field("error")?.Text("message") ?? json.Text("error") : null;
}
