using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors;

/// <summary>What all vendors' adapters have in common: one HTTP client, one way to turn answers into replies, and a run that is a job waited for. Thread-safe. [worker]</summary>
public abstract class VendorBackend : IJobBackend, IDisposable
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(.5), SlowestPoll = TimeSpan.FromSeconds(15);

    private int _runs;

    private protected VendorBackend(WireOptions options, DeviceProfile device) => (Options, Wire, Device) = (options, new WireClient(options), device);

    /// <inheritdoc/>
    public string Name => Device.IsSimulator ? $"local:{Device.Vendor}:{Device.Name}" : $"{Device.Label}:{Device.Name}";

    /// <inheritdoc/>
    public DeviceProfile Device { get; private protected set; }

    private protected WireOptions Options { get; }

    private protected WireClient Wire { get; }

    /// <inheritdoc/>
    public abstract ValueTask<BackendReply?> DescribeAsync(CancellationToken stop = default);

    /// <inheritdoc/>
    public abstract ValueTask<BackendReply> SubmitAsync(JobRequest request, CancellationToken stop = default);

    /// <inheritdoc/>
    public abstract ValueTask<BackendReply> FindAsync(string tag, CancellationToken stop = default);

    /// <inheritdoc/>
    public abstract ValueTask<BackendReply> PollAsync(string job, CancellationToken stop = default);

    /// <inheritdoc/>
    public abstract ValueTask<BackendReply> ResultsAsync(string job, JobRequest request, CancellationToken stop = default);

    /// <inheritdoc/>
    public abstract ValueTask<BackendReply> CancelAsync(string job, CancellationToken stop = default);

    /// <summary>Sends a job of one circuit and waits for it. When the token is cancelled the job is called off as far as that is possible.</summary>
    public async ValueTask<BackendReply> RunAsync(Circuit circuit, int shots, CancellationToken stop = default)
    {
        var request = new JobRequest($"qimprov-run-{Options.Time.GetUtcNow().ToUnixTimeMilliseconds()}-{Interlocked.Increment(ref _runs)}", [circuit], shots);
        if (Fault(request) is { } fault) return new Refused(fault);
        var reply = await SubmitAsync(request, stop).ConfigureAwait(false);
        if (reply is Late && Device.Recovery == Recovery.Find) reply = await FindAsync(request.Tag, stop).ConfigureAwait(false);
        if (reply is not Accepted { Job: var job }) return reply;
        for (var pause = FirstPoll; ; pause = TimeSpan.FromTicks(Math.Min(SlowestPoll.Ticks, pause.Ticks * 3 / 2)))
        {
            try
            {
                await Task.Delay(pause, Options.Time, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                await CancelAsync(job, CancellationToken.None).ConfigureAwait(false);
                return new Late();
            }

            switch (await PollAsync(job, stop).ConfigureAwait(false))
            {
                case Waiting { State: JobState.Done }:
                    return await ResultsAsync(job, request, stop).ConfigureAwait(false) switch
                    {
                        Finished finished => finished.Circuits[0],
                        var other => other,
                    };
                case Waiting { State: JobState.Failed or JobState.Cancelled } ended:
                    return new Refused(ended.Remark.Length > 0 ? ended.Remark : $"The job {job} was {ended.State.ToString().ToLowerInvariant()}.");
                case Refused refused:
                    return refused;
            }
        }
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        Wire.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Why a request cannot be sent at all, in one sentence; null when it can.</summary>
    private protected string? Fault(JobRequest request)
    {
        if (request.Circuits.Length < 1 || request.Circuits.Length > Device.MostCircuits) return $"The job has {request.Circuits.Length} circuits; {Device.Name} takes 1 to {Device.MostCircuits}.";
        if (request.Shots < 1 || request.Shots > Device.MostShots) return $"The job asks for {request.Shots} shots; {Device.Name} takes 1 to {Device.MostShots}.";
        foreach (var circuit in request.Circuits)
        {
            if (circuit.Qubits > Device.Qubits) return $"A circuit has {circuit.Qubits} qubits; {Device.Name} has {Device.Qubits}.";
            if (!Device.ReadsInTheMiddle && !Readout.IsFinal(circuit)) return $"A circuit reads a qubit in the middle; {Device.Name} reads at the end only.";
        }

        return null;
    }

    /// <summary>What a request that brought no good answer means, where nothing new was asked for.</summary>
    private protected BackendReply Failure(WireReply reply, string? message) => reply switch
    {
        WireReply.Answer { Status: 401 or 403 or 402 or 404 or 409 or 410 or 400 or 422 } answer => new Refused(Sentence(answer, message)),
        WireReply.Answer { IsGood: true } => new Refused($"{Device.Vendor} answered with something that cannot be read."),
        _ => new Late(),
    };

    /// <summary>What a failed attempt to send a job means: <see cref="Late"/> only where it may have been taken.</summary>
    private protected BackendReply SubmitFailure(WireReply reply, string? message) => reply switch
    {
        WireReply.Answer { Status: >= 400 and < 500 or 503 } answer => new Refused(Sentence(answer, message)),
        WireReply.Silence { MayHaveArrived: false } silence => new Refused($"{Device.Vendor} was not asked: {silence.Why}."),
        _ => new Late(),
    };

    private string Sentence(WireReply.Answer answer, string? message)
    {
        var what = answer.Status switch
        {
            401 or 403 => "did not accept the key",
            402 => "asks for payment first",
            404 => "does not know this",
            429 or 503 => "takes no more requests now",
            _ => $"refused with status {answer.Status}",
        };
        // A vendor's message may quote what was sent.
        var said = message is null ? "" : $": {Options.Secrets.Redactor.Clean(message.Length > 300 ? message[..300] : message).Trim().TrimEnd('.')}";
        return $"{Device.Vendor} {what}{said}.";
    }
}
