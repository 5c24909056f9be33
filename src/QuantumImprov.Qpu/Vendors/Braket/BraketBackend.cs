using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.Braket;

/// <summary>
/// Amazon Braket: program sets of many circuits in one task, signed requests, results from S3. Our tag is the client token, so that a task can be sent again without being taken twice.
/// </summary>
public sealed class BraketBackend : VendorBackend
{
    /// <summary>The variables of the keys, the region and the bucket.</summary>
    public const string IdVariable = "AWS_ACCESS_KEY_ID", KeyVariable = "AWS_SECRET_ACCESS_KEY", SessionVariable = "AWS_SESSION_TOKEN", RegionVariable = "AWS_REGION", BucketVariable = "QUANTUMIMPROV_BRAKET_BUCKET";

    private const string Simulator = "arn:aws:braket:::device/quantum-simulator/amazon/sv1";

    private readonly SigV4.Keys _keys;
    private readonly string _region, _bucket;
    private readonly Uri _address;
    private readonly string? _s3;
    private TimeSpan _clockOffset;

    /// <summary>Reads keys, region and bucket.</summary>
    /// <param name="options">Clock, secrets and patience.</param>
    /// <param name="device">The device's ARN, or <c>sv1</c>; null: sv1, a simulator.</param>
    /// <exception cref="QpuException">A variable is not set, or an address is no address.</exception>
    public BraketBackend(WireOptions options, string? device = null)
        : base(options, new DeviceProfile("braket", device is null or "sv1" ? Simulator : device, 34)
        {
            IsSimulator = device is null or "sv1" || device.Contains("quantum-simulator", StringComparison.Ordinal), MostCircuits = 100, MostShots = 10_000, JobsAMinute = 60, Recovery = Recovery.Repeat,
        })
    {
        var secrets = options.Secrets;
        var id = secrets.Find(IdVariable) ?? throw new QpuException($"Amazon Braket needs {IdVariable} in the environment.");
        _keys = new SigV4.Keys(id.Reveal(), secrets.Find(KeyVariable) ?? throw new QpuException($"Amazon Braket needs {KeyVariable} in the environment."), secrets.Find(SessionVariable));
        _bucket = secrets.Plain(BucketVariable) ?? throw new QpuException($"Amazon Braket needs {BucketVariable}, a bucket whose name begins with amazon-braket-, in the environment.");
        // The region is the device's own; a simulator has none.
        var fields = Device.Name.Split(':');
        _region = fields.Length > 3 && fields[3].Length > 0 ? fields[3] : secrets.Plain(RegionVariable) ?? "us-east-1";
        _address = WireClient.Address(secrets.Plain("QUANTUMIMPROV_BRAKET_URL") ?? $"https://braket.{_region}.amazonaws.com", "QUANTUMIMPROV_BRAKET_URL");
        _s3 = secrets.Plain("QUANTUMIMPROV_S3_URL") is { } s3 ? WireClient.Address(s3, "QUANTUMIMPROV_S3_URL").ToString().TrimEnd('/') : null;
        Device = Device with { Pricing = Prices(Device) };
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply?> DescribeAsync(CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Get, $"/device/{Uri.EscapeDataString(Device.Name)}", null, true, stop).ConfigureAwait(false);
        if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json() is not { } json) return Failure(reply, Message(reply));
        var queue = json.Field("deviceQueueInfo")?.Items().FirstOrDefault(q => q.Text("queue") == "QUANTUM_TASKS_QUEUE" && q.Text("queuePriority") != "Priority").Text("queueSize");
        Device = Device with { IsOnline = json.Text("deviceStatus") is "ONLINE" or null, Queue = LeadingNumber(queue) };
        return null;
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> SubmitAsync(JobRequest request, CancellationToken stop = default)
    {
        if (Fault(request) is { } fault) return new Refused(fault);
        var programs = new JsonArray();
        foreach (var circuit in request.Circuits)
            programs.Add((JsonNode)new JsonObject { ["braketSchemaHeader"] = Header("braket.ir.openqasm.program"), ["source"] = BraketProgram.Write(circuit).Source });
        var single = request.Circuits.Length == 1;
        JsonNode action = single ? programs[0]!.DeepClone() : new JsonObject { ["braketSchemaHeader"] = Header("braket.ir.openqasm.program_set"), ["programs"] = programs };
        var body = new JsonObject
        {
            ["action"] = action.ToJsonString(), ["clientToken"] = request.Tag, ["deviceArn"] = Device.Name, ["outputS3Bucket"] = _bucket, ["outputS3KeyPrefix"] = "qimprov",
            // Of a program set the shots are those of all its executables together.
            ["shots"] = single ? request.Shots : request.Executions, ["tags"] = new JsonObject { ["qimprov"] = request.Tag },
        };
        var reply = await AskAsync(HttpMethod.Post, "/quantum-task", body.ToJsonString(), true, stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } answer ? answer.Json()?.Text("quantumTaskArn") is { Length: > 0 } arn ? new Accepted(arn) : new Late() : SubmitFailure(reply, Message(reply));
    }

