using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits.Transpiling;
using QuantumImprov.Qpu.Secrets;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors.Iqm;

/// <summary>
/// IQM Resonance, or an IQM server of one's own: many circuits a job in prx and cz, shots in the order taken. There is no call that lists jobs, so one whose acceptance was not heard is booked as spent.
/// </summary>
public sealed class IqmBackend : VendorBackend
{
    /// <summary>The variable of the token.</summary>
    public const string KeyVariable = "IQM_TOKEN";

    private readonly Uri _address;
    private readonly Secret _token;
    private readonly bool _turns;
    private List<string> _names = [];
    private List<Coupling> _couplings = [];

    /// <summary>Reads the token.</summary>
    /// <param name="options">Clock, secrets and patience.</param>
    /// <param name="device">The quantum computer's name or id; null: garnet.</param>
    /// <exception cref="QpuException">The token is not set, or the address is no address.</exception>
    public IqmBackend(WireOptions options, string? device = null)
        : base(options, new DeviceProfile("iqm", device ?? "garnet", 20)
        {
            MostCircuits = 100, MostShots = 20_000, JobsAMinute = 10, Recovery = Recovery.None, Gates = NativeGates.PrxCz,
            // From 0.30 USD a second on the QPU, as published in 2025.
            Pricing = new Pricing(ASecond: .3m) { SecondsAJob = .5, SecondsAShot = 300e-6 },
            IsSimulator = device?.StartsWith("mock", StringComparison.Ordinal) ?? false,
        })
    {
        _token = options.Secrets.Find(KeyVariable) ?? throw new QpuException($"IQM needs {KeyVariable} in the environment.");
        _address = WireClient.Address(options.Secrets.Plain("IQM_SERVER_URL") ?? "https://resonance.iqm.tech/api/v1", "IQM_SERVER_URL");
        _turns = options.Secrets.Plain("QUANTUMIMPROV_IQM_DIALECT") == "turns";
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply?> DescribeAsync(CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Get, $"/calibration-sets/{Uri.EscapeDataString(Device.Name)}/default/dynamic-quantum-architecture", null, true, stop).ConfigureAwait(false);
        if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json() is not { } json) return Failure(reply, Message(reply));
        var names = json.Field("qubits")?.Items().Select(q => q.AsText() ?? "").Where(q => q.Length > 0).ToList() ?? [];
        if (names.Count == 0) return new Refused($"{Device.Name} names no qubits.");
        var pairs = new List<Coupling>();
        var gate = json.Field("gates", "cz");
        var loci = (gate?.Field("loci") ?? gate?.Field("implementations")?.Fields().Select(f => f.Value).FirstOrDefault().Field("loci"))?.Items() ?? [];
        foreach (var locus in loci)
        {
            var ends = locus.Items().Select(q => names.IndexOf(q.AsText() ?? "")).ToList();
            if (ends is [>= 0, >= 0]) pairs.Add(new Coupling(ends[0], ends[1]));
        }

        (_names, _couplings) = Joined(names, pairs);
        var limits = (await AskAsync(HttpMethod.Get, $"/quantum-computers/{Uri.EscapeDataString(Device.Name)}/limits", null, true, stop).ConfigureAwait(false) as WireReply.Answer)?.Json();
        var health = (await AskAsync(HttpMethod.Get, $"/quantum-computers/{Uri.EscapeDataString(Device.Name)}/health", null, true, stop).ConfigureAwait(false) as WireReply.Answer)?.Json();
        var most = limits?.Number("max_executions_per_job");
        Device = Device with { Qubits = _names.Count, Couplings = [.. _couplings], IsOnline = health?.Field("healthy")?.ValueKind != JsonValueKind.False, MostShots = most is { } shots and >= 1 ? (int)Math.Min(shots, Device.MostShots) : Device.MostShots };
        return null;
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> SubmitAsync(JobRequest request, CancellationToken stop = default)
    {
        if (_names.Count == 0 && await DescribeAsync(stop).ConfigureAwait(false) is { } failure) return failure is Late ? new Refused($"{Device.Name} could not be described.") : failure;
        if (Fault(request) is { } fault) return new Refused(fault);
        var circuits = new JsonArray();
        foreach (var circuit in request.Circuits) circuits.Add((JsonNode)new JsonObject { ["name"] = $"c{circuits.Count}", ["instructions"] = IqmProgram.Write(circuit, _names, _couplings, _turns).Instructions });
        var body = new JsonObject { ["circuits"] = circuits, ["shots"] = request.Shots, ["calibration_set_id"] = null, ["qubit_mapping"] = null, ["heralding_mode"] = "none" };
        var reply = await AskAsync(HttpMethod.Post, $"/jobs/{Uri.EscapeDataString(Device.Name)}/circuit?tag={Uri.EscapeDataString(request.Tag)}", body.ToJsonString(), false, stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } answer ? answer.Json()?.Text("id") is { Length: > 0 } id ? new Accepted(id) : new Late() : SubmitFailure(reply, Message(reply));
    }

    /// <summary>There is no call for it.</summary>
    public override ValueTask<BackendReply> FindAsync(string tag, CancellationToken stop = default) => ValueTask.FromResult<BackendReply>(new Late());

