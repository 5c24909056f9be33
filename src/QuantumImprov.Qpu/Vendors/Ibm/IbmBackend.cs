using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Qpu.Secrets;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.Ibm;

/// <summary>
/// IBM Quantum Platform, the sampler: OpenQASM 3 in the device's own gates on physical qubits, by our own transpiler, many circuits a job, shots in the order taken. Jobs are tagged, so that one whose acceptance was not heard is found again.
/// </summary>
public sealed class IbmBackend : VendorBackend
{
    /// <summary>The variables of the key and of the instance.</summary>
    public const string KeyVariable = "QISKIT_IBM_TOKEN", InstanceVariable = "QISKIT_IBM_INSTANCE";

    private const string AskedVersion = "2026-04-15";

    // What a second cost on the pay-as-you-go plan in 2025; the open plan costs nothing and ends after ten minutes.
    private const decimal USDollarsASecond = 1.6m;

    private readonly Uri _address;
    private readonly IamToken _token;
    private readonly Secret _instance;
    private readonly bool _named;
    private IbmDevice? _about;

    /// <summary>Reads key and instance.</summary>
    /// <param name="options">Clock, secrets and patience.</param>
    /// <param name="device">Which device; null: the one that is online with the shortest queue.</param>
    /// <exception cref="QpuException">The key or the instance is not set, or an address is no address.</exception>
    public IbmBackend(WireOptions options, string? device = null)
        : base(options, new DeviceProfile("ibm", device ?? "least_busy", 127)
        {
            ReadsInTheMiddle = true, MostCircuits = 300, MostShots = 100_000, JobsAMinute = 5, JobsOpen = 3, Recovery = Recovery.Find,
            Pricing = new Pricing(ASecond: USDollarsASecond) { SecondsAJob = 2, SecondsAShot = 260e-6 },
        })
    {
        var key = options.Secrets.Find(KeyVariable) ?? throw new QpuException($"The IBM Quantum Platform needs {KeyVariable} in the environment.");
        _instance = options.Secrets.Find(InstanceVariable) ?? throw new QpuException($"The IBM Quantum Platform needs {InstanceVariable}, the CRN of an instance, in the environment.");
        // The region is the sixth field of the CRN.
        var fields = _instance.Reveal().Split(':');
        var region = fields.Length > 5 && fields[5] is not ("" or "us-east") ? fields[5] + "." : "";
        _address = WireClient.Address(options.Secrets.Plain("QUANTUMIMPROV_IBM_URL") ?? $"https://{region}quantum.cloud.ibm.com/api/v1", "QUANTUMIMPROV_IBM_URL");
        _token = new IamToken(Wire, options, WireClient.Address(options.Secrets.Plain("QUANTUMIMPROV_IBM_IAM_URL") ?? "https://iam.cloud.ibm.com/identity/token", "QUANTUMIMPROV_IBM_IAM_URL"), key);
        _named = device is not null;
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply?> DescribeAsync(CancellationToken stop = default)
    {
        if (!_named && Device.Name == "least_busy")
        {
            if (await GetAsync("/backends", stop).ConfigureAwait(false) is not { Json: { } list } listed) return _failure;
            var best = list.Field("devices")?.Items().Where(d => d.Field("is_simulator")?.ValueKind != JsonValueKind.True && (d.Field("status")?.Text("name") ?? "online") == "online")
                .OrderBy(d => d.Number("queue_length") ?? 0).Select(d => d.Text("name")).FirstOrDefault(n => n is not null);
            if (best is null) return new Refused("ibm has no device online for this instance.");
            Device = Device with { Name = best };
        }

        if (await GetAsync($"/backends/{Device.Name}/configuration", stop).ConfigureAwait(false) is not { Json: { } configuration }) return _failure;
        if (IbmDevice.Of(configuration) is not { } about) return new Refused($"{Device.Name} has no gates that circuits are written for here; cz or ecr with rz, sx and x are needed.");
        if (await GetAsync($"/backends/{Device.Name}/properties", stop).ConfigureAwait(false) is { Json: { } properties }) about = about.With(properties);
        var status = (await GetAsync($"/backends/{Device.Name}/status", stop).ConfigureAwait(false)).Json;
        _about = about;
        Device = Device with
        {
            Qubits = about.Qubits, MostShots = about.MostShots, Gates = about.Gates, Couplings = [.. about.Couplings.OrderBy(c => c.From).ThenBy(c => c.To)],
            IsOnline = (status?.Text("status") ?? "active") is "active" or "online" && status?.Field("state")?.ValueKind != JsonValueKind.False,
            Queue = (int?)(status?.Number("length_queue")),
            Pricing = Device.Pricing with { SecondsAShot = about.SecondsAShot + 10e-6 },
        };
        return null;
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> SubmitAsync(JobRequest request, CancellationToken stop = default)
    {
        if (_about is null && await DescribeAsync(stop).ConfigureAwait(false) is { } failure) return failure is Late ? new Refused($"{Device.Name} could not be described.") : failure;
        if (Fault(request) is { } fault) return new Refused(fault);
        var programs = new Dictionary<Quantum.Circuits.Circuit, string>();
        foreach (var circuit in request.Circuits)
        {
            if (programs.ContainsKey(circuit)) continue;
            if (LinePlacing.Find(circuit.Qubits, _about!.Qubits, _about.Couplings, _about.PairErrors, _about.ReadingErrors) is not { } row) return new Refused($"{Device.Name} has no row of {circuit.Qubits} neighbouring qubits in order.");
            programs[circuit] = IsaProgram.Write(circuit, _about.Gates, row, _about.Couplings);
        }

        var body = SamplerJob.Body(Device.Name, request.Tag, request.Circuits.Select(c => programs[c]), request.Shots, 3 * Device.Pricing.SecondsOf(request)).ToJsonString();
        var reply = await AskAsync(HttpMethod.Post, "/jobs", body, safe: false, stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } answer ? answer.Json()?.Text("id") is { Length: > 0 } id ? new Accepted(id) : new Late() : SubmitFailure(reply, Message(reply));
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> FindAsync(string tag, CancellationToken stop = default)
    {
        var (_, json) = await GetAsync($"/jobs?limit=50&tags={Uri.EscapeDataString(tag)}", stop).ConfigureAwait(false);
        // Only a list that was read says that a job is not there.
        if (json?.Field("jobs") is not { } jobs) return new Late();
        var found = jobs.Items().FirstOrDefault(j => j.Field("tags")?.Items().Any(t => t.AsText() == tag) ?? false).Text("id");
        return found is null ? new Refused($"ibm has no job tagged {tag}.") : new Accepted(found);
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> PollAsync(string job, CancellationToken stop = default)
    {
        var (reply, json) = await GetAsync($"/jobs/{Uri.EscapeDataString(job)}?exclude_params=true", stop).ConfigureAwait(false);
        if (json is not { } about) return reply is WireReply.Answer { Status: 404 } ? Failure(reply, Message(reply)) : new Late();
        var state = about.Field("state");
        var word = state?.Text("status") ?? about.Text("status") ?? "";
        var remark = string.Join(' ', new[] { state?.Text("reason"), state?.Text("reason_solution"), state?.Text("reason_code") is { } code ? $"(code {code})" : null }.Where(t => !string.IsNullOrEmpty(t)));
        return new Waiting(State(word)) { Remark = Options.Secrets.Redactor.Clean(remark) };
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> ResultsAsync(string job, JobRequest request, CancellationToken stop = default)
    {
        var (reply, json) = await GetAsync($"/jobs/{Uri.EscapeDataString(job)}/results", stop).ConfigureAwait(false);
        if (reply is not WireReply.Answer { IsGood: true }) return Failure(reply, Message(reply));
        if (json is null || SamplerJob.Read(json.Value, request) is not { } counts) return new Refused($"The results of the ibm job {job} cannot be read.");
        var metrics = (await GetAsync($"/jobs/{Uri.EscapeDataString(job)}/metrics", stop).ConfigureAwait(false)).Json;
        var seconds = metrics?.Field("usage")?.Number("quantum_seconds") ?? metrics?.Field("usage")?.Number("seconds");
        return new Finished(counts) { Cost = seconds is { } used and >= 0 ? Math.Round(Device.Pricing.ASecond * (decimal)used, 4) : null };
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> CancelAsync(string job, CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Post, $"/jobs/{Uri.EscapeDataString(job)}/cancel", null, safe: true, stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } ? new Accepted(job) : Failure(reply, Message(reply));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _token.Dispose();
        base.Dispose();
    }

    internal static JobState State(string word) => word.ToLowerInvariant() switch
    {
        "queued" => JobState.Queued,
        "running" => JobState.Running,
        "completed" => JobState.Done,
        "failed" => JobState.Failed,
        var cancelled when cancelled.StartsWith("cancelled", StringComparison.Ordinal) => JobState.Cancelled,
        _ => JobState.Unknown,
    };

    private BackendReply _failure = new Late();

    private async ValueTask<(WireReply Reply, JsonElement? Json)> GetAsync(string path, CancellationToken stop)
    {
        var reply = await AskAsync(HttpMethod.Get, path, null, safe: true, stop).ConfigureAwait(false);
        if (reply is WireReply.Answer { IsGood: true } answer && answer.Json() is { } json) return (reply, json);
        _failure = Failure(reply, Message(reply));
        return (reply, null);
    }

    // With one fresh token when the first is not accepted.
    private async ValueTask<WireReply> AskAsync(HttpMethod method, string path, string? body, bool safe, CancellationToken stop)
    {
        for (var attempt = 0; ; attempt++)
        {
            Secret? token;
            try
            {
                (token, var failure) = await _token.GetAsync(stop).ConfigureAwait(false);
                // Without a token nothing was asked.
                if (token is null) return failure is WireReply.Silence silence ? silence with { MayHaveArrived = false } : failure!;
            }
            catch (OperationCanceledException)
            {
                return new WireReply.Silence("it did not answer in time", false);
            }

            var reply = await Wire.SendAsync(() => Request(method, path, body, token), safe, stop).ConfigureAwait(false);
            if (reply is not WireReply.Answer { Status: 401 } || attempt > 0) return reply;
            _token.Reject(token);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string? body, Secret token)
    {
        var request = new HttpRequestMessage(method, new Uri(_address + path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        request.Headers.Add("Service-CRN", _instance.Reveal());
        request.Headers.Add("IBM-API-Version", Options.Secrets.Plain("QUANTUMIMPROV_IBM_VERSION") ?? AskedVersion);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }

    // {errors:[{code, message}]}, older {error:{message}}, IAM's {errorMessage}.
    private static string? Message(WireReply reply)
    {
        if (reply is not WireReply.Answer answer || answer.Json() is not { } json) return null;
        var first = json.Field("errors")?.Items().FirstOrDefault();
        var code = first?.Text("code");
        var message = first?.Text("message") ?? json.Field("error")?.Text("message") ?? json.Text("errorMessage") ?? json.Text("message");
        return message is null ? null : code is null ? message : $"{message} (code {code})";
    }
}