    /// <summary>Tasks are repeated under their token, never looked for.</summary>
    public override ValueTask<BackendReply> FindAsync(string tag, CancellationToken stop = default) => ValueTask.FromResult<BackendReply>(new Late());

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> PollAsync(string job, CancellationToken stop = default)
    {
        var (reply, json) = await TaskAsync(job, stop).ConfigureAwait(false);
        if (json is not { } task) return reply is WireReply.Answer { Status: 404 } ? Failure(reply, Message(reply)) : new Late();
        return new Waiting(State(task.Text("status") ?? "")) { Remark = Options.Secrets.Redactor.Clean(task.Text("failureReason") ?? "") };
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> ResultsAsync(string job, JobRequest request, CancellationToken stop = default)
    {
        var (reply, json) = await TaskAsync(job, stop).ConfigureAwait(false);
        if (json is not { } task) return Failure(reply, Message(reply));
        if (task.Text("outputS3Bucket") is not { } bucket || task.Text("outputS3Directory") is not { } directory) return new Refused($"The braket task {job} does not say where its results are.");
        var key = string.Join('/', $"{directory}/results.json".Split('/').Select(Uri.EscapeDataString));
        var address = new Uri(_s3 is null ? $"https://{bucket}.s3.{_region}.amazonaws.com/{key}" : $"{_s3}/{bucket}/{key}");
        var fetched = await Wire.SendAsync(() => Signed(HttpMethod.Get, address, null, "s3"), true, stop).ConfigureAwait(false);
        if (fetched is not WireReply.Answer { IsGood: true } answer || answer.Json() is not { } results) return Failure(fetched, Message(fetched));
        var executables = BraketResults.Executables(results);
        if (executables.Count != request.Circuits.Length) return new Refused($"The braket task {job} brought {executables.Count} results; {request.Circuits.Length} were expected.");
        var (counts, random) = (ImmutableArray.CreateBuilder<Counts>(), new Xoshiro(Options.Seed));
        for (var i = 0; i < executables.Count; i++)
        {
            // One that failed among others is no shots, not no result.
            if (executables[i] is not { } executable)
            {
                counts.Add(Counts.Of([]));
                continue;
            }

            var circuit = request.Circuits[i];
            if (BraketResults.Shots(executable, Readout.Bits(circuit), request.Shots, random) is not { } shots || Readout.Checked(shots, circuit, request.Shots) is not { } read)
                return new Refused($"The results of the braket task {job} cannot be read.");
            counts.Add(read);
        }

        return new Finished(counts.ToImmutable());
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> CancelAsync(string job, CancellationToken stop = default)
    {
        var body = new JsonObject { ["clientToken"] = Guid.CreateVersion7(Options.Time.GetUtcNow()).ToString() }.ToJsonString();
        var reply = await AskAsync(HttpMethod.Put, $"/quantum-task/{Uri.EscapeDataString(job)}/cancel", body, true, stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } ? new Accepted(job) : Failure(reply, Message(reply));
    }

    internal static JobState State(string word) => word.ToUpperInvariant() switch
    {
        "CREATED" or "QUEUED" => JobState.Queued,
        // Not ended yet: it may still bring results.
        "RUNNING" or "CANCELLING" => JobState.Running,
        "COMPLETED" => JobState.Done,
        "FAILED" => JobState.Failed,
        "CANCELLED" => JobState.Cancelled,
        _ => JobState.Unknown,
    };

    /// <summary>The number a text begins with, which may follow a &gt;; null when there is none.</summary>
    internal static int? LeadingNumber(string? text)
    {
        var digits = new string((text ?? "").TrimStart('>').TakeWhile(char.IsAsciiDigit).ToArray());
        return digits.Length is > 0 and < 9 ? int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    // Published prices of 2025: a fee a task, and a price a shot. SV1 is asked by the minute, at least three seconds.
    private static Pricing Prices(DeviceProfile device) => device.Name switch
    {
        var n when n.Contains("/sv1", StringComparison.Ordinal) => new Pricing(ASecond: .00125m) { SecondsAJob = 3 },
        var n when n.Contains("/ionq/", StringComparison.Ordinal) => new Pricing(AJob: .3m, AShot: .08m),
        var n when n.Contains("/iqm/", StringComparison.Ordinal) => new Pricing(AJob: .3m, AShot: .00145m),
        var n when n.Contains("/rigetti/", StringComparison.Ordinal) => new Pricing(AJob: .3m, AShot: .0009m),
        _ => new Pricing(AJob: .3m, AShot: .08m),
    };

    private static JsonObject Header(string name) => new() { ["name"] = name, ["version"] = "1" };

    private async ValueTask<(WireReply Reply, JsonElement? Json)> TaskAsync(string job, CancellationToken stop)
    {
        var reply = await AskAsync(HttpMethod.Get, $"/quantum-task/{Uri.EscapeDataString(job)}?additionalAttributeNames=QueueInfo", null, true, stop).ConfigureAwait(false);
        return (reply, reply is WireReply.Answer { IsGood: true } answer ? answer.Json() : null);
    }

    // A clock that is off is set by the answer's date, once a request.
    private async ValueTask<WireReply> AskAsync(HttpMethod method, string path, string? body, bool safe, CancellationToken stop)
    {
        var address = new Uri(_address.ToString().TrimEnd('/') + path);
        var reply = await Wire.SendAsync(() => Signed(method, address, body, "braket"), safe, stop).ConfigureAwait(false);
        if (reply is not WireReply.Answer { Status: 400 or 403 } answer || answer.Headers.Date is not { } date) return reply;
        if (!answer.Text.Contains("RequestTimeTooSkewed", StringComparison.Ordinal) && !answer.Text.Contains("InvalidSignature", StringComparison.Ordinal) && !answer.Text.Contains("RequestExpired", StringComparison.Ordinal)) return reply;
        _clockOffset = date - Options.Time.GetUtcNow();
        return await Wire.SendAsync(() => Signed(method, address, body, "braket"), safe, stop).ConfigureAwait(false);
    }

    private HttpRequestMessage Signed(HttpMethod method, Uri address, string? body, string service)
    {
        var request = new HttpRequestMessage(method, address);
        var bytes = Encoding.UTF8.GetBytes(body ?? "");
        if (body is not null) request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        SigV4.Sign(request, bytes, _keys, _region, service, Options.Time.GetUtcNow() + _clockOffset);
        return request;
    }

    private static string? Message(WireReply reply) => reply is WireReply.Answer answer && answer.Json() is { } json ? json.Text("message") ?? json.Text("Message") : null;
}
