using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Backends;

/// <summary>
/// Gives a backend that answers at once the form of one that takes jobs: a job is run when it is sent, and its results wait until they are fetched. Thread-safe; jobs run one after the other.
/// </summary>
/// <param name="backend">Runs the circuits.</param>
/// <param name="device">How it presents itself.</param>
public sealed class ImmediateJobs(IQuantumBackend backend, DeviceProfile device) : IJobBackend, IDisposable
{
    private readonly Dictionary<string, BackendReply> _results = [];
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <inheritdoc/>
    public string Name => backend.Name;

    /// <inheritdoc/>
    public DeviceProfile Device => device;

    /// <inheritdoc/>
    public ValueTask<BackendReply?> DescribeAsync(CancellationToken stop = default) => ValueTask.FromResult<BackendReply?>(null);

    /// <inheritdoc/>
    public ValueTask<BackendReply> RunAsync(Circuits.Circuit circuit, int shots, CancellationToken stop = default) => backend.RunAsync(circuit, shots, stop);

    /// <inheritdoc/>
    public async ValueTask<BackendReply> SubmitAsync(JobRequest request, CancellationToken stop = default)
    {
        try
        {
            await _one.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new Late();
        }

        try
        {
            var counts = ImmutableArray.CreateBuilder<Counts>();
            foreach (var circuit in request.Circuits)
            {
                var reply = await backend.RunAsync(circuit, request.Shots, stop).ConfigureAwait(false);
                if (reply is not Counts read) return reply;
                counts.Add(read);
            }

            lock (_results) _results[request.Tag] = new Finished(counts.ToImmutable()) { Cost = 0 };
            return new Accepted(request.Tag);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<BackendReply> FindAsync(string tag, CancellationToken stop = default) => ValueTask.FromResult<BackendReply>(Has(tag) ? new Accepted(tag) : new Refused($"There is no job {tag}."));

    /// <inheritdoc/>
    public ValueTask<BackendReply> PollAsync(string job, CancellationToken stop = default) => ValueTask.FromResult<BackendReply>(Has(job) ? new Waiting(JobState.Done) : new Refused($"There is no job {job}."));

    /// <inheritdoc/>
    public ValueTask<BackendReply> ResultsAsync(string job, JobRequest request, CancellationToken stop = default)
    {
        lock (_results) return ValueTask.FromResult(_results.Remove(job, out var reply) ? reply : new Refused($"There is no job {job}."));
    }

    /// <inheritdoc/>
    public ValueTask<BackendReply> CancelAsync(string job, CancellationToken stop = default) => ValueTask.FromResult<BackendReply>(new Refused("It has run already."));

    /// <inheritdoc/>
    public void Dispose()
    {
        _one.Dispose();
        (backend as IDisposable)?.Dispose();
    }

    private bool Has(string job)
    {
        lock (_results) return _results.ContainsKey(job);
    }
}