    /// <summary>A long poll: the answer comes when the job has ended, or after some seconds.</summary>
    public override async ValueTask<BackendReply> PollAsync(string job, CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Get, $"/jobs/{Uri.EscapeDataString(job)}?wait_until_terminal=true&timeout_seconds=2", null, true, stop).ConfigureAwait(false);
        if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json() is not { } json) return reply is WireReply.Answer { Status: 404 } ? Failure(reply, Message(reply)) : new Late();
        var remark = string.Join(' ', json.Field("errors")?.Items().Select(e => $"{e.Text("message")} ({e.Text("error_code")})") ?? []);
        return new Waiting(State(json.Text("status") ?? "")) { Remark = Options.Secrets.Redactor.Clean(remark) };
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> ResultsAsync(string job, JobRequest request, CancellationToken stop = default)
    {
        if (_names.Count == 0 && await DescribeAsync(stop).ConfigureAwait(false) is { } unknown) return unknown;
        var reply = await AskAsync(HttpMethod.Get, $"/jobs/{Uri.EscapeDataString(job)}/artifacts/measurements", null, true, stop).ConfigureAwait(false);
        if (reply is WireReply.Answer { Status: 404 }) return new Refused($"The iqm job {job} has no measurements.");
        if (reply is not WireReply.Answer { IsGood: true } answer || answer.Json() is not { } json) return Failure(reply, Message(reply));
        var circuits = json.Items().ToList();
        if (circuits.Count != request.Circuits.Length) return new Refused($"The iqm job {job} brought {circuits.Count} results; {request.Circuits.Length} were expected.");
        var counts = ImmutableArray.CreateBuilder<Counts>();
        for (var i = 0; i < circuits.Count; i++)
        {
            var columns = IqmProgram.Write(request.Circuits[i], _names, _couplings, _turns).Columns;
            if (Shots(circuits[i], columns) is not { } shots || Readout.Checked(shots, request.Circuits[i], request.Shots) is not { } read) return new Refused($"The results of the iqm job {job} cannot be read.");
            counts.Add(read);
        }

        return new Finished(counts.ToImmutable());
    }

    /// <inheritdoc/>
    public override async ValueTask<BackendReply> CancelAsync(string job, CancellationToken stop = default)
    {
        var reply = await AskAsync(HttpMethod.Post, $"/jobs/{Uri.EscapeDataString(job)}/cancel", null, true, stop).ConfigureAwait(false);
        return reply is WireReply.Answer { IsGood: true } ? new Accepted(job) : Failure(reply, Message(reply));
    }

    internal static JobState State(string word) => word.ToLowerInvariant() switch
    {
        "waiting" => JobState.Queued,
        "processing" => JobState.Running,
        "completed" => JobState.Done,
        "failed" => JobState.Failed,
        "cancelled" => JobState.Cancelled,
        _ => JobState.Unknown,
    };

    // [key][shot][k], k in the order of the qubits measured.
    private static ImmutableArray<ulong>? Shots(JsonElement circuit, int[] columns)
    {
        var rows = circuit.Field(IqmProgram.Key) ?? (circuit.Fields().Take(2).ToList() is [var only] ? only.Value : default(JsonElement?));
        if (rows is not { ValueKind: JsonValueKind.Array }) return null;
        var shots = ImmutableArray.CreateBuilder<ulong>();
        foreach (var row in rows.Value.EnumerateArray())
        {
            var (word, column) = (0UL, 0);
            foreach (var bit in row.Items())
            {
                if (column >= columns.Length || bit.AsNumber() is not (0 or 1)) return null;
                word |= (ulong)bit.AsNumber()!.Value << columns[column++];
            }

            if (column != columns.Length) return null;
            shots.Add(word);
        }

        return shots.ToImmutable();
    }

    // The largest part that hangs together, so that every qubit can be reached.
    private static (List<string> Names, List<Coupling> Couplings) Joined(List<string> names, List<Coupling> pairs)
    {
        if (pairs.Count == 0) return (names, pairs);
        var part = Enumerable.Range(0, names.Count).ToArray();
        foreach (var (a, b) in pairs)
        {
            var (from, to) = (part[a], part[b]);
            for (var q = 0; q < part.Length; q++) part[q] = part[q] == from ? to : part[q];
        }

        var kept = part.GroupBy(p => p).OrderByDescending(g => g.Count()).First().Key;
        var members = Enumerable.Range(0, names.Count).Where(q => part[q] == kept).Take(Quantum.Circuits.Circuit.MostQubits).ToList();
        return ([.. members.Select(q => names[q])], [.. pairs.Where(p => members.Contains(p.From) && members.Contains(p.To)).Select(p => new Coupling(members.IndexOf(p.From), members.IndexOf(p.To)))]);
    }

    private ValueTask<WireReply> AskAsync(HttpMethod method, string path, string? body, bool safe, CancellationToken stop) => Wire.SendAsync(
        () =>
        {
            var request = new HttpRequestMessage(method, new Uri(_address.ToString().TrimEnd('/') + path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token.Reveal());
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            return request;
        },
        safe, stop);

    private static string? Message(WireReply reply) => reply is WireReply.Answer answer && answer.Json() is { } json ? json.Text("message") is { } message ? $"{message} ({json.Text("error_code")})" : null : null;
}
